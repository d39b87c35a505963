"""Long lists in pages of fifty. The count on the page is the count of the whole list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PAGE = 50


def page_of(rows: QuerySet[Any] | list[Any], number: str | None) -> Page:
    """The page asked for; a number that is no page gives the first or the last."""
    return Paginator(rows, PAGE).get_page(number)
