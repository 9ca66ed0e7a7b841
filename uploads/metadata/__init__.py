"""What a file says of itself: when, with what and by whose word. Read in the decoder, checked outside of it."""
