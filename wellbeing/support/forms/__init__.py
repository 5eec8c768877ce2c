"""What is asked: a file for each part."""
