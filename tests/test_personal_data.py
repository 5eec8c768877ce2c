"""Every column is classified, so that nobody adds data about people without saying how long it stays."""

import pytest
from django.apps import apps

from wellbeing.personal_data import COLUMNS, KINDS, TABLES

MODELS = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}


def test_every_table_is_classified_once():
    assert set(COLUMNS) | set(TABLES) == set(MODELS)
    assert not set(COLUMNS) & set(TABLES)


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_is_classified_once(table):
    classified = [column for columns in COLUMNS[table].values() for column in columns.split()]

    assert sorted(classified) == sorted(field.column for field in MODELS[table]._meta.concrete_fields)


def test_every_kind_that_is_used_says_how_long_it_stays():
    used = {kind for kinds in COLUMNS.values() for kind in kinds} | set(TABLES.values())

    assert used == set(KINDS)


def test_free_text_and_files_are_never_called_nothing():
    """A text box about a person holds what people type into it."""
    loose = {"about_me", "role_words", "file", "rows", "back", "details"}

    for table, kinds in COLUMNS.items():
        assert not loose & set(kinds.get("none", "").split()), table
