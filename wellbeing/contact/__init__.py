"""Asking a volunteer to get in touch: two people's own, gone after four weeks, and no record."""
