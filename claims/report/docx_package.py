"""A DOCX file sealed: the same parts give the same bytes, whenever they are put together."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP file can name."""


def sealed(data: bytes) -> bytes:
    """The same file, in which no part says when it was written."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(held, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = ZipInfo(name, _DAY)
            part.compress_type = ZIP_DEFLATED
            made.writestr(part, given.read(name))
    return held.getvalue()
