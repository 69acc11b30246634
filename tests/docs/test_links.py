"""No page leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def anchors(page: Path) -> set[str]:
    """Give the anchors that the headings of a page make."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """Each link of a page leads to a file that is there, and to a heading that is in it."""
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link


def test_every_page_can_be_found() -> None:
    """Each page can be reached from the README by following links."""
    found = {PAGES[0].resolve()}
    while (
        new := {
            target
            for page in found
            if page.suffix == ".md"
            for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
            if (target := (page.parent / link).resolve()).is_file()
        }
        - found
    ):
        found |= new
    assert [str(page) for page in PAGES if page.resolve() not in found] == []
