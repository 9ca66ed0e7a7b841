"""The life of a round: from a draft to what stands."""
