"""Uploaded files stay in memory: no copy of a young person's document is left in a temporary folder."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST_BYTES = 25 * 1024 * 1024
TOO_MUCH = "The file is larger than 25 MB. Send it in parts, or as a smaller copy"


class InMemory(FileUploadHandler):
    """Keeps at most 25 MB of one request. What is longer is read to its end and thrown away: the form says so."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.left -= len(raw_data)
        if self.left < 0:
            self.request.upload_was_too_big = True  # type: ignore[union-attr]
            raise SkipFile()
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def was_too_big(request: Any) -> bool:
    """Whether this request brought more than is kept. Asked once its files were read."""
    return getattr(request, "upload_was_too_big", False)
