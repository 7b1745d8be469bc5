"""Which kinds of files may be attached, and how large they may be.

A kind is data: its media type and the endings its files have. None of them is a program, or a document with one in it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FILE_MAX: Final = 20 * 1024 * 1024
"""Bytes of the largest file; a server may be told to take less."""
FILES_MAX: Final = 20
"""Files of one record."""

MEDIA: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "application/pdf": (".pdf",),
        "application/vnd.oasis.opendocument.presentation": (".odp",),
        "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
        "application/vnd.oasis.opendocument.text": (".odt",),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
        "application/x-js-taro": (".jtd", ".jtdc"),
        "image/jpeg": (".jpg", ".jpeg"),
        "image/png": (".png",),
        "image/webp": (".webp",),
        "text/csv": (".csv",),
        "text/plain": (".txt",),
    }
)
"""{media type: endings of its files, lower case, the usual one first}."""


def media_of(name: str) -> str | None:
    """The media type of a file by the ending of its name; None for a kind that may not be attached."""
    lower = name.lower()
    return next((media for media, endings in MEDIA.items() if lower.endswith(endings)), None)
