"""“Did this help?”: counted, never kept with anybody, and told late and coarsely."""

import logging
from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.guidance import a_page
from wellbeing.people.models import Change
from wellbeing.support import actions
from wellbeing.support.models import Feedback, Service

POST = "/did-this-help/"
FIGURES = "/did-this-help/figures/"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def counted(page, **answers) -> None:
    for answer, times in answers.items():
        for _ in range(times):
            actions.count_answer(kind="guidance", key=str(page.pk), answer=answer)


def test_under_a_page_are_three_buttons_without_javascript_and_whoever_answers_comes_back_to_it(browse_as, asha):
    page, client = a_page(), browse_as(asha)
    shown = client.get(page.get_absolute_url()).content.decode()
    assert shown.count('name="answer"') == 3
    assert f'name="key" value="{page.pk}"' in shown

    answer = client.post(POST, {"kind": "guidance", "key": page.pk, "answer": "partly"}, follow=True)

    assert answer.redirect_chain == [(page.get_absolute_url(), 302)]
    assert "Thank you. Your answer is added to a number" in text_of(answer)


def test_of_a_service_too(browse_as, asha):
    actions.load_shipped_services()
    service, client = Service.objects.first(), browse_as(asha)

    answer = client.post(POST, {"kind": "service", "key": service.pk, "answer": "yes"}, follow=True)

    assert answer.redirect_chain == [(f"/services/{service.pk}/", 302)]


def test_no_column_is_about_a_person_or_a_time_finer_than_the_month():
    assert {field.column for field in Feedback._meta.concrete_fields} == {
        "id",
        "kind",
        "key",
        "month",
        "answer",
        "count",
    }
    assert not any(field.is_relation for field in Feedback._meta.get_fields())


def test_an_answer_leaves_no_history_no_line_in_the_log_and_nothing_in_the_session(browse_as, asha, caplog):
    page, client = a_page(), browse_as(asha)
    client.get("/guidance/")
    before, changes = dict(client.session), Change.objects.count()

    with caplog.at_level(logging.DEBUG, logger="django.request"), caplog.at_level(logging.DEBUG, logger="wellbeing"):
        client.post(POST, {"kind": "guidance", "key": page.pk, "answer": "no"})

    times = {key for key, value in client.session.items() if isinstance(value, float | int)}
    assert {k: v for k, v in client.session.items() if k not in times} == {
        k: v for k, v in before.items() if k not in times
    }
    assert Change.objects.count() == changes
    assert caplog.records == []


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "guidance", "key": "0"},
        {"kind": "guidance", "key": "9" * 30},
        {"kind": "guidance", "key": "small-talk"},
        {"kind": "person", "key": "1"},
        {"kind": "guidance", "key": "draft"},
        {"kind": "guidance", "key": "page", "answer": "maybe"},
    ],
)
def test_what_is_no_page_or_no_answer_is_not_there(browse_as, asha, sent):
    keys = {"draft": a_page("Draft", published=False).pk, "page": a_page().pk}
    sent = {"answer": "yes", **sent, "key": keys.get(sent["key"], sent["key"])}

    assert browse_as(asha).post(POST, sent).status_code == 404
    assert browse_as(asha).get(POST).status_code == 405


def test_the_web_cannot_read_or_write_the_numbers_but_through_the_functions(db):
    counted(a_page(), yes=3)

    for sql in ("select count from support_feedback", "update support_feedback set count = 9"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def owned(cursor, rows) -> None:
    """Numbers of earlier months, which no function of the web can write."""
    for kind, key, month, answer, count in rows:
        cursor.execute(
            "insert into support_feedback (kind, key, month, answer, count) values (%s, %s, %s, %s, %s)",
            (kind, str(key), month, answer, count),
        )


def test_what_was_answered_this_quarter_is_told_to_nobody_yet(browse_as, lead):
    counted(a_page(), yes=9)

    assert "No numbers yet." in text_of(browse_as(lead).get(FIGURES))


def test_of_a_quarter_that_is_over_five_answers_are_told_and_each_number_from_five(
    as_owner, browse_as, lead, coordinator, asha, ben, hr, superuser
):
    page, few = a_page(owner_id=asha.pk), a_page("Few")
    mine = [("2024-01-01", "yes", 4), ("2024-02-01", "yes", 2), ("2024-03-01", "partly", 4), ("2024-03-01", "no", 5)]
    owned(as_owner, [("guidance", page.pk, *counts) for counts in mine])
    owned(as_owner, [("guidance", few.pk, "2024-01-01", "yes", 4), ("guidance", 77777, "2024-01-01", "yes", 40)])

    for person in (lead, coordinator, asha):
        shown = text_of(browse_as(person).get(FIGURES))
        assert "Guidance, January 2024 to March 2024" in shown
        assert "Yes: 6. Partly: fewer than 5. No: 5." in shown
        assert "Few" not in shown
        assert "Yes: 40" not in shown
    for person in (ben, hr, superuser):
        assert browse_as(person).get(FIGURES).status_code == 404


def test_whoever_looks_after_a_page_reads_of_their_own_alone(as_owner, browse_as, asha):
    a_page("Mine", owner_id=asha.pk)
    owned(as_owner, [("guidance", a_page("Other").pk, "2024-01-01", "yes", 9)])

    assert "No numbers yet." in text_of(browse_as(asha).get(FIGURES))


def test_answers_go_with_their_page(as_owner):
    page = a_page()
    owned(as_owner, [("guidance", page.pk, "2024-01-01", "yes", 9)])

    actions.forget_answers(kind="guidance", key=page.pk)

    as_owner.execute("select count(*) from support_feedback")
    assert as_owner.fetchone() == (0,)


def test_a_second_answer_is_added_to_the_first(as_owner):
    counted(a_page(), yes=2, no=1)

    as_owner.execute("select answer, count, extract(day from month)::int from support_feedback order by answer")
    assert as_owner.fetchall() == [("no", 1, 1), ("yes", 2, 1)]
