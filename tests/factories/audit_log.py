"""A log as a hub fills it: requests of some users, sealed as they come."""

import random
from pathlib import Path
from uuid import UUID

from tests.factories import accounts
from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.sealer import Sealer
from trellis.audit_log.trail import note, recorded

ACTIONS = [Action.READ, Action.READ, Action.WRITE, Action.SEARCH, Action.EXPORT]
KINDS = ["overview", "chronology", "referral", "missing episode"]


def some_uuid(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def request(user: User | None, events: int = 1, chance: random.Random | None = None) -> None:
    """One request that reads or writes this often, as the middleware would record it."""
    chance = chance or random.Random(events)
    with recorded(user, why=chance.choice(["", "daily meeting"])):
        for _ in range(events):
            note(
                chance.choice(ACTIONS),
                chance.choice(KINDS),
                object_id=some_uuid(chance) if chance.random() < 0.5 else None,
                children=[some_uuid(chance) for _ in range(chance.choice([0, 1, 1, 1, 3]))],
                grants=[some_uuid(chance) for _ in range(chance.choice([0, 1]))],
            )


def sealed_log(folder: Path, *, batches: int, awaiting: int = 0, seed: int = 1) -> Sealer:
    """Requests of three users in so many batches, and the last of them not yet sealed."""
    chance = random.Random(seed)
    users = [accounts.hub_worker() for _ in range(3)]
    sealer = Sealer(folder)
    for _ in range(batches):
        for _ in range(chance.randint(1, 6)):
            request(chance.choice([*users, None]), chance.randint(1, 3), chance)
        assert sealer.seal()
    for _ in range(awaiting):
        request(chance.choice(users), 1, chance)
    return sealer
