"""Why a file could not be read.

LoaderError
├── BrokenCatalogueError  a catalogue.toml that cannot be understood
├── EmptyFolderError      a folder without a document
├── MissingFileError      no file at that path
├── UnreadableFileError   the bytes are not text that we can decode
├── EmptyFileError        nothing but blanks
└── FileTooLargeError     larger than the limit
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
    """There is no readable file at the path."""


class UnreadableFileError(LoaderError):
    """The bytes of a file are not text that we can decode."""


class EmptyFileError(LoaderError):
    """The file holds nothing but blanks."""


class FileTooLargeError(LoaderError):
    """The file is larger than the limit on one document."""
