"""A judge's words, and the chain they are written into."""
