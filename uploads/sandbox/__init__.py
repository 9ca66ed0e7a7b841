"""The decoder behind its door: who hands it a photo, what it may do, and how far its answer is believed.

This file imports nothing, so that the warm parent starts light.
"""
