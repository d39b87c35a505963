"""Which bodies decide for the children of an authority."""

from django.db import models

from trellis.core.models import Dated, no_overlap
from trellis.core.protection import Open
from trellis.nrm.lifecycle import BODIES


class NrmRoute(Dated):
    """From a day on, this body decides for children of this authority; an empty authority is every one. ``verified``
    is no while nobody has confirmed it: pages then say to ask first."""

    protection = Open("which bodies decide for an authority")

    authority = models.CharField(max_length=9, blank=True)
    body = models.CharField(max_length=20, choices=list(BODIES.items()))
    conditions = models.TextField(blank=True)

    class Meta:
        ordering = ["body", "authority", "valid_from"]
        constraints = [
            no_overlap("nrm_route_said_once_a_day", "authority", "body", start="valid_from", end="valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()}: {self.authority or 'every authority'}"
