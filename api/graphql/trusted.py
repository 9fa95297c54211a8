"""Documents known by their digest: those the operator trusts, and those that clients sent before.

A folder of .graphql files makes the first kind; with `only`, nothing else is run. The second kind
is what Apollo calls automatic persisted queries: kept as long as there is room.
"""

from collections import OrderedDict
from pathlib import Path

from api.errors import UsageProblemError
from api.graphql.problems import BadRequestError, UnknownDocumentError, UntrustedDocumentError
from api.graphql.request import Asked, digest_of

_MOST_KEPT = 1000
_MOST_CHARACTERS = 5_000_000


class Documents:
    """The documents that are known by their digest."""

    def __init__(self, folder: Path | None = None, *, only: bool = False) -> None:
        """Read the trusted documents of a folder, if there is one.

        Raises:
            UsageProblemError: there is no such folder.
            OSError: a file cannot be read.
        """
        if folder is not None and not folder.is_dir():
            message = f"{folder}: no folder of trusted documents"
            raise UsageProblemError(message)
        files = sorted(folder.glob("**/*.graphql")) if folder else []
        texts = [file.read_text(encoding="utf-8") for file in files]
        self._trusted = {digest_of(text): text for text in texts}
        self._only = only
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._characters = 0

    def text_of(self, asked: Asked) -> str:
        """Return the document that is meant, and keep one that comes with its digest.

        Raises:
            BadRequestError: text and digest do not fit.
            UnknownDocumentError: there is only a digest, and none of ours.
            UntrustedDocumentError: only trusted documents are run, and it is none.
        """
        if not asked.query:
            return self._known(asked.digest)
        if self._only and digest_of(asked.query) not in self._trusted:
            message = "only documents that this server was given are run here"
            raise UntrustedDocumentError(message)
        if asked.digest:
            if digest_of(asked.query) != asked.digest:
                message = "the digest given is not that of the document given"
                raise BadRequestError(message)
            self._keep(asked.digest, asked.query)
        return asked.query

    def _known(self, digest: str) -> str:
        text = self._trusted.get(digest) or self._kept.get(digest)
        if text is None:
            # Apollo's client looks for this very message before it sends the text.
            message = "PersistedQueryNotFound"
            raise UnknownDocumentError(message)
        return text

    def _keep(self, digest: str, text: str) -> None:
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return
        self._kept[digest] = text
        self._characters += len(text)
        while len(self._kept) > _MOST_KEPT or self._characters > _MOST_CHARACTERS:
            _, gone = self._kept.popitem(last=False)
            self._characters -= len(gone)
