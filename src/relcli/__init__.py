"""relcli: the relationships of a one-person business, measured in their terms."""

__version__ = "0.1.0"
