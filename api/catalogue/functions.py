"""What our SPARQL knows beyond the standard, as the editor offers and explains it.

A test compares the names with those that the engine knows.
"""

from typing import Any

from graph.engine.vocabulary import FUNCTIONS, PREFIX

# Name, Vietnamese, English, how it is written, for each function.
_FUNCTIONS = (
    ("fold", "bỏ dấu, chữ thường", "lower case, no diacritics", '(?text) → "tinh uy"'),
    ("contains", "chứa, không kể dấu", "contains, accents aside", '(?text, "chuyen doi so")'),
    ("numberKey", "khóa của số hiệu", "key of a number", '("03-NQ/CP") → "3-nq-cp"'),
    ("matchesNumber", "cùng số hiệu", "is that number", '(?number, "57 NQ TW")'),
)
_EXAMPLE = (
    f'SERVICE {PREFIX}:search {{ ?hit {PREFIX}:query "chuyển đổi số" ; {PREFIX}:score ?score }}'
)
# Name, Vietnamese, English, for each word of a full-text search.
_SEARCH = (
    ("search", "tìm toàn văn", "full-text search"),
    ("query", "từ cần tìm", "words to look for"),
    ("kind", "chỉ loại này", "only things of this class"),
    ("property", "thuộc tính chứa từ", "property that has the words"),
    ("graph", "đồ thị chứa từ", "graph that has the words"),
    ("asTyped", "đúng dấu như đã gõ", "with the diacritics typed"),
    ("limit", "nhiều nhất", "at most so many"),
    ("offset", "bỏ qua", "leave out the first"),
    ("score", "điểm khớp", "how well it fits"),
    ("rank", "thứ hạng", "place in the order"),
    ("text", "đoạn tìm được", "text found"),
    ("total", "tổng số", "how many there are"),
)


def function_terms() -> list[dict[str, Any]]:
    """Return the functions and the words of a search as the editor's terms."""
    functions = [
        _term(name, "function", vi, en, f"{PREFIX}:{name}{form}")
        for name, vi, en, form in _FUNCTIONS
    ]
    return functions + [_term(name, "property", vi, en, _EXAMPLE) for name, vi, en in _SEARCH]


def _term(name: str, kind: str, vi: str, en: str, form: str) -> dict[str, Any]:
    return {
        "iri": FUNCTIONS + name,
        "name": f"{PREFIX}:{name}",
        "kind": kind,
        "vi": vi,
        "en": en,
        "about": {"vi": form, "en": form},
    }
