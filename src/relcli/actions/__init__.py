"""One use case a function: request, facts from the store, a pure question, the answer written."""
