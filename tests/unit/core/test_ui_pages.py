"""The base page with nobody signed in, with somebody, and with nothing at all behind it."""

import re

import pytest
from django.contrib.messages.storage.base import Message
from django.shortcuts import render
from django.template import engines
from django.template.loader import get_template

ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "core/unavailable.html"]
FRAME = {
    "places": [
        {"label": "My day", "url": "/", "current": True},
        {"label": "Missing", "url": "/missing/", "current": False},
    ],
    "marking": "OFFICIAL-SENSITIVE",
    "name": "Sam Idowu",
    "missing_url": "/missing/",
    "missing_now": 3,
}
PAGE = """{% extends "core/base.html" %}{% block title %}A page{% endblock %}{% block heading %}A page{% endblock %}"""


def page(**context):
    return engines["django"].from_string(PAGE).render(context)


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_no_request_and_no_database(name):
    markup = get_template(name).render()
    assert markup.count("<h1") == 1
    assert '<html lang="en-GB"' in markup
    assert "Sign out" not in markup


def test_the_unavailable_page_gives_its_reference():
    assert b"3fa91c02" in render(None, "core/unavailable.html", {"reference": "3fa91c02"}).content


def test_a_page_works_signed_out():
    markup = page()
    assert '<a href="#main" class="govuk-skip-link"' in markup
    assert 'id="places"' not in markup
    assert "session-warning" not in markup
    assert "data-user" not in markup


def test_a_signed_in_page_shows_marking_places_and_who_is_missing():
    markup = page(frame=FRAME)
    assert markup.count("OFFICIAL-SENSITIVE") == 2  # at the top of the page, and on each sheet of paper
    assert re.search(r'<a href="/" aria-current="(page|true)">My day</a>', markup)
    assert re.search(r"Missing now <span[^>]*>3</span>", markup)
    assert 'data-session-seconds="900"' in markup
    assert "Sam Idowu" in markup


@pytest.mark.parametrize("context", [{}, {"frame": FRAME}])
def test_each_page_has_its_landmarks_once_and_nothing_inline(context):
    markup = page(**context)
    for once in ("<main", "<header", "<footer", "<h1", "<title>"):
        assert markup.count(once) == 1
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", markup)
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(ids) == len(set(ids))


def test_a_message_says_what_was_done():
    assert "The interview is recorded." in page(messages=[Message(25, "The interview is recorded.")])


def test_the_search_is_posted_and_only_offered_to_those_who_may():
    assert 'role="search"' not in page(frame=FRAME)
    allowed = page(frame={**FRAME, "may_search": True})
    assert '<form class="trellis-search" method="post"' in allowed
