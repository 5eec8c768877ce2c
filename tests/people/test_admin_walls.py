"""The addresses of the admin's lists: what a role may not see, no filter, order or search tells it either."""

import pytest
from django.contrib import admin

from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory
from wellbeing.people import actions
from wellbeing.people.models import Person, RoleAssignment

READERS = ("hr", "coordinator", "lead", "dpo", "superuser")
LISTS = {
    model._meta.label_lower: f"/admin/{model._meta.label_lower.replace('.', '/')}/" for model in admin.site._registry
}
PEOPLE = LISTS["people.person"]
OWN_APPS = {"confidential", "people", "champions", "mentoring", "reminders", "support", "training"}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def relations(model) -> list[str]:
    """Every way from a row of `model` to another table, by the name that a query calls it."""
    return [field.name for field in model._meta.get_fields(include_hidden=True) if field.is_relation]


def lookups(model) -> list[str]:
    columns = [field.name for field in model._meta.concrete_fields]
    asked = [f"{name}__isnull=False" for name in [*relations(model), *columns]]
    asked += [f"{name}={value}" for name in [*relations(model), *columns] for value in ("1",)]
    asked += [f"{name}__{how}" for name in columns for how in ("gte=1", "startswith=a")]
    asked += [f"{path}__startswith=a" for path in ("line_manager__password", "person__password", "by__password")]
    return asked


def test_the_admin_has_the_portals_own_pages_alone():
    assert {model._meta.app_label for model in admin.site._registry} <= OWN_APPS


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_a_list_answers_only_its_own_filters(who, model, request, browse_as):
    browser = browse_as(request.getfixturevalue(who))
    address = LISTS[model._meta.label_lower]
    if browser.get(address).status_code != 200:
        return

    own = {item for item in admin.site.get_model_admin(model).list_filter if isinstance(item, str)}
    foreign = [asked for asked in lookups(model) if asked.removesuffix("__isnull=False") not in own]

    assert [asked for asked in foreign if browser.get(f"{address}?{asked}").status_code != 400] == []


def test_the_list_of_people_is_no_oracle(answered_otherwise, spoc):
    questions = [
        "spoc__isnull=False",
        "mentor_terms__isnull=False",
        "reminders__isnull=False",
        "authenticator__isnull=False",
        "password__startswith=scrypt",
        "last_login__gte=2020-01-01",
        "gone_at__isnull=False",
        "legal_hold=1",
        "legal_hold__exact=1",
        "hidden__exact=1",
        "line_manager__hidden=1",
        "line_manager__password__startswith=s",
    ]
    assert answered_otherwise(400, READERS, [f"{PEOPLE}?{asked}" for asked in questions]) == []


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("people.person", "standing=here&employment_type__exact=officer"),
        ("people.person", "station__id__exact={station}"),
        ("people.person", "station__isnull=True"),
        ("people.person", "q=Okafor&o=1.-2&p=1&all="),
        ("people.person", "standing=no_manager&_facets=True"),
        ("people.station", "closed__exact=0&division__id__exact=1"),
        ("people.roleassignment", "stage=waiting&role__exact=hr"),
        ("champions.champion", "state__exact=active&coverage__station__division__id__exact=1"),
        ("champions.champion", "manager_agreed__exact=1"),
    ],
)
def test_a_lists_own_filters_go_on_working(address, asked, hr, station, browse_as):
    browser = browse_as(hr)

    assert browser.get(f"{LISTS[address]}?{asked.format(station=station.pk)}").status_code == 200


def test_every_link_of_a_lists_filters_is_answered(hr, coordinator, champion, browse_as):
    for somebody in (hr, coordinator):
        browser = browse_as(somebody)
        for address in LISTS.values():
            page = browser.get(address)
            specs = page.context["cl"].filter_specs if page.status_code == 200 else []
            choices = [choice for spec in specs for choice in spec.choices(page.context["cl"])]
            for choice in choices:
                assert browser.get(address + choice["query_string"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        *(("people.person", asked) for asked in (
            "joined__year=0", "id__range=0", "id__regex=%00", "employment_type__exact=%00", "q=%00", "q=%00&q=a",
            "p=%00", "p=-1", "p=0", "p=99999999999999999999", "p=1e3", "p=%D9%A3", "o=%00", "o=99", "o=1.1.-1",
            "station__id__exact=%00", "station__id__exact=99999999999999999999", "station__id__exact=x",
            "station__isnull=%00", "standing=%00", "_to_field=%00", "all=%00", "e=%00", "_facets=%00", "%00=1",
            "_changelist_filters=%00", "_popup=%00", "employment_type__exact=%00&e=1", "employment_type__exact=%ff",
        )),
        ("champions.champion", "state=%00"),
        ("champions.champion", "state__exact=%00"),
        ("champions.champion", "coverage__station__division__id__exact=%00"),
        ("champions.champion", "manager_agreed__exact=%00"),
        ("people.roleassignment", "role__exact=%00"),
        ("people.station", "closed__exact=%00"),
        ("people.rosterimport", "p=99"),
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_answered_all_the_same(address, asked, hr, champion, browse_as):
    answer = browse_as(hr).get(f"{LISTS[address]}?{asked}")

    assert answer.status_code in (200, 302, 400)


def test_a_wrong_value_leads_back_to_the_list(hr, browse_as):
    answer = browse_as(hr).get(f"{PEOPLE}?employment_type__exact=%00")

    assert (answer.status_code, answer.url) == (302, f"{PEOPLE}?e=1")


@pytest.mark.parametrize("asked", ["details__regex=%00", "details__has_key=hidden", "at__year=0", "by__hidden=1"])
def test_history_is_filtered_by_nothing(asked, dpo, browse_as):
    assert browse_as(dpo).get(f"{LISTS['people.change']}?{asked}").status_code == 400


@pytest.mark.parametrize("key", ["\0", "x", "9" * 30])
def test_ticking_what_is_not_in_the_list_is_refused(key, hr, champion, browse_as):
    ticked = {"action": "take_a_break", "_selected_action": [key]}

    assert browse_as(hr).post(LISTS["champions.champion"], ticked).status_code in (302, 400)


@pytest.mark.parametrize("typed", ["\0", "9\0"])
def test_a_staff_number_that_no_database_takes_is_nobodys(typed, hr, browse_as):
    browser = browse_as(hr)
    values = {"person": typed, "role": "lead", "starts": "2030-01-01"}

    assert (
        "Nobody on the roster has this staff number." in text(browser.post("/admin/people/roleassignment/add/", values))
        or typed == "\ud83d"
    )


@pytest.mark.parametrize("who", READERS)
def test_the_admin_leads_to_no_row_of_another_table(who, request, spoc, browse_as):
    from django.contrib.contenttypes.models import ContentType

    browser = browse_as(request.getfixturevalue(who))
    kind = ContentType.objects.get_for_model(type(spoc.spoc))

    assert browser.get(f"/admin/r/{kind.pk}/{spoc.spoc.pk}/").status_code == 404
    assert (
        browser.get("/admin/autocomplete/?app_label=people&model_name=person&field_name=line_manager").status_code
        == 404
    )


def test_a_champions_page_in_the_admin_leads_to_their_entry(hr, champion, browse_as):
    browser = browse_as(hr)
    page = f"{LISTS['champions.champion']}{champion.champion.pk}/change/"

    assert f'href="{champion.champion.get_absolute_url()}"' in text(browser.get(page))
    assert browser.get(champion.champion.get_absolute_url()).status_code == 200

    browser.post(LISTS["champions.champion"], {"action": "take_a_break", "_selected_action": [champion.champion.pk]})
    assert champion.champion.get_absolute_url() not in text(browser.get(page))


# --- Hidden people ----------------------------------------------------------------------------------


@pytest.fixture
def covert(ben):
    """Ben, Asha's line manager, in a covert role."""
    actions.change_person(person=ben, by=None, hidden=True)
    return ben


@pytest.mark.parametrize("who", ["coordinator", "lead", "dpo"])
def test_a_hidden_line_manager_is_named_to_nobody_who_does_not_keep_the_roster(who, request, asha, covert, browse_as):
    browser = browse_as(request.getfixturevalue(who))

    for address in (
        PEOPLE,
        f"{PEOPLE}?o=5",
        f"{PEOPLE}?q=Asha",
        f"{PEOPLE}{asha.pk}/change/",
        f"{PEOPLE}{asha.pk}/history/",
    ):
        page = text(browser.get(address))
        assert "Asha" in page
        assert "Okafor" not in page
        assert f"/person/{covert.pk}/" not in page


def test_who_keeps_the_roster_sees_them(hr, asha, covert, browse_as):
    browser = browse_as(hr)

    assert "Ben Okafor" in text(browser.get(f"{PEOPLE}?q=Asha"))
    assert "Now: Ben Okafor." in text(browser.get(f"{PEOPLE}{asha.pk}/change/"))


def test_the_order_of_a_list_does_not_tell_a_hidden_managers_name(lead, station, covert, browse_as):
    reports = [PersonFactory(known_as=name, last_name="Report", line_manager=covert) for name in ("Bea", "Abe")]
    other = PersonFactory(last_name="Aaa", known_as="Al", line_manager=PersonFactory(last_name="Zuma"))
    browser = browse_as(lead)

    up, down = (
        [row.pk for row in browser.get(f"{PEOPLE}?o={column}").context["cl"].result_list] for column in ("5", "-5")
    )

    assert up == down
    assert {other.pk, *(person.pk for person in reports)} <= set(up)
    assert "o=5" not in text(browser.get(PEOPLE))


@pytest.mark.parametrize("who", ["lead", "dpo", "coordinator"])
def test_who_proposed_and_approved_a_role_is_not_told_where_they_are_hidden(
    who, request, asha, chidi, covert, browse_as
):
    assignment = actions.propose_role(
        person=asha, role="secretary", by=covert, starts=RoleAssignment._meta.get_field("starts").default()
    )
    actions.approve_role(assignment=assignment, by=chidi)
    actions.change_person(person=chidi, by=None, hidden=True)
    browser = browse_as(request.getfixturevalue(who))
    roles = LISTS["people.roleassignment"]

    for page in (text(browser.get(roles)), text(browser.get(f"{roles}{assignment.pk}/change/"))):
        assert "Asha" in page
        assert "Okafor" not in page
        assert "Stranger" not in page


def test_history_tells_the_dpo_nothing_about_hidden_people(dpo, hr, asha, station, covert, browse_as):
    aaron = champion_at(station, person=PersonFactory(known_as="Aaron"))
    actions.change_person(person=aaron.person, by=covert, hidden=True, work_phone="01622 690690")
    actions.change_person(person=asha, by=covert, rank_or_grade="Sgt")
    changes = LISTS["people.change"]

    rows = list(browse_as(dpo).get(changes).context["cl"].result_list)

    about = {(row.about_type, row.about_id) for row in rows}
    assert ("people.person", str(asha.pk)) in about
    assert not about & {
        ("people.person", str(covert.pk)),
        ("people.person", str(aaron.person.pk)),
        ("champions.champion", str(aaron.pk)),
    }
    assert "Okafor" not in text(browse_as(dpo).get(changes))
    hidden_row = Person.objects.get(pk=covert.pk)
    assert "–" in text(browse_as(dpo).get(f"{PEOPLE}{asha.pk}/history/"))
    assert hidden_row.name in text(browse_as(hr).get(f"{PEOPLE}{asha.pk}/history/"))


def test_a_role_that_is_over_keeps_the_day_it_ended(lead, asha, secretary, browse_as):
    RoleAssignment.objects.filter(person=secretary).update(starts="2020-01-01", ends="2021-01-01")
    assignment = RoleAssignment.objects.get(person=secretary)

    answer = browse_as(lead).post(f"/admin/people/roleassignment/{assignment.pk}/end/", follow=True)

    assert "This is over already" in text(answer)
    assert str(RoleAssignment.objects.get(pk=assignment.pk).ends) == "2021-01-01"
