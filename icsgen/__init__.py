"""Afterword: after an interview, the right word at the right time."""

__version__ = "0.1.0"
