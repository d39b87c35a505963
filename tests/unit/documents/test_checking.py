"""What is taken and what is not: every hostile file is refused with a line that says what to do."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.factories.documents import WRITER, packed, pdf_file, photo, word_file
from trellis.documents.checking import MOST_BYTES, NotAccepted, checked

ODT = b"application/vnd.oasis.opendocument.text"
GOOD = {
    "letter.pdf": pdf_file(),
    "report.docx": word_file(),
    "figures.xlsx": packed(**{"[Content_Types]DOTxml": b"<Types/>", "xl__workbookDOTxml": b"<workbook/>"}),
    "notes.odt": packed(mimetype=ODT, contentDOTxml=b"<office/>"),
    "notes.txt": "Spoke with Zoë at 4".encode(),
    "times.csv": b"day,time\nMonday,4\n",
    "photo.jpg": photo(),
    "PHOTO.JPEG": photo(),
    "map.png": photo("PNG"),
}
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = b'<Relationship Type="x/attachedTemplate" Target="https://example.org/t" TargetMode="External"/>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
HOSTILE = {
    "a program": ("run.exe", b"MZ", "not taken"),
    "a program behind a second ending": ("letter.pdf.exe", b"MZ", "not taken"),
    "a program's ending before an honest one": ("letter.exe.pdf", pdf_file(), "two endings"),
    "a web page called a picture": ("photo.png", HTML, "not the PNG"),
    "a web page called text": ("notes.txt", HTML, "web page"),
    "a program called text": ("notes.txt", b"MZ\x00\x01", "not the text file"),
    "a picture called a PDF": ("letter.pdf", photo(), "not the PDF"),
    "a PNG called a JPEG": ("photo.jpg", photo("PNG"), "not the JPEG"),
    "a drawing that can hold programs": ("drawing.svg", b"<svg/>", "not taken"),
    "an Apple photo": ("photo.heic", b"x", "Save it as JPEG"),
    "an old Word file": ("report.doc", b"x", "not taken"),
    "no ending": ("report", b"x", "with its ending"),
    "nothing": ("letter.pdf", b"", "empty"),
    "too much": ("notes.txt", b"x" * (MOST_BYTES + 1), "larger than 25 MB"),
    "a nought in the name": ("letter\x00.pdf", pdf_file(), "cannot be seen"),
    "a name read from right to left": ("letter\u202efdp.exe.pdf", pdf_file(), "cannot be seen"),
    "a mark of direction in the name": ("letter\u2067.pdf", pdf_file(), "cannot be seen"),
    "a line break in the name": ("letter\n.pdf", pdf_file(), "cannot be seen"),
    "a folder in the name": ("../../etc/letter.pdf", pdf_file(), "folder"),
    "a Windows folder in the name": ("C:\\letter.pdf", pdf_file(), "folder"),
    "a hidden file": (".pdf", pdf_file(), "folder"),
    "a very long name": ("x" * 150 + ".pdf", pdf_file(), "at most 150"),
    "a packed file of noughts": ("report.docx", word_file(**{"word/x.bin": bytes(20_000_000)}), "packed so tightly"),
    "any zip called Word": ("report.docx", packed(aDOTtxt=b"a"), "not the Word file"),
    "no zip called Word": ("report.docx", b"PK\x03\x04 and no more", "not the Word file"),
    "any zip called OpenDocument": ("notes.odt", packed(aDOTtxt=b"a"), "not the OpenDocument"),
    "Word with a program": ("report.docx", word_file(**{"word/vbaProject.bin": b"x"}), "program"),
    "Word with programs allowed": ("report.docx", word_file(MACRO), "program"),
    "Word that fetches its template": ("report.docx", word_file(**{"word/_rels/s.xml.rels": TEMPLATE}), "program"),
    "Word with a file inside": ("report.docx", word_file(**{"word/embeddings/a.bin": b"x"}), "program"),
    "OpenDocument with a program": ("notes.odt", packed(mimetype=ODT, Basic__sDOTxml=b"x"), "program"),
    "PDF with a program": ("letter.pdf", pdf_file(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "program"),
    "PDF with a program by another spelling": ("letter.pdf", pdf_file(b"/J#61vaScript(x)"), "program"),
    "PDF with a program packed away": ("letter.pdf", pdf_file(packed_inside=b"<</S/JavaScript>>"), "program"),
    "PDF with a file inside": ("letter.pdf", pdf_file(b"/EmbeddedFiles 3 0 R"), "program"),
    "PDF with a password": ("letter.pdf", pdf_file(b"/Encrypt 3 0 R"), "password"),
    "half a PDF": ("letter.pdf", b"%PDF-1.7\n", "not the PDF"),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_taken_under_its_own_name(name):
    taken = checked(name, GOOD[name])
    assert taken.name == name
    assert taken.content


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words(what):
    name, content, words = HOSTILE[what]
    with pytest.raises(NotAccepted, match=words) as refusal:
        checked(name, content)
    assert str(refusal.value)[0].isupper()


def test_a_picture_with_far_too_many_points_is_not_unpacked():
    wide, file = Image.new("1", (10_000, 10_000)), BytesIO()
    wide.save(file, "PNG")
    with pytest.raises(NotAccepted, match="60 million"):
        checked("wide.png", file.getvalue())


@pytest.mark.parametrize(("name", "kind"), [("photo.jpg", "JPEG"), ("photo.png", "PNG")])
def test_a_photo_is_kept_without_where_and_by_what_it_was_taken(name, kind):
    given = photo(kind, with_place=True)
    assert WRITER.encode() in given
    kept = checked(name, given + b"<script>hung on behind</script>").content
    assert WRITER.encode() not in kept
    assert b"hung on behind" not in kept
    picture = Image.open(BytesIO(kept))
    assert (picture.size, dict(picture.getexif())) == ((40, 20), {})


def test_a_word_file_is_kept_without_its_writer_and_still_whole():
    kept = checked("report.docx", word_file()).content
    with ZipFile(BytesIO(kept)) as file:
        assert WRITER.encode() not in b"".join(file.read(part) for part in file.namelist())
        assert file.read("word/document.xml") == b"<w:document/>"
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
