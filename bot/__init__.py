"""Commands and conversation: from a request to a reply, for any platform."""

__version__ = "0.1.0"
