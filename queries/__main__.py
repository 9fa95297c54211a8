"""Write the page of all questions: python -m queries > docs/queries.md."""

import sys

from queries.catalogue import page

sys.stdout.write(page())
