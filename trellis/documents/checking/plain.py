"""Plain text and comma-separated values."""

import re

from trellis.documents.checking.refusal import NotAccepted, is_not

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"<\s*(!doctype|html|script|svg|iframe|\?xml)\b", re.IGNORECASE)
BEGINS = 1024


def checked(content: bytes) -> bytes:
    """The same bytes, when they are text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if NOT_TEXT.search(text):
        raise is_not("text file")
    if MARKUP.search(text[:BEGINS]):
        raise NotAccepted("The file is a web page and not text. Save what it says as a PDF, then choose that")
    return content
