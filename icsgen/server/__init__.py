"""The server: a feed over HTTP on this machine, for whoever holds its secret address.

``app`` (routes) asks ``gate`` (who may ask) and ``feeds`` (which bytes, and whether to send them
again); ``watched`` makes a feed out of files; ``run`` and ``wire`` listen. Import nothing of it
outside the commands that serve: uvicorn is slow.
"""
