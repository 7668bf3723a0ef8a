"""The command line: parse, call the action, hand the result to the renderer."""
