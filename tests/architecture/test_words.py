"""Rules 11 and 12, sizes and words: what the source itself must look like."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.source import PACKAGE, ROOT, modules, tracked_files, tree, where

MOST_LINES = 500
MOST_FUNCTION_LINES = 60
VAGUE = re.compile(r"(^|_)(process|handle|manage|helper|helpers|util|utils|misc)(_|$)")
# Words that blame a child: after the field's guidance on child-first language.
BLAMING = re.compile(
    r"promiscuous|lifestyle choice|absconde?|child prostitut|drug runner|putting (him|her|them)sel(f|ves) at risk"
    r"|streetwise|attention.seeking|manipulative|hard to reach|failed to engage|refuses? to engage",
    re.IGNORECASE,
)
OUTSIDE = re.compile(
    r"(?<![\w.])/(work|farm|root|home/\w+)/|https?://[a-z0-9.-]*(pypi|npmjs|pythonhosted|debian)\.(org|com)"
    r"|\"resolved\": \"http"
)
# The list of such words itself: it is looked for in what is typed, and says what to write instead.
NAMES_THEM = {"wording/reference/nudges.csv"}
TEXT = {".py", ".html", ".md", ".toml", ".txt", ".in", ".json", ".scss", ".js", ".yml", ".sh", ".csv", ".sql", ""}


def text_files():
    return [path for path in tracked_files() if path.suffix in TEXT and "fixtures" not in path.parts]


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {str(p.relative_to(ROOT)): n for p in modules() if (n := len(p.read_text().splitlines())) > MOST_LINES}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{where(path, node)} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert long == []


def test_names_say_what_is_done():
    """Django calls a command's method ``handle`` and a middleware's ``process_view``; nothing else is vague."""
    vague = [
        f"{where(path, node)} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and VAGUE.search(node.name.lower())
        if not (node.name == "handle" and "management" in path.parts)
        if not (node.name in ("process_view", "process_exception") and path.stem == "middleware")
    ]
    assert vague == []
    assert [str(p) for p in modules() if VAGUE.search(p.stem)] == []


def test_the_glossary_knows_every_app_and_model():
    glossary = (ROOT / "GLOSSARY.md").read_text().lower()
    words = {folder.name for folder in PACKAGE.iterdir() if (folder / "apps.py").exists()}
    words |= {m._meta.verbose_name for m in apps.get_models() if m.__module__.startswith("trellis.")}
    assert [word for word in sorted(words) if word.replace("_", " ").lower() not in glossary] == []


def test_nothing_we_write_blames_a_child():
    blaming = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files()
        if path.is_relative_to(PACKAGE) and path.suffix in {".py", ".html", ".csv"}
        if path.relative_to(PACKAGE).as_posix() not in NAMES_THEM
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if BLAMING.search(line)
    ]
    assert blaming == []


def test_no_machine_path_and_no_registry_stands_in_a_file():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if OUTSIDE.search(line) and path.name != "test_words.py"
    ]
    assert found == []


@pytest.mark.parametrize("forbidden", ["mark_safe", ".raw(", ".extra(", "RawSQL"])
def test_untrusted_text_is_never_markup_or_sql(forbidden):
    """A document that travels alone carries our own style sheet as it is."""
    using = [str(p.relative_to(PACKAGE)) for p in modules() if forbidden in p.read_text()]
    assert [path for path in using if (path, forbidden) != ("reports/document/html.py", "mark_safe")] == []


def test_templates_hold_no_script_style_or_unescaped_text():
    """A document that travels alone carries its own style sheet; pages do not."""
    broken = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in tracked_files()
        if path.suffix == ".html" and path.is_relative_to(PACKAGE) and "document" not in path.parts
        for found in re.finditer(
            r"\|safe\b|autoescape off|<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", path.read_text()
        )
    ]
    assert broken == []


def test_a_page_title_names_nobody():
    """A title stays in the browser's history, and a history is read by whoever borrows the laptop."""
    naming = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.suffix == ".html" and re.search(r"block title %}[^%]*(person|child)\.\w*name", path.read_text())
    ]
    assert naming == ["trellis/workspace/templates/workspace/story.html"]


def test_there_is_no_unfinished_work():
    pattern = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.mark\.(skip|xfail)")
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        if path.suffix in {".py", ".html", ".js", ".scss"} and path.name != "test_words.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert left == []
