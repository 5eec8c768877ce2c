"""Posters that hang at most stations; at one station what hangs says something else than it should by now."""

from dataclasses import replace
from random import Random

from champions import actions
from champions.models import Coverage, How, Posting
from champions.queries import posters as queries
from wellbeing.people.models import Person

_NOBODY_SAID = 4  # stations of whose poster nobody has said yet that it hangs


def hang(star: Person, rng: Random) -> None:
    """Hang posters at all stations but a few; at the champion's of the cast an old one. Nothing where some hang."""
    if Posting.objects.exists():
        return
    found = queries.posters(queries.open_stations())
    bare = rng.sample([poster.station.pk for poster in found if poster.station != star.station], _NOBODY_SAID)
    leads = Coverage.objects.live().filter(is_lead=True).select_related("champion__person")
    lead_of = {row.station_id: row.champion.person for row in leads}
    for poster in found:
        if poster.station == star.station:
            actions.confirm_posted(poster=replace(poster, helpers=poster.helpers[:-1]), by=star, how=How.PAGE)
        elif poster.helpers and poster.station.pk not in bare:
            how = rng.choice(How.values)
            by = None if how == How.QR else lead_of.get(poster.station.pk)
            actions.confirm_posted(poster=poster, by=by, how=how)
    actions.look_at_posters()
