"""The project's typeface inside a document that fetches nothing."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

TYPEFACE, WEIGHTS = "Source Sans 3", (400, 600, 700)


@cache
def typeface() -> str:
    """The project's typeface as @font-face rules with the files inside; nothing when they are not built."""
    rules = []
    for weight in WEIGHTS:
        found = finders.find(f"core/fonts/source-sans-3-latin-{weight}-normal.woff2")
        if found:
            inside = b64encode(Path(found).read_bytes()).decode()
            rules.append(
                f'@font-face{{font-family:"{TYPEFACE}";font-weight:{weight};'
                f'src:url(data:font/woff2;base64,{inside}) format("woff2")}}'
            )
    return "\n".join(rules)
