import codecs
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Span
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
from loaders.source import SIZE_LIMIT, decode, document_from_bytes, read_document
from loaders.text.legacy import convert
from loaders.text.reading import read_plain

CORPUS = Path(__file__).parents[2] / "corpus"
DATA = Path(__file__).parents[1] / "data"
NOBODY = 65534

TEXT = "Số: 15/CP\r\nNghị định của Chính phủ\n\nĐiều 1. Bộ trưởng – “người đứng đầu”…\r"


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        # The mark stays in the text, as it does when the file is opened as UTF-8.
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        # Without a mark UTF-16 is known by the NULs in its high bytes.
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_read_document_in_unicode(tmp_path: Path, codec: str, mark: bytes, encoding: str) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(mark + TEXT.encode(codec))

    document = read_document(path)

    assert document.text == ("\ufeff" if mark else "") + TEXT
    assert document.encoding == encoding
    assert document.name == "ke-hoach.txt"
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert decode(path.read_bytes(), document.encoding) == document.text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "windows-1258"])
def test_read_document_in_a_legacy_encoding(encoding: str) -> None:
    # The four files hold one text, written by programs that are not ours.
    path = DATA / f"nghi-dinh-15-cp.{encoding}.txt"
    expected = (DATA / "nghi-dinh-15-cp.utf-8.txt").read_bytes().decode("utf-8")

    document = read_document(path)

    assert document.encoding == encoding
    assert unicodedata.normalize("NFC", document.text) == expected
    assert decode(path.read_bytes(), document.encoding) == document.text


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*-*.*")), ids=lambda path: path.name)
def test_offsets_are_those_of_the_opened_file(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        expected = stream.read()

    document = read_document(path)

    assert document.text == expected
    assert document.quote(Span(10, 30)) == expected[10:30]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.md", "text/markdown"),
        ("a.markdown", "text/markdown"),
        ("A.MD", "text/markdown"),
        ("a.txt", "text/plain"),
        ("a", "text/plain"),
        # The type is told by the name alone; Markdown marks are healed in any text.
        ("md", "text/plain"),
    ],
)
def test_media_type(name: str, media_type: str) -> None:
    assert document_from_bytes(name, b"# Ti\xc3\xaau").media_type == media_type


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        # Formats known by the signature at their start.
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "looks like a PDF"),
        (b"PK\x03\x04\x14\0\0\0[Content_Types].xml word/document.xml", "a Word document (DOCX)"),
        (b"PK\x03\x04\x14\0\0\0xl/workbook.xml", "an Excel workbook (XLSX)"),
        (b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        (b"PK\x03\x04\x14\0\0\0a.txt", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Word or Excel file"),
        (b"{\\rtf1\\ansi Nghi quyet}", "a rich text (RTF) file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"GIF89a\x01\0", "a GIF image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image"),
        # No signature, but NULs, or control codes, that no text has.
        (b"Nghi quyet\0so 57", "a NUL byte at offset 10"),
        (bytes(range(1, 32)) * 8, "full of control codes"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0b\0", "full of control codes"),
    ],
)
def test_binary_files_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BinaryFileError) as caught:
        document_from_bytes("scan.bin", data)

    assert reason in caught.value.reason
    assert "only text and Markdown are read" in caught.value.reason
    assert str(caught.value) == f"scan.bin: {caught.value.reason}"


@pytest.mark.parametrize(
    ("data", "reason", "offset"),
    [
        # A file that was cut off, or hit, in the middle of a letter.
        ("Kế hoạch".encode()[:-1] + b"\xff", "bad byte 0xFF at offset 11", 11),
        ("Nghị quyết số".encode()[:-1], "bad byte 0xE1 at offset 16", 16),
        # Latin-1, but not Vietnamese.
        ("François a préféré la crème brûlée".encode("latin-1"), "bad byte 0xE7 at offset 4", 4),
        ("Señor Muñoz vivía en la mañana".encode("latin-1"), "nor Vietnamese in", 2),
        # Half a pair at the end of UTF-16.
        (codecs.BOM_UTF16_LE + "số".encode("utf-16-le") + b"x", "not UTF-16-LE: bad byte", 6),
    ],
)
def test_bytes_in_no_known_encoding(data: bytes, reason: str, offset: int) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        document_from_bytes("a.txt", data)

    assert not isinstance(caught.value, BinaryFileError)
    assert reason in str(caught.value)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\x0c\n", "nothing but blanks"),
        # Blanks of other kinds, and characters that have no width.
        ("\ufeff\u00a0\u200b\u2003\n".encode(), "nothing but blanks"),
        (codecs.BOM_UTF16_BE + " \n".encode("utf-16-be"), "nothing but blanks"),
    ],
)
def test_empty_files(data: bytes, reason: str) -> None:
    with pytest.raises(EmptyFileError, match=reason):
        document_from_bytes("a.txt", data)


def test_missing_file(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("Kế hoạch", encoding="utf-8")

    for path in (tmp_path / "no.txt", tmp_path / "file.txt" / "no.txt", tmp_path / ("a" * 300)):
        with pytest.raises(MissingFileError, match="no such file"):
            read_document(path)


def test_folder_and_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NotAFileError, match="a folder, not a file"):
        read_document(tmp_path)
    with pytest.raises(NotAFileError, match="a pipe or device"):
        read_document(tmp_path / "pipe")


def test_other_failures_name_the_file_and_the_reason(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)

    with pytest.raises(LoaderError, match=r"loop\.txt: cannot be read: Too many levels"):
        read_document(loop)


def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "mat.txt"
    path.write_text("Mật", encoding="utf-8")
    path.chmod(0)

    with as_ordinary_user(), pytest.raises(ForbiddenFileError, match="no permission to read it"):
        read_document(path)


def test_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "lon.txt"
    path.write_bytes(b"a" * 3_000_000)

    assert len(read_document(path).text) == 3_000_000
    with pytest.raises(FileTooLargeError, match=r"too large: 2\.9 MiB, the limit is 2\.0 MiB"):
        read_document(path, limit=2 * 1024 * 1024)


def test_the_limit_is_told_by_the_size_alone(tmp_path: Path) -> None:
    # A sparse file: nothing of it is read before it is refused.
    path = tmp_path / "lon.txt"
    with path.open("wb") as stream:
        stream.truncate(SIZE_LIMIT + 1)

    with pytest.raises(FileTooLargeError):
        read_document(path)


def test_a_text_of_50_megabytes(tmp_path: Path) -> None:
    content = (CORPUS / "ninh-binh-ke-hoach-03-nq-cp.md").read_bytes()
    path = tmp_path / "lon.md"
    path.write_bytes(content * (50_000_000 // len(content) + 1))

    document = read_document(path)
    reading = convert(read_plain(document.text))

    assert reading.text == document.text
    assert len(document.text) > 30_000_000


@given(
    st.one_of(
        st.binary(), st.text().map(str.encode), st.text().map(lambda text: text.encode("utf-16-le"))
    )
)
def test_the_named_encoding_gives_back_the_text(data: bytes) -> None:
    try:
        document = document_from_bytes("a.txt", data)
    except LoaderError:
        return

    assert decode(data, document.encoding) == document.text


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Lay down the rights of the superuser, who may read everything, if the tests have them."""
    user = os.geteuid()
    os.seteuid(user or NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
