"""Searches a text for whatever could tell whose story it is. Pure: no database, no page.

``check(identities, text)`` gives the findings; ``identities.Identities`` says whom and what to look for.
"""

from trellis.case_studies.checking.check import check
from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.identities import Identities, Known, Named, Place

__all__ = ["Finding", "Identities", "Known", "Named", "Place", "Severity", "check"]
