"""The types of the schema under their names in GraphQL.

Nothing is written here: `types` and `inputs` put what they make into this module, because
strawberry looks up the names in annotations in the module of a class.
"""

from typing import Any

import strawberry

__all__ = ["strawberry"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what the module will hold is made when it runs
    message = f"no type is called {name!r}"
    raise AttributeError(message)
