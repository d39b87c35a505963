"""What a search shows of a person: the least that tells one from another. Pure."""

import uuid
from collections.abc import Mapping
from typing import Any

from trellis.accounts.models import User
from trellis.cases.presenters import full_name
from trellis.workspace.queries import Found


def rows(found: Found, leads: Mapping[uuid.UUID, User]) -> list[dict[str, Any]]:
    return [
        {
            "person": person,
            "name": full_name(person),
            "lead": leads[person.id].name if person.id in leads else "Nobody yet",
        }
        for person in found.people
    ]
