"""The coordinator's page for guidance, and who has none."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.guidance import a_page, overdue
from wellbeing.people import history
from wellbeing.people.actions import change_person
from wellbeing.support import actions
from wellbeing.support.models import Guidance, Topic

IN_THE_ADMIN = "admin:support_guidance_changelist"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def form_of(page) -> dict:
    form = page.context["adminform"].form
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}


def typed(**values) -> dict:
    day = timezone.localdate() + timedelta(days=30)
    return {"title": "Small talk", "summary": "Why", "text": "It helps.", "review_on": day.isoformat()} | values


def test_the_coordinator_adds_a_page_and_gives_it_an_owner_by_staff_number(browse_as, coordinator, asha):
    address = reverse("admin:support_guidance_add")

    answer = browse_as(coordinator).post(address, typed(owner=asha.staff_number, published="on"))

    assert answer.status_code == 302
    page = Guidance.objects.get()
    assert (page.slug, page.owner, page.published, page.reviewed_on) == ("small-talk", asha, True, None)
    assert history.of(page)[0].by == coordinator


def test_the_coordinator_changes_a_page(browse_as, coordinator, asha):
    page = a_page(owner_id=asha.pk)
    client, address = browse_as(coordinator), reverse("admin:support_guidance_change", args=[page.pk])
    form = client.get(address)

    assert "Now: Asha Patel." in text_of(form)
    assert client.post(address, form_of(form) | {"title": "A chat"}).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.slug, page.owner) == ("A chat", "small-talk", asha)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"title": "SMALL TALK"}, "title", "There is a page of this title already."),
        ({"title": "…"}, "title", "The title needs a letter or digit"),
        ({"title": "Other", "text": "", "published": "on"}, "text", "Write the text before you publish the page."),
        ({"title": "Other", "review_on": "2020-01-01"}, "review_on", "Choose today or a day that is still to come."),
        ({"title": "Other", "owner": "0"}, "owner", "Nobody who works here and may be named has this staff number."),
    ],
)
def test_a_refusal_stands_beside_the_field_it_is_about(browse_as, coordinator, values, field, sentence):
    a_page()

    answer = browse_as(coordinator).post(reverse("admin:support_guidance_add"), typed(**values))

    assert answer.status_code == 200
    assert sentence in answer.context["adminform"].form.errors[field][0]
    assert Guidance.objects.count() == 1


def test_a_day_before_the_page_was_last_checked_is_refused_beside_it(browse_as, coordinator, asha):
    page = actions.reviewed(guidance=a_page(owner_id=asha.pk), by=asha)
    client, address = browse_as(coordinator), reverse("admin:support_guidance_change", args=[page.pk])

    answer = client.post(address, form_of(client.get(address)) | {"review_on": timezone.localdate().isoformat()})

    assert answer.context["adminform"].form.errors["review_on"] == ["Choose a day after the page was last checked."]


def test_an_overdue_page_can_be_changed_without_another_day(browse_as, coordinator):
    page = a_page()
    day = overdue(page)
    client, address = browse_as(coordinator), reverse("admin:support_guidance_change", args=[page.pk])

    assert client.post(address, form_of(client.get(address)) | {"summary": "Other"}).status_code == 302
    page.refresh_from_db()
    assert (page.summary, page.review_on) == ("Other", day)


def test_a_hidden_owner_is_told_nowhere_in_the_admin_and_stays_the_owner(browse_as, coordinator, asha):
    page = a_page(owner_id=asha.pk)
    change_person(person=asha, by=None, hidden=True)
    client, address = browse_as(coordinator), reverse("admin:support_guidance_change", args=[page.pk])

    for shown in (client.get(reverse(IN_THE_ADMIN)), form := client.get(address)):
        assert "Patel" not in text_of(shown)
        assert asha.staff_number not in text_of(shown)
    assert client.post(address, form_of(form) | {"summary": "Other"}).status_code == 302
    page.refresh_from_db()
    assert (page.summary, page.owner_id) == ("Other", asha.pk)


def test_the_coordinator_says_in_the_list_that_pages_are_still_right(browse_as, coordinator):
    page = a_page()

    answer = browse_as(coordinator).post(
        reverse(IN_THE_ADMIN), {"action": "still_right", "_selected_action": [page.pk]}, follow=True
    )

    page.refresh_from_db()
    assert page.reviewed_on == timezone.localdate()
    assert "Small talk: to be checked again by" in text_of(answer)


@pytest.mark.parametrize("who", ["asha", "hr", "lead", "guardian", "dpo", "technical_admin"])
def test_who_does_not_keep_guidance_has_no_page_for_it_in_the_admin(browse_as, request, who):
    page = a_page()
    client = browse_as(request.getfixturevalue(who))

    for address in (reverse(IN_THE_ADMIN), reverse("admin:support_guidance_change", args=[page.pk])):
        assert client.get(address).status_code in (302, 403)


def test_nobody_deletes_a_page(browse_as, coordinator):
    page = a_page()

    assert browse_as(coordinator).post(reverse("admin:support_guidance_delete", args=[page.pk])).status_code == 403


# --- Preview, topics and earlier words --------------------------------------------------------------------


def test_a_preview_shows_the_page_as_it_would_read_saves_nothing_and_runs_nothing(browse_as, coordinator):
    client = browse_as(coordinator)
    form = client.get(reverse("admin:support_guidance_add")).content.decode()
    assert f'formaction="{reverse("admin:support_guidance_preview")}"' in form

    values = {"title": "<b>Talk</b>", "text": "## Why\n\n<script>alert(1)</script> [x](javascript:alert(1)) **so**"}
    shown = client.post(reverse("admin:support_guidance_preview"), values).content.decode()

    assert '<h2 class="govuk-heading-m">Why</h2>' in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;b&gt;Talk&lt;/b&gt;" in shown
    assert "<strong>so</strong>" in shown
    assert 'href="javascript' not in shown
    assert not Guidance.objects.exists()


@pytest.mark.parametrize("who", ["asha", "hr", "lead", "dpo"])
def test_who_does_not_keep_guidance_previews_and_restores_nothing(browse_as, request, coordinator, who):
    page = a_page()
    actions.save_guidance(guidance=page, by=coordinator, text="Other.")
    client = browse_as(request.getfixturevalue(who))
    version = page.versions.get()

    for answer in (
        client.post(reverse("admin:support_guidance_preview"), {"text": "x"}),
        client.get(reverse("admin:support_guidance_earlier", args=[page.pk])),
        client.post(reverse("admin:support_guidance_restore", args=[page.pk, version.pk])),
    ):
        assert answer.status_code in (302, 403)
    page.refresh_from_db()
    assert page.text == "Other."


def test_the_coordinator_says_what_a_page_is_about(browse_as, coordinator):
    actions.load_shipped_topics()
    page, topic = a_page(), Topic.objects.first()
    client, address = browse_as(coordinator), reverse("admin:support_guidance_change", args=[page.pk])

    client.post(address, form_of(client.get(address)) | {"topics": [str(topic.pk)]})

    assert list(page.topics.all()) == [topic]


def test_earlier_words_are_kept_with_who_changed_them_and_can_be_used_again(browse_as, coordinator, asha):
    page = a_page(text="The first words.")
    actions.save_guidance(guidance=page, by=coordinator, text="The second words.")
    actions.save_guidance(guidance=page, by=coordinator, owner_id=asha.pk)  # no word changed
    client = browse_as(coordinator)

    shown = text_of(client.get(reverse("admin:support_guidance_earlier", args=[page.pk])))
    assert "The first words." in shown
    assert "Changed by Cora Coordinator." in shown
    assert page.versions.count() == 1

    restore = reverse("admin:support_guidance_restore", args=[page.pk, page.versions.get().pk])
    assert client.get(restore).status_code == 405
    assert "has these words again" in text_of(client.post(restore, follow=True))
    page.refresh_from_db()
    assert (page.text, page.owner) == ("The first words.", asha)
    assert [version.text for version in page.versions.all()] == ["The second words.", "The first words."]


def test_a_title_that_another_page_has_by_now_is_not_taken_back(browse_as, coordinator):
    page = a_page("Sleep")
    actions.save_guidance(guidance=page, by=coordinator, title="Rest")
    a_page("Sleep")
    restore = reverse("admin:support_guidance_restore", args=[page.pk, page.versions.get().pk])

    assert "There is a page of this title already." in text_of(browse_as(coordinator).post(restore, follow=True))
    assert (
        browse_as(coordinator)
        .post(reverse("admin:support_guidance_restore", args=[a_page("Other").pk, page.versions.get().pk]))
        .status_code
        == 404
    )


def test_before_any_change_the_page_of_earlier_words_says_so(browse_as, coordinator):
    address = reverse("admin:support_guidance_earlier", args=[a_page().pk])

    assert "The words have not been changed yet." in text_of(browse_as(coordinator).get(address))
