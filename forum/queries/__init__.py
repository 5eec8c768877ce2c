"""What is shown of the forum: a file for each part."""
