"""What people are reminded of in training: a file for each part."""

from . import requirements  # noqa: F401 - declares its kinds
