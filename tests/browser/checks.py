"""What every page must hold, and axe alone does not see."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

MISSING_TARGETS = """() => [...document.querySelectorAll('a[href^="#"]:not([role="button"])')]
    .map(link => link.getAttribute('href')).filter(href => href === '#' || !document.getElementById(href.slice(1)))"""
NONES = """() => [...document.querySelectorAll('input, textarea, option')]
    .filter(field => field.value === 'None').map(field => field.name || field.id || field.tagName)"""
OVERFLOW = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def faults_of(page, *, pictures: Path) -> list[str]:
    """What is wrong with the page, in words. Writes <pictures>-wide.png and <pictures>-narrow.png where something is,
    and of every page where the environment has PICTURES: they take as long as all that is asked."""
    faults = [f"#-link without a target: {href}" for href in page.evaluate(MISSING_TARGETS)]
    faults += [f'"None" stands in {field}' for field in page.evaluate(NONES)]
    faults += _seen_by_axe(page, "wide")
    _take(page, f"{pictures}-wide.png", faults)
    page.set_viewport_size(NARROW)
    if wider := page.evaluate(OVERFLOW):
        faults.append(f"{wider} px wider than a screen of 320 px")
    faults += _seen_by_axe(page, "narrow")
    _take(page, f"{pictures}-narrow.png", faults)
    page.set_viewport_size(WIDE)
    return faults


def _take(page, path: str, faults: list[str]) -> None:
    if faults or os.environ.get("PICTURES"):
        page.screenshot(path=path, full_page=True, caret="initial")


def _seen_by_axe(page, width: str) -> list[str]:
    # Without `preload` axe writes no <style> of its own into the page, which the CSP would refuse.
    options = {
        "runOnly": {"type": "tag", "values": WCAG_2_2_AA},
        "resultTypes": ["violations"],
        "preload": False,
    }
    if not page.evaluate("'axe' in window"):  # half a megabyte, once for both widths
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    faults = [(fault, node) for fault in found for node in fault["nodes"]]
    return [f"axe, {width}: {fault['id']}: {fault['help']}: {node['html']}" for fault, node in faults]
