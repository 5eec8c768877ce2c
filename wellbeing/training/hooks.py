"""How training tells the apps above what happened to places, in the transaction in which it happened.

An app registers in `AppConfig.ready()`, as with `wellbeing/people/hooks.py`, whose kind of hook these are: functions
are called as `function(items, by=person_or_None, undoing=False)`.
"""

from wellbeing.people.hooks import Hook

on_places = Hook()  # items: list of Place just made, in another state, or whose session was moved
on_completions = Hook()  # items: list of Completion just recorded; with undoing=True they were taken back
