"""Names as people write them, and the key by which they are found."""

import re
import unicodedata

NOT_WORD = re.compile(r"[^\w\s]+")
SPACE = re.compile(r"\s+")
LONGEST_KEY = 300
# Letters Unicode does not take apart into a plain letter and a mark.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def search_key(*names: str) -> str:
    """One lower-case line without accents, hyphens or apostrophes; other scripts keep their letters.

    ``search_key("Siân", "O'Neil-Smith")`` is ``"sian oneilsmith"``.
    """
    line = " ".join(name for name in names if name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", line) if not unicodedata.combining(c))
    return SPACE.sub(" ", NOT_WORD.sub("", bare)).strip().casefold().translate(PLAIN)[:LONGEST_KEY]
