"""Statements and row policies in SQL: a file for each part."""
