"""What keeps a case open that no app of casework knows of: nobody's case is closed while they are missing."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.missing.models import MissingEpisode


def still_missing(case: Case) -> Iterator[Unfinished]:
    for episode in MissingEpisode.objects.missing_now().filter(person=case.person_id):
        here = reverse("missing-episode", args=[episode.id])
        yield Unfinished("They are missing. Wait until they are back, and offer the return interview", here)
