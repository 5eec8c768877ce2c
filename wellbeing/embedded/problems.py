"""What keeps the portal from starting, told in one plain sentence."""


class CannotStart(Exception):
    """Raised with a sentence that says what is wrong and what to do about it."""
