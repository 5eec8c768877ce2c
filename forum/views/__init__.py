"""The forum's pages: a file for each part."""
