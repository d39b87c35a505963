"""What a file must be before it is stored: its name, its kind by content, nothing that runs, nothing hidden in it that
can be taken out. Pure: bytes in, bytes out.
"""

from dataclasses import dataclass

from trellis.documents.checking import images, names, office, pdf, plain
from trellis.documents.checking.refusal import NotAccepted

__all__ = ["Checked", "NotAccepted", "checked"]

MOST_BYTES = 25 * 1024 * 1024
# By extension: the media type, and what looks at the content and gives back what is stored.
KINDS = {
    "pdf": ("application/pdf", pdf.checked),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", office.docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", office.xlsx),
    "odt": ("application/vnd.oasis.opendocument.text", office.odt),
    "txt": ("text/plain", plain.checked),
    "csv": ("text/csv", plain.checked),
    "jpg": ("image/jpeg", images.jpeg),
    "jpeg": ("image/jpeg", images.jpeg),
    "png": ("image/png", images.png),
}
ACCEPTED = "PDF, Word (docx), Excel (xlsx), OpenDocument text (odt), txt, csv, JPEG and PNG"


@dataclass(frozen=True)
class Checked:
    """A file as it may be stored."""

    name: str
    media_type: str
    content: bytes


def checked(name: str, content: bytes) -> Checked:
    """The file, without what could be taken out of it. Raises NotAccepted with what to do."""
    name, extension = names.checked(name)
    if extension in ("heic", "heif"):
        raise NotAccepted("This is a photo in Apple's own format. Save it as JPEG, then choose it again")
    if extension not in KINDS:
        raise NotAccepted(f"Files ending in .{extension} are not taken. Choose one of these: {ACCEPTED}")
    if not content:
        raise NotAccepted("The file is empty. Open it to see whether it holds anything, then choose it again")
    if len(content) > MOST_BYTES:
        raise NotAccepted("The file is larger than 25 MB. Send it in parts, or as a smaller copy")
    media_type, look = KINDS[extension]
    return Checked(name, media_type, look(content))
