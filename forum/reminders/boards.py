"""What was decided hangs at every station and reaches every strand: who is asked, and once more when it is late."""

from django.conf import settings

from forum import hung_links
from forum.models import Keeper, Relay
from wellbeing.reminders.kinds import Kind, register

POST, RELAY = "forum.post", "forum.relay"
_AT_ONCE, _LATE = 90, -1  # days before it is due: longer than any rule allows, and the day after


def one_tap(reminder) -> tuple[str, str] | None:
    """What a mail says and where its link leads; None once nothing is asked any more."""
    row = Keeper.objects.to_ask().filter(pk=reminder.about).first()
    if row is None:
        return None
    return "Your station's noticeboard: say that it hangs", settings.PORTAL_URL + hung_links.address_in_mail(row.pk)


register(
    Kind(
        name=POST,
        title="That what the forum decided is to hang on my station's noticeboard",
        due=Keeper.objects.to_ask,
        reader="person_id",
        day="posting__due",
        steps=(_AT_ONCE, _LATE),
        sentence="Please hang what the forum decided on your station's noticeboard by {due}, and say that it hangs.",
        late="What the forum decided was to hang on your station's noticeboard by {due}. Please say that it hangs.",
        page="forum:my_boards",
        stays=True,
        calendar="Noticeboard",
        one_tap=one_tap,
    )
)
register(
    Kind(
        name=RELAY,
        title="That my strand is to hear what the forum decided",
        due=Relay.objects.to_tell,
        reader="asked",
        day="due",
        steps=(_AT_ONCE, _LATE),
        sentence="Please tell your strand what the forum decided by {due}, and say so on your page.",
        late="Your strand was to hear what the forum decided by {due}. Please tell them, and say so on your page.",
        page="forum:mine",
        stays=True,
        calendar="Tell colleagues",
    )
)
