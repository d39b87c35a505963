"""The words of time a definition uses. `year_start()` and `year_end()` stand for the days of the period asked for.

They are SQL functions which the engine defines before it runs a definition, so that a definition is one fixed text
whatever the year: it can be shown, hashed and compiled once.
"""

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from trellis.measures.periods import FIRST_MONTH


@ibis.udf.scalar.builtin
def year_start() -> dt.date:
    """First day of the period."""


@ibis.udf.scalar.builtin
def year_end() -> dt.date:
    """Last day of the period."""


def in_the_year(day: ir.DateColumn) -> ir.BooleanValue:
    """The London day lies in the period; both ends belong to it."""
    return day.between(year_start(), year_end())


def in_force_at_year_end(starts_on: ir.DateColumn, ends_on: ir.DateColumn) -> ir.BooleanValue:
    """A spell [starts_on, ends_on) covers the last day of the period; one that ends on that day does not."""
    return (starts_on <= year_end()) & (ends_on.isnull() | (ends_on > year_end()))


def in_force_during_the_year(starts_on: ir.DateColumn, ends_on: ir.DateColumn) -> ir.BooleanValue:
    """A spell touches the period; one that ends on a day of the period counts, and so does one that starts on it."""
    return (starts_on <= year_end()) & (ends_on.isnull() | (ends_on >= year_start()))


def report_year_of(day: ir.DateColumn) -> ir.IntegerValue:
    """The first calendar year of the report year a day lies in: 2022 for 31 March 2023."""
    return day.year() - (day.month() < FIRST_MONTH).cast("int32")
