"""The question at the beginning of a month: how many conversations there were in the last, if one likes."""

from django.db.models import DateField, Exists, OuterRef, Value
from django.db.models.functions import Cast

from champions.models import Champion, Tally
from champions.queries.load import months
from wellbeing.reminders.kinds import Kind, register

TALLY = "champions.tally"


def last_month_uncounted():
    """Listed champions, champions last month already, who have not counted it; asked on the first of this month."""
    this, last, *_ = months()
    counted = Tally.objects.filter(person=OuterRef("person"), month=last)
    asked_on = Cast(Value(this), DateField())
    return Champion.objects.listed().filter(~Exists(counted), created_at__date__lt=this).annotate(asked_on=asked_on)


register(
    Kind(
        name=TALLY,
        title="Counting my conversations as a champion",
        due=last_month_uncounted,
        reader="person_id",
        day="asked_on",
        steps=(0,),
        sentence="If you like: how many conversations did you have as a champion last month? One tap is enough.",
        page="champions:tally",
        moves=True,
    )
)
