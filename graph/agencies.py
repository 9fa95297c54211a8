"""Which agencies are described, and as what: those that documents name, and those they lead to.

An agency that documents name stands as its names say. One that is only led to (it carries on for
another, or another belongs to it) stands as those that lead to it say. So when documents change,
what must be looked at again are the agencies whose names changed, and from there on every agency
that one of them led or leads to.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from graph.agency_quads import Named, leads_to, most_common
from graph.register import terms_by_iri
from graph.succession import Standing, is_class, standing_of


class Agencies:
    """The agencies that a change of names touches, each as it stands after it.

    Attributes:
        standings: by IRI; None for one that nothing names or leads to any more.
    """

    def __init__(
        self,
        named: Callable[[str], Named | None],
        led_to: Callable[[str], Iterable[str]] = lambda _: (),
        led_from: Callable[[str], Iterable[str]] = lambda _: (),
    ) -> None:
        """Take what is known.

        Args:
            named: how documents name an agency.
            led_to: the agencies that one led to before the change.
            led_from: the agencies that led to one before the change.
        """
        self.standings: dict[str, Standing | None] = {}
        self._named, self._led_to, self._led_from = named, led_to, led_from
        self._leading: dict[str, set[str]] = {}
        self._aside: dict[str, Standing | None] = {}

    def follow(self, changed: Iterable[str]) -> Mapping[str, Standing | None]:
        """Find out how all agencies stand that a change of some touches."""
        waiting = deque(sorted(changed))
        while waiting:
            iri = waiting.popleft()
            is_first, before = iri not in self.standings, self.standings.get(iri)
            now = self._standing(iri)
            if not is_first and now == before:
                continue
            self.standings[iri] = now
            targets = {one.iri for each in (before, now) if each for one in leads_to(each)}
            for target in targets:
                self._leading.setdefault(target, set()).add(iri)
            waiting.extend(sorted(targets.union(self._led_to(iri) if is_first else ())))
        return self.standings

    def _standing(self, iri: str) -> Standing | None:
        """Return how an agency stands by its names, else by those that lead to it."""
        if one := self._named(iri):
            # Whether an organ of the register is a class of organs, the register knows best.
            term = terms_by_iri().get(iri)
            is_group = is_class(term, "") if term else one.is_group
            return standing_of(iri, most_common(one.names), is_group=is_group)
        sources = {*self._led_from(iri), *self._leading.get(iri, ())}
        found = [one for source in sources for one in self._ways(source) if one.iri == iri]
        # Those that lead there may write its name in different letters.
        return min(found, key=lambda one: (one.is_group, one.name), default=None)

    def _ways(self, source: str) -> tuple[Standing, ...]:
        """Return what an agency leads to, one that the change does not touch included."""
        if source in self.standings:
            one = self.standings[source]
        else:
            if source not in self._aside:
                self._aside[source] = self._standing(source)
            one = self._aside[source]
        return leads_to(one) if one else ()
