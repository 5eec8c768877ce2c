"""What the database itself keeps of the forum, in SQL, for the migrations."""
