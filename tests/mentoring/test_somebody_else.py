"""While a manager writes about a 1-1, the page says that there are others to talk to, and how to say so."""

from html import unescape

import pytest
from django.urls import reverse

from wellbeing.people.models import Change
from wellbeing.reminders.models import Reminder
from wellbeing.support import actions
from wellbeing.support.models import Guidance

pytestmark = pytest.mark.django_db


def test_the_form_of_a_1_1_reminds_of_spocs_and_champions_and_writes_nothing_down_of_it(browse_as, asha, ben):
    actions.load_shipped_guidance()
    client = browse_as(ben)
    rows = Change.objects.count(), Reminder.objects.count()

    page = " ".join(unescape(client.get(reverse("mentoring:log", args=[asha.pk])).content.decode()).split())

    assert "You can talk to one of them, and you need not tell me if you do.”" in page
    words = Guidance.objects.get(slug="the-right-words")
    for address in ("/spocs/", "/champions/", words.get_absolute_url()):
        assert f'<a class="govuk-link" href="{address}">' in page
    assert (Change.objects.count(), Reminder.objects.count()) == rows
