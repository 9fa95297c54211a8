"""From an error to what the caller of the command line sees: one line and an exit code.

Exit codes: 0 done, 1 done but with something to complain of (a fault found, a file refused),
2 not done: the request could not be met.
"""


class UsageProblemError(Exception):
    """A request that cannot be met as it was put; the message says why."""


DONE, COMPLAINT, REFUSED = 0, 1, 2
