"""The pages around asking to be contacted: a file for each part."""
