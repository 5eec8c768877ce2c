"""What is shown of mentoring."""

from .mentors import is_mentor

__all__ = ["is_mentor"]
