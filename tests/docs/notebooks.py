"""The notebooks of the documentation, run as a reader would run them."""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as it is shipped."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def executed(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as it is after all its cells ran."""
    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
    )
    client.execute(env=os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"})
    return notebook


def shown(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """Return the words that each cell of code shows; pictures are told by their kind."""
    return [
        [_words(output) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def _words(output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text)
    data = output.get("data", {})
    return "a picture" if "image/png" in data else str(data.get("text/plain", output))


if __name__ == "__main__":
    for written in NOTEBOOKS:
        nbformat.write(executed(written), written)  # type: ignore[no-untyped-call]
        sys.stdout.write(f"{written}\n")
