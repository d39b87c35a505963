"""Every identity planted in generated chronologies is found; how many harmless words are flagged is printed."""

import os
import re
import sys
from collections import Counter

from tests.unit.case_studies.chronologies import MANNERS, Generator
from trellis.case_studies.checking import check

CHRONOLOGIES, SENTENCES = 500, 100
SEED = int(os.environ.get("CASE_STUDY_SEED", "1"))
WORD = re.compile(r"\w+(?:['’-]\w+)*")
MOST_FLAGGED = 30


def look_through(seed, number, sentences=SENTENCES):
    """What was missed, by manner; how many plants, harmless words and flagged ones there were."""
    missed, planted, words, flagged = [], 0, 0, 0
    for n in range(number):
        chronology = Generator(seed * 100_003 + n, sentences).made()
        text = chronology.text
        marked = bytearray(len(text) + 1)
        for found in check(chronology.identities, text):
            marked[found.start : found.end] = b"\x01" * (found.end - found.start)
        for manner, start, end in chronology.plants:
            planted += 1
            if not any(marked[start:end]):
                missed.append((manner, text[start:end]))
            marked[start:end] = b"\x02" * (end - start)
        for word in WORD.finditer(text):
            if 2 not in marked[word.start() : word.end()]:
                words += 1
                flagged += 1 in marked[word.start() : word.end()]
    return missed, planted, words, flagged


def test_everything_planted_is_found_and_few_harmless_words_are_flagged(capsys):
    missed, planted, words, flagged = look_through(SEED, CHRONOLOGIES)
    per_thousand = 1000 * flagged / words
    said = (
        f"{planted:,} identities in {len(MANNERS)} manners planted in {CHRONOLOGIES} chronologies, "
        f"{planted - len(missed):,} found; of {words:,} harmless words {flagged:,} flagged, {per_thousand:.1f} in 1,000"
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{said}\n")
    assert not missed, Counter(manner for manner, _ in missed).most_common()
    assert per_thousand < MOST_FLAGGED
