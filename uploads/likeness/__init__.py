"""Whether two photos are the same picture."""
