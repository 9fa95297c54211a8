"""What an address says is read as it was written."""

from urllib.parse import unquote_to_bytes

from hypothesis import example, given
from hypothesis import strategies as st

from api.problems import ProblemError
from api.sparql.request import parse_get

# Escapes, halves of escapes, and what an escape may become a part of.
_PIECES = st.sampled_from(["%", "2", "0", "A", "a", "F", "+", "%20", "%25", "%2b", "%C4%91", "%3a"])


@given(st.lists(_PIECES).map("".join))
@example("%2520")
@example("%%20")
@example("%2%30")
@example("%25%32%30")
def test_percent_encoding_is_undone_once(written: str) -> None:
    encoded = written.encode()
    meant = unquote_to_bytes(encoded.replace(b"+", b" "))
    try:
        text = meant.decode()
    except UnicodeDecodeError:
        text = None
    try:
        request = parse_get(b"query=" + encoded, {})
    except ProblemError:
        assert text is None
    else:
        assert request is not None
        assert request.text == text
