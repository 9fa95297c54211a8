"""How the command line speaks: tables and progress to people, one line for an error."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Print an error or a warning as one line on standard error."""
    err.print(f"cancu: {message}", markup=False)


def print_table(
    title: str | None, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0
) -> None:
    """Print rows as a table; the last `numbers` columns are set flush right.

    A table with a title and no rows is one line that says so.
    """
    rows = list(rows)
    if title and not rows:
        out.print(f"{title}: none\n", markup=False)
        return
    table = Table(title=title, title_justify="left", show_lines=False)
    for index, column in enumerate(columns):
        right = index >= len(columns) - numbers
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    Console(highlight=False, markup=False, width=_width()).print(table)


def progress() -> Progress:
    """Return a progress bar that shows only on a terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def _plain(cell: str) -> str:
    return cell.replace("\n", " ")


def _width() -> int | None:
    """Give a table that goes into a pipe or file room enough not to fold."""
    return None if sys.stdout.isatty() else 200
