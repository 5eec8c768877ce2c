"""What is asked about champions, and its errors: a file for each part."""

from .entries import AwayForm, EntryForm, SearchForm, StationChoice, StationsForm
from .posters import PostersForm

__all__ = ["AwayForm", "EntryForm", "PostersForm", "SearchForm", "StationChoice", "StationsForm"]
