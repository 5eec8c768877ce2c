"""A bare page: one query that an index answers, 25 rows."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from wellbeing.people.models import Person

_PAGE = """<!DOCTYPE html><html lang="en"><title>People</title><p>Signed in as {{ user.name }}</p><table>
{% for person in people %}<tr><td>{{ person.name }}</td><td>{{ person.rank_or_grade }}</td>
<td>{{ person.work_phone }}</td><td>{{ person.email }}</td></tr>
{% endfor %}</table></html>"""


def bare(request):
    people = Person.objects.order_by("last_name", "known_as", "id")[:25]
    return HttpResponse(engines["django"].from_string(_PAGE).render({"people": people}, request))


urlpatterns = [path("", bare)]
