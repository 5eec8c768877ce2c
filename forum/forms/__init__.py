"""What the forum asks: a file for each part."""
