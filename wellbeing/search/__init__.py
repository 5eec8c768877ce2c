"""One box for the whole portal. What is typed is kept nowhere."""
