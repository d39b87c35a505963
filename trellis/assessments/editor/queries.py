"""Reads for the pages of assessment tools."""

from django.db.models import Prefetch

from trellis.accounts.models import User
from trellis.assessments.editor.access import check_can_read_tools
from trellis.assessments.models import Instrument, InstrumentVersion
from trellis.core.reference_data import labels

MOST_TOOLS = 200


def instruments(user: User) -> list[Instrument]:
    """Every tool by name, with its versions, the latest first, and its draft. Raises Refused."""
    check_can_read_tools(user)
    versions = Prefetch("versions", InstrumentVersion.objects.defer("definition").order_by("-number"))
    return list(Instrument.objects.select_related("draft").prefetch_related(versions).order_by("name")[:MOST_TOOLS])


def versions_of(instrument: Instrument) -> list[InstrumentVersion]:
    """Its versions, the latest first."""
    return list(instrument.versions.select_related("published_by").defer("definition").order_by("-number"))


def outcome_areas() -> dict[str, str]:
    return labels("outcome_area")
