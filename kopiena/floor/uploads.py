"""Files come only to addresses that ask for one: elsewhere nothing is written to disk, and too much is refused."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler


class NoFiles(FileUploadHandler):
    """Skips every file; Django's own limit of a request's size does not count them."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("A form without files is never that large.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached: every file is skipped."""

    def file_complete(self, file_size: int) -> None:
        """Never reached: every file is skipped."""


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a view whose form has a file in it; for whoever is signed in."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class TooLarge(UploadedFile):
    """Stands for a file of which nothing was kept: only its name and how large it is."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(BytesIO(), name, size=size)


class FilesWhereAsked(TemporaryFileUploadHandler):
    """Writes a file to a passing place, up to the limit; of a larger one nothing stays, and the rest of the form does.

    Chosen before the view is called, since the CSRF check reads the form first.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self._is_asked = _may_bring_files(self.request)
        limit = settings.UPLOAD_READ_BYTES if self._is_asked else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length > limit:
            raise RequestDataTooBig("The form is larger than any of this address can be.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self._is_asked:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self._is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it, unless there is too much by now."""
        if self._is_too_large:
            return
        if start + len(raw_data) > settings.PICTURE_MAX_BYTES:
            self._is_too_large = True
            self.file.close()
            return
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return TooLarge(self.file_name or "", file_size) if self._is_too_large else super().file_complete(file_size)


def _may_bring_files(request: Any) -> bool:
    """The office's own pages, for its people; a desk's pages that ask for a picture, for whoever is signed in."""
    match = getattr(request, "resolver_match", None)
    user = getattr(request, "user", None)
    if match is None or user is None or not user.is_authenticated:
        return False
    return bool(user.is_staff) if match.namespace == "admin" else getattr(match.func, "takes_files", False)
