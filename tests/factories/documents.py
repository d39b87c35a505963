"""Files of every kind, and documents by what became of them."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from tests.factories import cases
from tests.factories.prepared import prepared
from tests.support.pages import new_key
from trellis.core.clocks import now
from trellis.core.ids import new_id
from trellis.documents import services
from trellis.documents.models import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WRITER = "Writer Nobody"


def packed(**parts: bytes) -> bytes:
    """A zip; in the names of parts __ stands for a slash and DOT for a full stop."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name.replace("__", "/").replace("DOT", "."), part)
    return whole.getvalue()


def word_file(kind: str = DOCX, **more: bytes) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'.encode()
    core = f"<cp:coreProperties><dc:creator>{WRITER}</dc:creator></cp:coreProperties>".encode()
    whole = BytesIO()
    parts = {"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", "docProps/core.xml": core, **more}
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return whole.getvalue()


def pdf_file(inside: bytes = b"", packed_inside: bytes = b"") -> bytes:
    stream = zlib.compress(packed_inside)
    objects = b"4 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj\n"
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog" + inside + b">>endobj\n" + objects * bool(packed_inside) + b"%%EOF\n"


def photo(kind: str = "JPEG", with_place: bool = False) -> bytes:
    picture, file = Image.new("RGB", (40, 20), "teal"), BytesIO()
    exif = Image.Exif()
    if with_place:
        exif[0x010F] = WRITER
        exif.get_ifd(0x8825)[1] = "N"
    picture.save(file, kind, exif=exif.tobytes() if with_place else b"")
    return file.getvalue()


def held_document(person=None, by=None, name="letter.pdf", content=None, **fields) -> Document:
    """Stored where no scanner is set."""
    person = person or cases.open_case().person
    file = services.Scanned(name, content or pdf_file())
    with prepared():
        return services.keep_documents([file], person=person, by=by, key=new_id(), **fields)[0]


def clean_document(person=None, by=None, **fields) -> Document:
    """Scanned, nothing found."""
    made = held_document(person, by, **fields)
    with prepared():
        Document.objects.filter(id=made.id).update(state="clean", scanned_at=now())
        made.refresh_from_db()
    return made


def chosen(name: str, content: bytes):
    """A file as a form sends it."""
    file = BytesIO(content)
    file.name = name
    return file


def upload(name="letter.pdf", content=None, **changes) -> dict:
    sent = pdf_file() if content is None else content
    return {"form_key": new_key(), "file": chosen(name, sent), "kind": "letter", "description": "A letter", **changes}
