"""What is made of a photo: upright, in sRGB, at every size, and the small things that stand in for it."""
