"""What is in the repository is the product, is ours, and runs on anybody's machine."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.databases import ROOT

LONGEST_FILE = 400  # lines of Python
LONGEST_README = 120

MACHINE_PATH = re.compile(r"(?<![\w.\"'/~-])/(?:home|root|work|Users|private)/\w+")
REGISTRY = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|yarnpkg|nexus|artifactory|proxy)[\w.-]*", re.I)
LEFT_OVER = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b"]))
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[str, str]]:
    """Name and text of every file in the repository; of those with one of these endings, if any are given."""
    found = []
    for path in tracked():
        if not suffixes or path.suffix in suffixes:
            raw = path.read_bytes()
            if b"\0" not in raw:
                found.append((str(path.relative_to(ROOT)), raw.decode("utf-8", errors="replace")))
    return found


def where(pattern: re.Pattern, *suffixes: str) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts(*suffixes)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_path_of_one_machine_stands_in_it():
    assert where(MACHINE_PATH) == []


def test_no_registry_is_named():
    assert where(REGISTRY) == []


def test_nothing_is_left_for_later():
    assert where(LEFT_OVER) == []


def test_no_secret_is_kept_in_it():
    assert where(SECRET) == []


def test_nothing_fetched_or_built_is_kept_in_it():
    built = re.compile(r"(^|/)(node_modules|vendor|\.venv|var|test-results|__pycache__)(/|$)|\.min\.(css|js)$")

    assert [str(path.relative_to(ROOT)) for path in tracked() if built.search(str(path.relative_to(ROOT)))] == []


def test_no_python_file_is_too_long_to_read():
    written = [(name, text) for name, text in texts(".py") if "/migrations/" not in name]

    assert [name for name, text in written if len(text.splitlines()) > LONGEST_FILE] == []


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < LONGEST_README


def test_every_link_in_the_documents_leads_somewhere():
    broken = [
        f"{name}: {target}"
        for name, text in texts(".md")
        for target in LINK.findall(text)
        if not target.startswith(("https://", "http://", "mailto:", "#"))
        and not (ROOT / name).parent.joinpath(target.partition("#")[0]).exists()
    ]

    assert broken == []


def test_every_file_the_documents_name_is_there():
    """Words in backticks that look like a path of the repository: one with a slash, in a folder that exists."""
    missing = []
    for name, text in texts(".md"):
        for word in re.findall(r"`([\w./-]+/[\w./-]*)`", text):
            first = word.split("/")[0]
            if first and (ROOT / first).is_dir() and first != "var" and not (ROOT / word).exists():
                missing.append(f"{name}: {word}")

    assert missing == []


@pytest.mark.parametrize("names", ["wellbeing", "champions", "spocs", "mentoring", "templates", "static"])
def test_no_name_of_the_demonstrations_county_stands_outside_its_data(names):
    found = [
        name
        for name, text in texts(".py", ".html", ".txt", ".js", ".css")
        if name.startswith(f"{names}/") and "/demo/" not in name and re.search(r"\bKent\b", text)
    ]

    assert found == []


def test_every_requirement_is_pinned_with_its_reason():
    lines = [
        line
        for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    ]

    assert [line for line in lines if not re.match(r"[\w.-]+(\[[\w,]+\])?==[\w.]+\s+# \w", line)] == []


def test_every_variable_that_is_read_is_told_to_whoever_deploys():
    read = set()
    for name in ("wellbeing/settings.py", "gunicorn.conf.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        read |= set(re.findall(r"""(?:env(?:\.\w+)?|environ\.get)\(["']([A-Z_]+)["']""", text))
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")))

    assert sorted(read - told) == []
