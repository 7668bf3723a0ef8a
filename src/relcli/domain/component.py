"""The components of health, in the order in which they are shown."""

COMPONENTS = ("rhythm", "terms", "reciprocity", "promises", "voice", "loyalty")
