"""What was signed: who writes it, who approves it, that it stays, and that everybody can read it."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from wellbeing.confidential import retention
from wellbeing.people import history
from wellbeing.support import actions, queries
from wellbeing.support.models import Statement, StatementKind

PAGES = {"limits": "/limits/", "never_used_for": "/never-used-for/", "privacy": "/privacy/"}
ADD = "admin:support_statement_add"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def a_draft(by, kind="limits", **values) -> Statement:
    values = {"short": "Some of it.", "text": "All **of** it.", "signed_by": "Q. Example, Chief Constable"} | values
    values.setdefault("in_force_from", timezone.localdate())
    return actions.draft_statement(statement=Statement(kind=kind, **values), by=by)


def agreed(by, second, kind="limits", **values) -> Statement:
    return actions.approve_statement(statement=a_draft(by, kind, **values), by=second)


# --- Reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PAGES)
def test_before_anybody_has_signed_each_page_is_open_to_all_and_says_that_it_is_not_signed(client, db, kind):
    page = text_of(client.get(PAGES[kind]))

    assert reverse(kind) == PAGES[kind]
    assert StatementKind(kind).label in page
    assert "Not signed yet." in page
    assert "Signed by" not in page
    for address in PAGES.values():
        assert f'class="app-footer__link" href="{address}"' in page


def test_the_shipped_wordings_say_what_they_must(client, db):
    limits, never, privacy = (text_of(client.get(address)) for address in PAGES.values())

    for words in ("serious risk to life", "child, or an adult", "serious crime", "order of a court", "tells you first"):
        assert words in limits
    for words in ("Performance", "Attendance action", "Misconduct", "Vetting", "Promotion", "Firearms", "Driving"):
        assert words in never
    for words in ("Article 6(1)(e)", "Article 9(2)(b)", "Schedule 1", "decides and states its own", "ico.org.uk"):
        assert words in privacy


def test_the_privacy_notice_says_how_long_stories_reports_and_what_volunteers_note_are_kept(client, db):
    kept = text_of(client.get("/privacy/")).partition("How long it is kept")[2]

    for what in (
        "A story",
        "Where else a story was printed",
        "that somebody reported",
        "of their own load",
        "That a SPOC had supervision",
        "A topic that nobody was listed for",
        "do not want to hear from",
    ):
        assert what in kept


def test_the_privacy_notice_tells_the_periods_that_are_set(client, dpo):
    retention.set_periods(by=dpo, records_months=60, drafts_days=21)

    page = text_of(client.get("/privacy/"))
    assert "60 months from when" in page
    assert "21 days at most" in page


def test_an_agreed_version_names_who_signed_it_and_since_when_it_holds(client, coordinator, dpo):
    agreed(coordinator, dpo, signed_by="Q. Example, Chief Constable\n\n <b>R. Sample</b>, Police Federation ")

    page = client.get("/limits/").content.decode()
    assert "<li>Q. Example, Chief Constable</li><li>&lt;b&gt;R. Sample&lt;/b&gt;, Police Federation</li>" in page
    assert "All <strong>of</strong> it." in page
    assert "Version 1, in force since" in page
    assert "Not signed yet" not in page


def test_earlier_versions_stay_readable_with_their_dates_and_say_that_they_hold_no_longer(
    client, coordinator, dpo, time_machine
):
    time_machine.move_to("2031-03-03 12:00")
    agreed(coordinator, dpo, text="The old words.")
    time_machine.move_to("2031-06-02 12:00")
    agreed(dpo, coordinator, text="The new words.")

    now = text_of(client.get("/limits/"))
    assert "The new words." in now
    assert "Version 1, in force from Monday 3 March" in now
    before = text_of(client.get("/agreed-before/limits/1/"))
    assert "The old words." in before
    assert "This version no longer applies." in before


def test_drafts_and_what_does_not_hold_yet_are_read_by_nobody_on_the_pages(client, coordinator, dpo):
    agreed(coordinator, dpo, text="Soon.", in_force_from=timezone.localdate() + timedelta(days=9))
    a_draft(coordinator, text="A draft.")

    page = text_of(client.get("/limits/"))
    assert "Not signed yet." in page
    assert not {"Soon.", "A draft."} & set(page.split(" "))
    for address in ("limits/1", "limits/2", "limits/0", "nothing/1"):
        assert client.get(f"/agreed-before/{address}/").status_code == 404


def test_the_limits_stand_where_a_page_includes_them_in_one_query(coordinator, dpo, django_assert_num_queries):
    included = Template('{% include "support/limits.html" %}')
    assert "nobody has signed yet" in included.render(Context())
    agreed(coordinator, dpo, short="In **short** <script>")

    with django_assert_num_queries(1):
        shown = included.render(Context())
    assert "In <strong>short</strong> &lt;script&gt;" in shown
    assert 'href="/limits/"' in shown
    assert "Version 1, agreed and in force since" in shown


# --- Two people, and never changed -----------------------------------------------------------------------


def test_whoever_wrote_it_last_does_not_approve_it(coordinator, dpo, lead):
    draft = a_draft(coordinator)
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.approve_statement(statement=draft, by=coordinator)
    actions.draft_statement(statement=draft, by=dpo, text="Other.")
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.approve_statement(statement=draft, by=dpo)

    actions.approve_statement(statement=draft, by=lead)

    assert queries.statement("limits").approved_by == lead
    assert [change.verb for change in history.of(draft)] == ["approved", "changed", "drafted"]
    assert history.of(draft)[1].details == {"text": None}


def test_nobody_else_approves(coordinator, asha, hr, guardian, technical_admin, superuser):
    draft = a_draft(coordinator)

    for person in (asha, hr, guardian, technical_admin, superuser):
        with pytest.raises(PermissionDenied):
            actions.approve_statement(statement=draft, by=person)


def test_nothing_is_agreed_that_nobody_signed_but_the_privacy_notice(coordinator, dpo):
    with pytest.raises(ValidationError, match="who signed it"):
        agreed(coordinator, dpo, signed_by=" \n")

    assert agreed(coordinator, dpo, kind="privacy", signed_by="").is_agreed


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("statement_needs_two_people", {"approved_by": "coordinator", "approved_at": "now"}),
        ("statement_has_an_approver", {"approved_at": "now"}),
        ("statement_has_an_approver", {"approved_by": "dpo"}),
        ("agreed_statement_is_signed", {"approved_by": "dpo", "approved_at": "now", "signed_by": ""}),
        ("statement_version_from_one", {"version": 0}),
    ],
)
def test_a_row_that_cannot_be(coordinator, dpo, constraint, values):
    people = {"coordinator": coordinator, "dpo": dpo, "now": timezone.now()}
    draft = a_draft(coordinator)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Statement.objects.filter(pk=draft.pk).update(**{name: people.get(v, v) for name, v in values.items()})


def test_there_is_one_draft_of_a_kind_and_numbers_follow_each_other(coordinator, dpo):
    agreed(coordinator, dpo)
    assert a_draft(coordinator).version == 2

    with pytest.raises(IntegrityError, match="one_draft_of_a_statement"), transaction.atomic():
        a_draft(dpo)
    assert a_draft(dpo, "privacy").version == 1


@pytest.mark.parametrize("column", ["short", "text", "signed_by", "in_force_from", "approved_at", "proposed_by_id"])
def test_the_database_lets_nobody_change_a_version_that_was_agreed(coordinator, dpo, column):
    version = agreed(coordinator, dpo)
    sql = f"update support_statement set {column} = {column} where id = %s"

    for statement in (sql, "delete from support_statement where id = %s"):
        with (
            pytest.raises(IntegrityError, match="stays as it was"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [version.pk])


def test_a_day_that_is_over_is_refused_and_one_that_passes_meanwhile_becomes_today(coordinator, dpo, time_machine):
    with pytest.raises(ValidationError, match="still to come"):
        a_draft(coordinator, in_force_from=date(2020, 1, 1))

    time_machine.move_to("2031-03-03 12:00")
    draft = a_draft(coordinator)
    time_machine.move_to("2031-03-05 12:00")
    assert actions.approve_statement(statement=draft, by=dpo).in_force_from == date(2031, 3, 5)


# --- In the admin ------------------------------------------------------------------------------------------


def test_the_coordinator_drafts_from_the_words_that_hold_and_the_dpo_approves(browse_as, client, coordinator, dpo):
    writer, second = browse_as(coordinator), browse_as(dpo)
    form = writer.get(reverse(ADD), {"kind": "privacy"}).context["adminform"].form
    assert form.initial["text"] == queries.statement("privacy").text
    values = {**form.initial, "short": "Ours.", "in_force_from": timezone.localdate().isoformat()}

    assert writer.post(reverse(ADD), values).status_code == 302
    draft = Statement.objects.get()
    approve = reverse("admin:support_statement_approve", args=[draft.pk])
    assert "Somebody else approves" in text_of(writer.post(approve, follow=True))
    assert "is agreed" in text_of(second.post(approve, follow=True))

    assert "Ours." in text_of(client.get("/privacy/"))
    change = reverse("admin:support_statement_change", args=[draft.pk])
    assert writer.post(change, values | {"short": "Other."}).status_code == 403
    assert client.get("/limits/").status_code == 200


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("coordinator", True, True),
        ("dpo", True, True),
        ("lead", True, False),
        ("hr", False, False),
        ("guardian", False, False),
        ("asha", False, False),
    ],
)
def test_who_reads_and_writes_drafts(browse_as, request, coordinator, who, reads, writes):
    draft = a_draft(coordinator)
    client = browse_as(request.getfixturevalue(who))

    assert (client.get(reverse("admin:support_statement_change", args=[draft.pk])).status_code == 200) is reads
    assert (client.get(reverse(ADD)).status_code == 200) is writes
    assert (client.post(reverse("admin:support_statement_preview"), {"text": "x"}).status_code == 200) is writes


def test_a_second_draft_is_refused_beside_its_kind(browse_as, coordinator):
    a_draft(coordinator)
    values = {"kind": "limits", "short": "a", "text": "b", "in_force_from": timezone.localdate().isoformat()}

    answer = browse_as(coordinator).post(reverse(ADD), values)

    assert "There is a draft of it already" in answer.context["adminform"].form.errors["kind"][0]
