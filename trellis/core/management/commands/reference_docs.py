"""Write the pages of docs/reference that are drawn from the running system."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from trellis.core.reference_docs import PAGES


class Command(BaseCommand):
    help = "Write docs/reference/{states,schema,permissions}.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, page in PAGES.items():
            (settings.ROOT / "docs" / "reference" / name).write_text(page(), encoding="utf-8")
