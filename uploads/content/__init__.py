"""What a file is, by its bytes alone: its layout, its kind, what else it may be, and why it is refused."""
