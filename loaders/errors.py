"""Why a file could not be read.

LoaderError
├── BrokenCatalogueError  a catalogue.toml that cannot be understood
├── EmptyFolderError      a folder without a document
├── MissingFileError      no file at that path
├── NotAFileError         a folder or a device at that path
├── ForbiddenFileError    no permission to read it
├── EmptyFileError        nothing but blanks
├── FileTooLargeError     larger than the limit
├── NoPolicyDocumentError text in which nothing of a policy document was found
└── UnreadableFileError   the bytes are not text that we can decode
    └── BinaryFileError   they are no text at all: a PDF, an image, a Word file
"""

from pathlib import Path


class LoaderError(Exception):
    """A file that cannot be loaded; the message names the file and the reason."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class BrokenCatalogueError(LoaderError):
    """A catalogue is no TOML, or an entry of it lacks a field."""


class EmptyFolderError(LoaderError):
    """A folder holds no document of a kind that can be read."""


class MissingFileError(LoaderError):
    """There is no file at the path."""


class NotAFileError(LoaderError):
    """A folder, a pipe or a device stands at the path where a file was expected."""


class ForbiddenFileError(LoaderError):
    """The file may not be read by the user who runs the program."""


class EmptyFileError(LoaderError):
    """The file holds nothing but blanks."""


class FileTooLargeError(LoaderError):
    """The file is larger than the limit on one document."""


class NoPolicyDocumentError(LoaderError):
    """A text without document type, number, sections or citations."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "no policy document: no type, number, section or citation found")


class UnreadableFileError(LoaderError):
    """The bytes of a file are not text that we can decode.

    `offset` is the place of the first bad byte, None if no single byte is to blame.
    """

    def __init__(self, path: Path, reason: str, offset: int | None = None) -> None:
        super().__init__(path, reason)
        self.offset = offset


class BinaryFileError(UnreadableFileError):
    """The file is of a kind that holds no plain text."""
