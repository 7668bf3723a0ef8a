"""Survey answers as files hold them: the tables of survey tools, and our own."""
