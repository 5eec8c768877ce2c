"""The only writes around asking to be contacted: a file for each part."""

from . import blocks, reports, requests

__all__ = ["blocks", "reports", "requests"]
