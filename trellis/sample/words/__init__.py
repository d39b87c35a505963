"""Names, places and sentences of the invented area, read once from the files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml``."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def say(topic: str, key: str = "any") -> list[Any]:
    """The sentences kept under ``topic`` and ``key``."""
    said: list[Any] = words("sentences")[topic][key]
    return said
