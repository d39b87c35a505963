"""Long but common all the same: a password whose only word stands on the list of common ones."""

import re

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What a worker of a hub would think of first, beside Django's list of the 20,000 most common.
OUR_OWN = {"trellis", "safeguarding", "complexsafeguarding", "socialworker", "childrenservices", "manchester"}
SWAPPED = str.maketrans("013457@$!", "oieastasi")
SHORTEST_WORD = 4


class CommonAtHeart(CommonPasswordValidator):
    """Refuses ``Password2026!``, ``qwertyqwerty`` and ``aaaaaaaaaaaa``: what is left without digits and signs at the
    ends, repetition and swapped letters is common, or next to nothing."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if any(self._is_common(heart) for heart in _hearts(password)):
            raise ValidationError(
                "This password is built around a very common one. Three or four words that have nothing to do with "
                "each other are long, easy to keep in mind and hard to guess.",
                code="password_common_at_heart",
            )

    def _is_common(self, heart: str) -> bool:
        return len(heart) < SHORTEST_WORD or heart in self.passwords or heart in OUR_OWN


def _hearts(password: str) -> set[str]:
    """The password without what is usually put around a word to make it longer."""
    plain = re.sub(r"[\s_-]", "", password.lower())
    bare = plain.strip("".join(sign for sign in plain if not sign.isalpha()))
    return {_once(text) for text in (plain, bare, bare.translate(SWAPPED))}


def _once(text: str) -> str:
    """``abcabcabc`` is ``abc``."""
    repeated = re.fullmatch(r"(.+?)\1+", text)
    return repeated[1] if repeated else text
