"""Drafts: what to write, in words, with the link that opens it."""
