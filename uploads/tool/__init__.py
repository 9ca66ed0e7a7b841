"""`python -m uploads`: the pipeline by hand, for any file."""
