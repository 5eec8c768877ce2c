"""What is asked about champions, and its errors: a file for each part."""

from .entries import AwayForm, EntryForm, SearchForm, StationChoice, StationsForm

__all__ = ["AwayForm", "EntryForm", "SearchForm", "StationChoice", "StationsForm"]
