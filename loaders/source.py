"""Reading a file into a source document: its bytes are decoded and never normalised.

Encodings known: UTF-8, UTF-16 (with or without byte order mark), Windows-1258 and the two that
Vietnamese offices used before Unicode, TCVN3 (ABC) and VNI.
"""

import codecs
import errno
import hashlib
import re
import stat
import unicodedata
from collections import Counter
from pathlib import Path

from loaders.document import SourceDocument
from loaders.errors import (
    BinaryFileError,
    EmptyFileError,
    FileTooLargeError,
    ForbiddenFileError,
    LoaderError,
    MissingFileError,
    NotAFileError,
    UnreadableFileError,
)
from loaders.text.codepages import CODEPAGES
from loaders.text.legacy import decode_legacy, recognise

SIZE_LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""

_MARKDOWN = frozenset({".md", ".markdown"})

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
)
# What a ZIP archive holds tells an office document from a plain archive.
_ZIP_SIGNATURE = b"PK\x03\x04"
_ZIP_MEMBERS = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint file (PPTX)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub", "an EPUB book"),
)
_ONLY_TEXT = "only text and Markdown are read"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In UTF-16 Vietnamese three characters of four, blanks among them, have a NUL as their high byte.
_MANY_NULS, _FEW_NULS = 0.3, 0.02
_SAMPLE = 1 << 16
# Anything that is neither a blank nor a character without width.
_INK = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]")


def read_document(path: Path, limit: int = SIZE_LIMIT) -> SourceDocument:
    """Read the document at a path.

    Raises:
        MissingFileError: nothing is there.
        NotAFileError: a folder or a device is there.
        ForbiddenFileError: the file may not be read.
        EmptyFileError: it holds nothing but blanks.
        FileTooLargeError: it has more than `limit` bytes.
        BinaryFileError: it is a PDF, an image or another file that is no text.
        UnreadableFileError: its bytes are text in no encoding known here.
    """
    try:
        data = _read_bytes(path, limit)
    except OSError as error:
        raise _explain(path, error) from error
    return _document(path, data)


def document_from_bytes(name: str, data: bytes) -> SourceDocument:
    """Make a document of bytes that are at hand, as `read_document` does of a file."""
    return _document(Path(name), data)


def decode(data: bytes, encoding: str) -> str:
    """Turn the bytes of a document into its text, by the encoding that the document names.

    `decode(data, document.encoding) == document.text` always holds; a byte order mark stays in
    the text as U+FEFF, so that offsets are those of `open(path, encoding="utf-8", newline="")`.

    Raises:
        UnicodeDecodeError: the bytes are not in that encoding.
        LookupError: there is no such encoding.
    """
    return decode_legacy(data, encoding) if encoding in CODEPAGES else data.decode(encoding)


def _read_bytes(path: Path, limit: int) -> bytes:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        reason = "a folder, not a file"
        raise NotAFileError(path, reason)
    if not stat.S_ISREG(status.st_mode):
        reason = "a pipe or device, not a file"
        raise NotAFileError(path, reason)
    if status.st_size > limit:
        size, most = (f"{amount / 1024 / 1024:.1f} MiB" for amount in (status.st_size, limit))
        reason = f"too large: {size}, the limit is {most}"
        raise FileTooLargeError(path, reason)
    return path.read_bytes()


def _explain(path: Path, error: OSError) -> LoaderError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingFileError(path, "no such file")
    if isinstance(error, PermissionError):
        return ForbiddenFileError(path, "no permission to read it")
    if error.errno == errno.ENAMETOOLONG:
        return MissingFileError(path, "no such file: the name is too long")
    return LoaderError(path, f"cannot be read: {error.strerror}")


def _document(path: Path, data: bytes) -> SourceDocument:
    encoding = _encoding(path, data)
    try:
        text = decode(data, encoding)
    except UnicodeDecodeError as error:
        reason = f"not {encoding.upper()}: bad byte at offset {error.start}"
        raise UnreadableFileError(path, reason, error.start) from error
    _refuse_binary(path, text)
    if not _INK.search(text):
        reason = "the file is empty" if not data else "the file holds nothing but blanks"
        raise EmptyFileError(path, reason)
    return SourceDocument(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        encoding=encoding,
        media_type="text/markdown" if path.suffix.lower() in _MARKDOWN else "text/plain",
    )


def _encoding(path: Path, data: bytes) -> str:
    """Tell the encoding of bytes by their mark, their NULs, and what they decode to."""
    kind = _kind(data)
    if kind:
        reason = f"looks like {kind}; {_ONLY_TEXT}"
        raise BinaryFileError(path, reason)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = marked or _utf16_by_nuls(data)
    if encoding:
        return encoding
    if b"\0" in data:
        reason = f"binary: a NUL byte at offset {data.index(0)}; {_ONLY_TEXT}"
        raise BinaryFileError(path, reason, data.index(0))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        legacy = recognise(data)
        if legacy:
            return legacy
        reason = (
            f"not UTF-8: bad byte 0x{data[error.start]:02X} at offset {error.start},"
            " nor Vietnamese in Windows-1258, TCVN3 or VNI"
        )
        raise UnreadableFileError(path, reason, error.start) from error
    return "utf-8"


def _kind(data: bytes) -> str | None:
    """Name the format of a file that is no text, by the signature that it begins with."""
    if data.startswith(_ZIP_SIGNATURE):
        members = (kind for member, kind in _ZIP_MEMBERS if member in data)
        return next(members, "a ZIP archive")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "a WebP image"
    return next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), None)


def _utf16_by_nuls(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in one of the two places of its pairs NULs abound."""
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > _MANY_NULS * pairs and even < _FEW_NULS * pairs:
        return "utf-16-le"
    if even > _MANY_NULS * pairs and odd < _FEW_NULS * pairs:
        return "utf-16-be"
    return None


def _refuse_binary(path: Path, text: str) -> None:
    """Refuse a text of which too much is control codes and code points that are no characters."""
    counts = Counter(text[:_SAMPLE])
    strange = sum(
        count
        for char, count in counts.items()
        if unicodedata.category(char) in {"Cc", "Cn"} and not char.isspace()
    )
    if "\0" in text or strange > _FEW_NULS * min(len(text), _SAMPLE):
        reason = f"binary: full of control codes; {_ONLY_TEXT}"
        raise BinaryFileError(path, reason)
