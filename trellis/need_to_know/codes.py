"""What may be done with an item, in words; who may hold it; the stricter of two codings; what leaves in an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from trellis.accounts.models import Agency
from trellis.core.clocks import today
from trellis.need_to_know.handling import Handled
from trellis.need_to_know.models import HandlingCode, HandlingRule

NOT_CODED = "Not coded yet: for its owner only"


def short_code(handling: str) -> str:
    """``P``, ``C``, and for a code of an older scheme its scheme and number: ``5x5x5 code 2``."""
    return handling.replace(":", " code ", 1)


@dataclass(frozen=True)
class Coding:
    """A handling code, its conditions, and the agencies it is limited to; none means all that may hold the code."""

    handling: str
    conditions: str = ""
    limited_to: tuple[UUID, ...] = ()

    @classmethod
    def of(cls, item: Handled) -> Coding:
        return cls(item.handling, item.conditions, tuple(sorted(item.limited_to)))

    def put_on(self, item: Handled) -> None:
        item.handling, item.conditions, item.limited_to = self.handling, self.conditions, list(self.limited_to)

    def as_json(self) -> dict[str, Any]:
        """As it is kept in an item's history."""
        return {
            "handling": self.handling,
            "conditions": self.conditions,
            "limited_to": [str(agency) for agency in self.limited_to],
        }


class CodeBook:
    """The codes, rules and agencies of this moment, each read once and only when asked for."""

    @cached_property
    def codes(self) -> Mapping[str, HandlingCode]:
        return {code.code: code for code in HandlingCode.objects.all()}

    @cached_property
    def rules(self) -> list[HandlingRule]:
        return list(HandlingRule.objects.all())

    @cached_property
    def agencies(self) -> Mapping[UUID, Agency]:
        return {agency.id: agency for agency in Agency.objects.all()}

    def for_new_items(self) -> list[HandlingCode]:
        """The codes a new item may have today."""
        held = Q(valid_from__lte=today()) & (Q(valid_to=None) | Q(valid_to__gt=today()))
        return list(HandlingCode.objects.filter(held, for_new_items=True).order_by("-code"))

    def default_of(self, agency: UUID) -> Coding:
        """What an agency gives its own items unless it says otherwise."""
        rule = next(rule for rule in self.rules if rule.agency_id == agency and rule.is_default)
        return Coding(rule.code_id, rule.conditions)

    def holders(self, code: str) -> frozenset[UUID]:
        """The agencies that may hold items with this code."""
        return frozenset(rule.agency_id for rule in self.rules if rule.code_id == code)

    def may_hold(self, coding: Coding) -> frozenset[UUID]:
        """The agencies that see an item so coded, its owner apart."""
        held = self.holders(coding.handling)
        return held & frozenset(coding.limited_to) if coding.limited_to else held

    def stricter(self, one: Coding, other: Coding, owner: UUID) -> Coding:
        """A coding that nobody gains by: held by those who may hold both, under the conditions of both."""
        both = self.may_hold(one) & self.may_hold(other)
        narrow, wide = sorted((one, other), key=lambda coding: (len(self.holders(coding.handling)), coding is other))
        asked = [coding.conditions for coding in (narrow, wide) if coding.conditions]
        needs = self.needs_conditions(narrow.handling)
        unlimited = not one.limited_to and not other.limited_to and both == self.holders(narrow.handling)
        limited_to = () if unlimited else tuple(sorted(both - {owner})) or (owner,)
        return Coding(narrow.handling, " ".join(dict.fromkeys(asked))[:300] if needs else "", limited_to)

    def needs_conditions(self, code: str) -> bool:
        return code in self.codes and self.codes[code].needs_conditions

    def in_words(self, item: Handled) -> str:
        """What a reader may do with the item: the code's own words, the conditions, and whom it is limited to."""
        return self.coding_in_words(Coding.of(item))

    def coding_in_words(self, coding: Coding) -> str:
        code = self.codes.get(coding.handling)
        said = code.label if code else coding.handling or NOT_CODED
        if coding.conditions:
            said = f"{said}: {coding.conditions}"
        if coding.limited_to:
            said = f"{said.rstrip('.')}. Limited to {self.names(coding.limited_to)}"
        return said

    def names(self, agencies: Iterable[UUID]) -> str:
        known = [self.agencies[a].name if a in self.agencies else "an agency no longer here" for a in agencies]
        return ", ".join(sorted(known))

    def may_leave(self, item: Handled, agency: UUID) -> bool:
        """Whether the item goes along when somebody of ``agency`` takes a record out of the system: it is their own, or
        its code asks for no conditions, is not of an older scheme, and it is not limited to some agencies."""
        code = self.codes.get(item.handling)
        free = code is not None and code.for_new_items and not code.needs_conditions and not item.limited_to
        return item.agency_id == agency or free
