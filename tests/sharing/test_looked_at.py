"""What looks personal in another force's file is taken in only by somebody who has looked at just that."""

from forum.models import Commitment, Elsewhere
from tests.factories.people import the_force
from tests.pages import text_of
from tests.sharing.test_sharing import from_elsewhere, take, upload
from wellbeing.support.models import Guidance


def learnt(**words) -> dict:
    """A file of another force, with these words in its one outcome."""
    learning = from_elsewhere()
    learning["outcomes"][0] |= words
    return learning


def test_what_looks_personal_stays_out_until_it_is_ticked_as_looked_at(browse_as, lead, chidi):
    the_force()
    client = browse_as(lead)
    for words in ({"text": "Ask Chidi Stranger."}, {"division": "Chidi Stranger’s"}, {"said": "Ring 01632 960123."}):
        learning = learnt(**words)
        page = upload(client, learning)
        assert "I have looked, and it is about nobody. New:" in text_of(page)
        assert "Looks personal" in text_of(page)
        (outcome,) = [one for one in page.context["preview"].items if one.entry.kind == "outcomes"]
        assert f'value="{outcome.tick}">' in page.content.decode()  # and is not ticked beforehand
        take(client, learning, ["outcomes.0", "outcomes.0:", f"outcomes.1:{outcome.entry.mark}"])
        take(client, learning | learnt(**words | {"next": "Chidi Stranger again."}), [outcome.tick])
        assert not Elsewhere.objects.exists()
        take(client, learning, [outcome.tick])
        assert Elsewhere.objects.count() == 1
        Elsewhere.objects.all().delete()


def test_drafts_are_looked_at_as_well_and_health_is_no_finding_in_guidance(browse_as, lead, chidi):
    the_force()
    learning = from_elsewhere()
    learning["plan"][0]["text"] = "Chidi Stranger is trained."
    learning["guidance"][0]["text"] = "Medication helps."
    take(browse_as(lead), learning, ["plan.0", "guidance.0"])
    assert not Commitment.objects.exists()
    assert Guidance.objects.count() == 1


def test_guidance_is_looked_at_as_it_is_read_as_well_as_typed(browse_as, lead, chidi):
    the_force()
    client = browse_as(lead)
    for text in ("Ask Ch**idi** Stranger.", "Ask C&#104;idi Stranger.", "Ask Chidi [Stran](/help/)ger."):
        learning = from_elsewhere()
        learning["guidance"][0]["text"] = text
        take(client, learning, ["guidance.0"])
        assert not Guidance.objects.exists(), text


def test_a_force_is_not_called_as_somebody_is(browse_as, lead, chidi):
    the_force()
    client, learning = browse_as(lead), from_elsewhere() | {"force": "Chidi Stranger’s"}
    assert "the name of the force looks like somebody’s own" in text_of(upload(client, learning))
    take(client, learning, ["outcomes.0"])
    assert not Elsewhere.objects.exists()
