"""PDF: refused when it holds programs, other files or a password. Its metadata is not taken out."""

import re
import zlib

from trellis.documents.checking.refusal import NotAccepted, is_not

MOST_INFLATED = 100 * 1024 * 1024
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
RUNS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])")
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")


def checked(content: bytes) -> bytes:
    """The same bytes. Names are looked for in plain objects and in those packed into object streams."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise is_not("PDF")
    if LOCKED.search(_plain_names(content)):
        raise NotAccepted("The PDF is locked with a password. Save a copy without one, then choose that")
    # Pictures and pages are not looked into: what they hold is drawn and not run.
    objects = STREAM.sub(b"stream", content)
    if RUNS.search(_plain_names(objects)) or any(RUNS.search(_plain_names(part)) for part in _packed(content)):
        raise NotAccepted("The PDF holds a program or another file. Print it to a new PDF, then choose that")
    return content


def _plain_names(text: bytes) -> bytes:
    """A name may be written with numbers in place of letters."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _packed(content: bytes) -> list[bytes]:
    """What stands in object streams, inflated."""
    left, parts = MOST_INFLATED, []
    for found in STREAM.finditer(content):
        if b"/ObjStm" not in _plain_names(content[max(0, found.start() - 400) : found.start()]):
            continue
        try:
            part = zlib.decompressobj().decompress(found[1], left)
        except zlib.error:
            raise is_not("PDF") from None
        left -= len(part)
        if left <= 0:
            raise NotAccepted("The PDF is packed so tightly that it cannot be looked at. Print it to a new PDF")
        parts.append(part)
    return parts
