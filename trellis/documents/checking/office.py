"""Word, Excel and OpenDocument files: packed folders. Programs in them are refused, what names their writer is emptied.

Left as it is: names of those who commented or tracked changes, and what pictures inside say of themselves.
"""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from trellis.documents.checking.refusal import NotAccepted, is_not

MOST_TIMES, MOST_INFLATED, MOST_PARTS = 100, 150 * 1024 * 1024, 5_000
LONG_AGO = (1980, 1, 1, 0, 0, 0)
RUNS = re.compile(
    r"(vbaproject\.bin|vbadata\.xml|/activex/|/embeddings/|oleobject|\.(exe|js|vbs|dll|bat|cmd|ps1)$)|^(basic|scripts)/"
    r"|(^|/)object \d+/",
    re.IGNORECASE,
)
MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
FETCHED = re.compile(rb"<Relationship\b[^>]*(attachedTemplate|oleObject|frame)[^>]*TargetMode=\"External\"", re.I)
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OOXML = "http://schemas.openxmlformats.org/"
EMPTY = {
    "docprops/core.xml": XML + f'<cp:coreProperties xmlns:cp="{OOXML}package/2006/metadata/core-properties"/>'.encode(),
    "docprops/app.xml": XML + f'<Properties xmlns="{OOXML}officeDocument/2006/extended-properties"/>'.encode(),
    "docprops/custom.xml": XML + f'<Properties xmlns="{OOXML}officeDocument/2006/custom-properties"/>'.encode(),
    "meta.xml": XML
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
}


def docx(content: bytes) -> bytes:
    return _repacked(content, "Word file", "word/document.xml")


def xlsx(content: bytes) -> bytes:
    return _repacked(content, "Excel file", "xl/workbook.xml")


def odt(content: bytes) -> bytes:
    parts = _parts(content, "OpenDocument text")
    if parts.get("mimetype") != b"application/vnd.oasis.opendocument.text":
        raise is_not("OpenDocument text")
    return _packed_anew(parts)


def _repacked(content: bytes, kind: str, main: str) -> bytes:
    parts = _parts(content, kind)
    types = parts.get("[Content_Types].xml", b"")
    if main not in parts or not types:
        raise is_not(kind)
    if MACROS.search(types) or any(FETCHED.search(part) for name, part in parts.items() if name.endswith(".rels")):
        raise NotAccepted("The file holds a program or fetches one. Save it without macros, then choose it again")
    return _packed_anew(parts)


def _parts(content: bytes, kind: str) -> dict[str, bytes]:
    """Every part by its name, unpacked no further than is safe."""
    left = min(MOST_INFLATED, MOST_TIMES * len(content))
    parts: dict[str, bytes] = {}
    try:
        with ZipFile(BytesIO(content)) as packed:
            if len(packed.infolist()) > MOST_PARTS:
                raise _bomb()
            for entry in packed.infolist():
                if entry.flag_bits & 1:
                    raise NotAccepted("The file is locked with a password. Save a copy without one, then choose that")
                if RUNS.search(entry.filename):
                    raise NotAccepted("The file holds a program or another file. Save it without, then choose it again")
                if entry.is_dir():
                    continue
                with packed.open(entry) as part:
                    parts[entry.filename] = part.read(left + 1)
                left -= len(parts[entry.filename])
                if left < 0:
                    raise _bomb()
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, UnicodeDecodeError):
        raise is_not(kind) from None
    return parts


def _bomb() -> NotAccepted:
    return NotAccepted("The file is packed so tightly that it cannot be looked at. Save it as a PDF, then choose that")


def _packed_anew(parts: dict[str, bytes]) -> bytes:
    """The file with what names its writer emptied, and no dates of its parts."""
    whole = BytesIO()
    with ZipFile(whole, "w") as packed:
        for name, part in parts.items():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            packed.writestr(entry, EMPTY.get(name.lower(), part))
    return whole.getvalue()
