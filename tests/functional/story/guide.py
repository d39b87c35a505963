"""The training guide, written while the story is walked: a picture of each step, and what to do to get there."""

import tomllib
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.functional.story.words import Story, at
from trellis.sample.story import Step

NAME = "the-story"
COLOURS = 48  # enough for our pages; a picture is a third of its size then
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Guide:
    """Steps in the order in which they were told. ``folder``: where page and pictures go, or nowhere."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story, self.folder, self.told = story, folder, []
        (folder / NAME).mkdir(parents=True, exist_ok=True)

    def tell(self, step: Step, teller: str, page: Page, kind: str) -> None:
        self.told.append(step)
        number = len(self.told)
        picture = f"{NAME}/{number:02}.png"
        page.screenshot(path=self.folder / picture)
        with Image.open(self.folder / picture) as taken:
            small = taken.convert("RGB").quantize(COLOURS)
        small.save(self.folder / picture, optimize=True)
        how = WORDS["how"].get(step.kind) or WORDS["entry"].format(kind=kind)
        agency, seen = WORDS["agencies"][step.agency], f"What {teller.split()[0]} sees then"
        told = f"{self.when(step)}. Agency: {agency}. Written down by {teller}."
        parts = (f"## {number}. {step.title}", told, step.text, how, f"![{seen}]({picture})")
        with (self.folder / f"{NAME}.md").open("a" if number > 1 else "w", encoding="utf-8") as file:
            file.write("" if number > 1 else WORDS["head"].lstrip())
            file.writelines(f"\n{part}\n" for part in parts)

    def when(self, step: Step) -> str:
        """``Week 3, Monday, 14:00``: the same whenever the story is told."""
        week = (step.day - self.story.steps[0].day).days // 7 + 1
        return f"Week {week}, {at(step.day, step.hour):%A, %H:%M}"
