"""Sharing learning with other forces: one file out, one file in, and nobody's data in either."""
