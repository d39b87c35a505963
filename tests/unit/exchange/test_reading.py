"""Files that are no text at all."""

import gzip
import io
import zipfile

import pytest

from trellis.core.errors import Unusable
from trellis.exchange import reading
from trellis.exchange.reading import read_source

GOOD = "police_ref,forename\nA,Siân\n"


def zipped():
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
        archive.writestr("../../x.csv", GOOD)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\r\n  \n", "is empty"),
        (GOOD.encode("utf-16"), "is UTF-16 text"),
        (GOOD.encode("utf-16-le"), "NUL characters"),
        (GOOD.encode("utf-32"), "is UTF-16 text"),
        (zipped(), "is an Excel workbook or a ZIP file"),
        (gzip.compress(GOOD.encode(), mtime=0), "is a compressed file"),
        (b"%PDF-1.7", "is a PDF"),
    ],
)
def test_what_is_not_csv_is_named(tmp_path, data, reason):
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    with pytest.raises(Unusable, match=reason):
        read_source(path)


@pytest.mark.parametrize("name", ["none.csv", ".", "a\0b"])
def test_what_cannot_be_read(tmp_path, name):
    with pytest.raises(Unusable):
        read_source(tmp_path / name)


def test_a_file_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 1024**2)
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * (1024**2 + 1))
    with pytest.raises(Unusable, match="larger than 1 MB"):
        read_source(path)
