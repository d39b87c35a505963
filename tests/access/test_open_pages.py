"""Which pages need no sign-in: those that pages.py calls open, and no other."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.access.pages import PAGES


def paths():
    """Every page that needs a sign-in and whose address names nothing."""
    for name, page in PAGES.items():
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        if not page.open_to_all:
            yield path


@pytest.mark.django_db
def test_without_signing_in_every_other_page_leads_to_the_sign_in():
    browser, asked = Client(), list(paths())
    for path in asked:
        answer = browser.get(path)
        assert answer.status_code == 401 or answer.headers.get("Location", "").startswith("/sign-in/"), path
    assert len(asked) > 10
