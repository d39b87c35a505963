"""A scanner answers, answers wrongly, or is not there."""

import pytest

from tests.factories import accounts, documents
from tests.support.clamd import VIRUS, clamd_running, is_installed, scanner_answering
from tests.support.pages import signed_in
from trellis.documents.checking import NotAccepted
from trellis.documents.models import Document, DocumentContent
from trellis.documents.scanning import PIECE, NotScanned, is_infected
from trellis.documents.services import Scanned

pytestmark = pytest.mark.django_db
ILL = f"It says {VIRUS} here".encode()


def test_the_scanner_is_sent_the_whole_file_in_pieces(settings):
    content = bytes(range(256)) * 600
    with scanner_answering(b"stream: OK\0") as (path, taken):
        settings.CLAMD_SOCKET = str(path)
        assert not is_infected(content)
    assert taken[0] == b"zINSTREAM\0"
    assert b"".join(taken[1:]) == content
    assert len(taken[1]) == PIECE


@pytest.mark.parametrize("line", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: ok\0", b"\xff\0"])
def test_an_answer_that_is_no_verdict_leaves_the_file_held(settings, line):
    with scanner_answering(line) as (path, _):
        settings.CLAMD_SOCKET = str(path)
        with pytest.raises(NotScanned):
            is_infected(b"anything")
        assert Scanned("notes.txt", b"anything").state == "held"


def test_a_scanner_that_is_not_there_leaves_the_file_held(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")
    assert Scanned("notes.txt", b"anything").state == "held"


def test_a_file_that_was_found_ill_is_refused(settings):
    with scanner_answering(b"stream: Some.Virus FOUND\0") as (path, _):
        settings.CLAMD_SOCKET = str(path)
        with pytest.raises(NotAccepted, match="A virus was found"):
            Scanned("notes.txt", b"anything")


def test_the_daemon_itself_where_it_is_installed_and_else_everything_is_held(settings):
    if not is_installed():
        assert Scanned("notes.txt", ILL).state == "held"
        return
    with clamd_running() as path:
        settings.CLAMD_SOCKET = str(path)
        assert Scanned("notes.txt", b"Nothing wrong").state == "clean"
        assert Scanned("long.txt", b"x" * 2_000_000).state == "clean"
        with pytest.raises(NotAccepted, match="A virus was found"):
            Scanned("notes.txt", ILL)


@pytest.mark.parametrize(
    ("line", "state", "kept"), [(b"stream: OK\0", "clean", 1), (b"stream: A FOUND\0", "infected", 0), (b"", "held", 1)]
)
def test_what_was_held_is_scanned_once_there_is_a_scanner(settings, line, state, kept):
    worker = accounts.hub_worker()
    held = documents.held_document(by=worker)
    page = f"/children/{held.person_id}/documents/"
    client = signed_in(worker)
    with scanner_answering(line) as (path, _):
        settings.CLAMD_SOCKET = str(path)
        assert "Scan now" in client.get(page).content.decode()
        assert client.post(f"{page}{held.id}/scan/").status_code == 302
    held.refresh_from_db()
    assert held.state == state
    assert DocumentContent.objects.filter(document=held).count() == kept
    assert client.get(f"{page}{held.id}/").status_code == (200 if state == "clean" else 403)
    assert Document.objects.count() == 1
