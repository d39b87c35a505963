"""Documents drawn from the code are current, and the hand-written ones are there."""

import re

import pytest

from tests.architecture.source import ROOT
from trellis.core.reference_docs import PAGES

SCREEN = 60


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_says(name):
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run ./hub manage reference_docs"


@pytest.mark.parametrize("name", ["README.md", "DEVELOPMENT.md", "GLOSSARY.md", "CHANGELOG.md", "LICENSE"])
def test_the_document_is_there(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_development_fits_two_screens():
    assert len((ROOT / "DEVELOPMENT.md").read_text().splitlines()) <= 2 * SCREEN


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []
