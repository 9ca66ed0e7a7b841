"""The photo pipeline: a claim becomes a ticket, and the bytes that arrive become verified renditions.

It knows nothing of campaigns, of Flask or of SQL. What it decodes, it decodes in a process of its own.
This file imports nothing, so that the decoder's process starts light.
"""
