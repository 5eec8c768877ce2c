"""The words that are known, so that a typing error finds its way to one of them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Word(models.Model):
    """One word of what may be found: of topics, services, guidance, stations and champions' names.

    Never of stories or of SPOCs: what is withdrawn has left no word here. `parts` are its pieces of three letters,
    by which one that was mistyped is found without looking at every word.
    """

    word = models.CharField(max_length=40, primary_key=True)
    parts = ArrayField(models.CharField(max_length=3))

    class Meta:
        indexes = [GinIndex(fields=["parts"], name="word_by_parts")]

    def __str__(self):
        return self.word
