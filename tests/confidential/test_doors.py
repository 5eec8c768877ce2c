"""There are three doors to confidential text. This page of tests is about the wall between them."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection

from mentoring.models import (
    Absence,
    AbsenceFeed,
    Action,
    Adjustment,
    Asking,
    Avoid,
    CareerFeedback,
    CareerGoal,
    CareerProfile,
    CareerRequest,
    CareerSession,
    Contact,
    ContactPlan,
    Cover,
    Figure,
    HalfPay,
    Offer,
    OneToOne,
    Pairing,
    PhasedWeek,
    ReturnMeeting,
    ReturnPlan,
    Schedule,
    Supervision,
    Swap,
    WelfareProfile,
)
from tests.databases import ROOT
from wellbeing.confidential import models, policy
from wellbeing.contact.models import ContactBlock, ContactReport, ContactRequest
from wellbeing.people.models import Person

OF_THE_VAULT = [model for model in apps.get_app_config("confidential").get_models() if model is not models.Retention]
CAREER = [CareerProfile, CareerRequest, Avoid, Asking, Pairing, CareerGoal, CareerSession, CareerFeedback]
AWAY = [Absence, AbsenceFeed, HalfPay, ContactPlan, Contact, Figure, ReturnMeeting, ReturnPlan, PhasedWeek]
CONFIDENTIAL = [*OF_THE_VAULT, OneToOne, Action, Adjustment, Schedule, *AWAY, *CAREER]
CONFIDENTIAL += [Swap, Offer, Cover, WelfareProfile, Supervision, ContactRequest, ContactBlock, ContactReport]
NAMES = {model.__name__ for model in CONFIDENTIAL}
# How Django names the way back from a person to such rows.
WAYS_BACK = {
    field.get_accessor_name()
    for model in CONFIDENTIAL
    for field in Person._meta.related_objects
    if field.related_model is model and not field.hidden
}
# Where the rows of a confidential model are asked for: the vault's own room, and what an app reads and writes.
ALLOWED = ("wellbeing/confidential/", "wellbeing/break_glass/queries.py", "wellbeing/break_glass/reminders.py",
           "mentoring/queries/", "mentoring/actions/",
           "wellbeing/contact/queries.py", "wellbeing/contact/actions/")  # fmt: skip
PACKAGES = ("wellbeing", "champions", "spocs", "mentoring")
TABLES = sorted(model._meta.db_table for model in CONFIDENTIAL)


def asks_for_rows(node: ast.AST, known: set[str]) -> bool:
    """Whether a piece of code asks one of the `known` models for rows: by a manager, a shortcut, or from a person."""
    if isinstance(node, ast.Attribute):
        owner = getattr(node.value, "id", getattr(node.value, "attr", ""))
        by_manager = node.attr in ("objects", "_base_manager", "_default_manager") and owner in known
        return by_manager or node.attr in WAYS_BACK
    shortcut = isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("_or_404")
    return shortcut and any(getattr(argument, "id", "") in known for argument in node.args)


def names_in(tree: ast.AST) -> set[str]:
    """The models by every name that a file gives them."""
    imported = [name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names]
    return NAMES | {name.asname for name in imported if name.asname and name.name in NAMES}


def uses_of_managers(root: Path = ROOT) -> list[str]:
    """Each place in the product where rows of a confidential model are asked for and may not be, as file:line."""
    found = []
    for path in (
        path for package in ("wellbeing", "champions", "spocs", "mentoring") for path in (root / package).rglob("*.py")
    ):
        name = str(path.relative_to(root))
        if not name.startswith(ALLOWED) and "/migrations/" not in name:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            known = names_in(tree)
            found += [f"{name}:{node.lineno}" for node in ast.walk(tree) if asks_for_rows(node, known)]
    return found


def test_no_other_room_asks_a_confidential_model_for_rows():
    assert uses_of_managers() == []


@pytest.mark.parametrize(
    "line",
    ["Record.objects.get(pk=1)", "models.CareLink.objects.all()", "R._default_manager", "get_object_or_404(R, pk=1)",
     "person.care_links.all()", "asha.one_to_ones.first()", "me.confidential_records"],
)  # fmt: skip
def test_such_a_line_anywhere_else_is_found(tmp_path, line):
    (tmp_path / "spocs").mkdir()
    (tmp_path / "spocs" / "views.py").write_text(f"from wellbeing.confidential.models import Record as R\n{line}\n")
    assert uses_of_managers(tmp_path) == ["spocs/views.py:2"]


def test_a_sealed_text_has_no_manager_at_all():
    with pytest.raises(RuntimeError, match="no manager"):
        models.Body.objects.all()


def test_nothing_confidential_is_in_the_admin():
    assert [model for model in CONFIDENTIAL if admin.site.is_registered(model)] == []


@pytest.mark.parametrize("why", models.Why.values)
def test_the_rule_in_python_and_in_the_database_is_the_same(db, why):
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(kind) from unnest(%s) as kind where confidential_opens(%s, kind)",
            [models.Kind.values, why],
        )
        assert set(cursor.fetchone()[0] or []) == policy.OPENS[why]


@pytest.mark.parametrize("table", TABLES)
def test_every_confidential_table_has_row_security(db, table):
    with connection.cursor() as cursor:
        cursor.execute("select relrowsecurity from pg_class where relname = %s", [table])
        assert cursor.fetchone() == (True,)


FORUM = [f"forum_{name}" for name in ("meeting", "rules", "seat", "series", "strand")]  # no secret to anybody


@pytest.mark.parametrize("login", ["wellbeing_app", "wellbeing_keeper"])
def test_no_policy_shows_the_web_every_row_but_of_keys_words_and_where_the_forum_meets_and_the_log_to_its_keeper(
    db, login
):
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_policies where qual = 'true' and %s = any (roles) order by 1", [login])
        expected = {
            "wellbeing_app": ["confidential_keycheck", *FORUM],
            "wellbeing_keeper": ["confidential_loghead", "confidential_readlog"],
        }
        assert [table for (table,) in cursor.fetchall()] == expected[login]


def test_functions_that_pass_by_the_policies_pin_their_search_path_and_are_nobodys_by_default(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """select proname from pg_proc
               where prosecdef and pronamespace = 'public'::regnamespace
                 and (not coalesce(proconfig::text, '') like '%search_path=pg_catalog%'
                      or has_function_privilege('public', oid, 'execute'))"""
        )
        assert cursor.fetchall() == []


def test_the_vaults_login_may_open_and_refuse_and_nothing_else(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """select proname from pg_proc
               where pronamespace = 'public'::regnamespace and prosecdef
                 and has_function_privilege('wellbeing_reader', oid, 'execute') order by 1"""
        )
        assert [name for (name,) in cursor.fetchall()] == [
            "confidential_open",
            "confidential_refuse",
            "confidential_texts",
        ]


def test_what_must_stay_bound_by_the_policies_belongs_to_a_login_that_owns_no_table(db):
    with connection.cursor() as cursor:
        cursor.execute("select proname from pg_proc where proowner = 'wellbeing_keeper'::regrole order by 1")
        bound = [name for (name,) in cursor.fetchall()]
        cursor.execute("select count(*) from pg_class where relowner = 'wellbeing_keeper'::regrole")
        assert cursor.fetchone() == (0,)
    assert {"confidential_open", "confidential_seal"} <= set(bound)
