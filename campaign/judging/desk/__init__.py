"""The desk's pages of judging."""
