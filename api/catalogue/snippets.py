"""How to ask a named question from elsewhere: lines that run as they are shown."""

import shlex
from collections.abc import Mapping
from urllib.parse import urlencode


def curl_line(address: str, values: Mapping[str, str]) -> str:
    """Return a shell command that writes the answer as CSV.

    Args:
        address: of the question on this server, without a suffix.
        values: its parameters.
    """
    given = [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in values.items()]
    words = ["curl --silent --show-error --fail --get", *given, shlex.quote(f"{address}.csv")]
    return " \\\n  ".join(words)


def pandas_lines(address: str, values: Mapping[str, str]) -> str:
    """Return a Python program that reads the answer into a data frame."""
    if not values:
        return (
            "import pandas as pd\n\n"
            f"frame = pd.read_csv({_quoted(f'{address}.csv')})\n"
            "print(frame)\n"
        )
    items = "".join(f"    {_quoted(name)}: {_quoted(value)},\n" for name, value in values.items())
    return (
        "from urllib.parse import urlencode\n\nimport pandas as pd\n\n"
        f"values = {{\n{items}}}\n"
        f"address = {_quoted(f'{address}.csv')}\n"
        'frame = pd.read_csv(f"{address}?{urlencode(values)}")\n'
        "print(frame)\n"
    )


def link(address: str, values: Mapping[str, str], **more: str) -> str:
    """Return an address with its parameters."""
    query = urlencode({**values, **more})
    return f"{address}?{query}" if query else address


def _quoted(text: str) -> str:
    """Return a Python string in double quotes, as formatters write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in escaped) + '"'
