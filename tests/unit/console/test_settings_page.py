"""docs/reference/settings.md lists every setting there is, and none that is not."""

import re

from trellis.console.environment import ROOT

NAME = re.compile(r"\b(?:TRELLIS_[A-Z_]+|DATABASE_URL)\b")


def test_every_setting_is_on_the_page_and_no_other():
    sources = [*(ROOT / "trellis").rglob("*.py"), *(ROOT / "tests" / "support").glob("*.py")]
    used = {name for path in sources for name in re.findall(r'"(TRELLIS_[A-Z_]+|DATABASE_URL)"', path.read_text())}
    listed = set(NAME.findall((ROOT / "docs/reference/settings.md").read_text()))
    assert used == listed
