"""The only writes to the forum: a file for each part. Each is atomic, recorded, and takes who did it."""
