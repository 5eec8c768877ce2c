"""What is asked under a page."""

from django import forms

from ..models import Answer


class AnswerForm(forms.Form):
    """Which page, and whether it helped. There is no box to write in."""

    kind = forms.CharField(max_length=20)
    key = forms.CharField(max_length=40)
    answer = forms.ChoiceField(choices=Answer.choices)
