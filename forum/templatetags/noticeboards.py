"""What pages show of an outcome besides its own words."""

from django import template

from forum import board_words

register = template.Library()
register.filter("facts", board_words.facts)
