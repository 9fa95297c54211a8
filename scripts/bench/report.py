"""The table of a run: what was aimed at, what was measured and how it spreads."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One measure."""

    target: str
    aim: str
    measured: str
    verdict: str


@dataclass(slots=True)
class Report:
    """The lines of a run, printed as they come."""

    lines: list[Line] = field(default_factory=list)

    def add(self, target: str, aim: str, measured: str, is_met: bool | None = None) -> None:
        """Print a line; without a verdict it is for information."""
        verdict = "" if is_met is None else "met" if is_met else "MISSED"
        self.lines.append(Line(target, aim, measured, verdict))
        print(f"{target:34} {aim:20} {measured:58} {verdict}", flush=True)

    def at_least(self, target: str, values: Sequence[float], least: float, unit: str = "x") -> None:
        """Print a measure that should be large; its median counts."""
        self._bounded(target, values, f">= {least:g} {unit}", lambda middle: middle >= least, unit)

    def at_most(self, target: str, values: Sequence[float], most: float, unit: str = "x") -> None:
        """Print a measure that should be small; its median counts."""
        self._bounded(target, values, f"<= {most:g} {unit}", lambda middle: middle <= most, unit)

    def _bounded(
        self,
        target: str,
        values: Sequence[float],
        aim: str,
        is_met: Callable[[float], bool],
        unit: str,
    ) -> None:
        middle = statistics.median(values)
        self.add(target, aim, f"{spread(values)} {unit}", is_met(middle))

    def missed(self) -> int:
        """Return how many measures missed their target."""
        return sum(line.verdict == "MISSED" for line in self.lines)


def spread(values: Sequence[float]) -> str:
    """Return the median of values with the least and the largest."""
    middle = statistics.median(values)
    if len(values) == 1:
        return _short(middle)
    return f"{_short(middle)} ({_short(min(values))}-{_short(max(values))})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004
