"""One output a file: from results to text, csv and json."""
