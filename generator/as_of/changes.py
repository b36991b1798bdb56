"""What differs between two days: matters whose answer is another, and what came and went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.as_of.answers import Answer, answer
from generator.as_of.matters import Entry, Matter
from generator.dates import Edtf
from generator.values import Value


class Difference(Value):
    """What tells two answers apart, each thing with the record that says it on the day it belongs to."""

    come: tuple[Entry, ...] = ()
    """What holds in the second and was not said in the first."""
    gone: tuple[Entry, ...] = ()
    settled: tuple[Entry, ...] = ()
    """What was only perhaps so and now is certain."""
    doubted: tuple[Entry, ...] = ()
    """What was certain and now is only perhaps so still."""

    def __bool__(self) -> bool:
        return bool(self.come or self.gone or self.settled or self.doubted)


class Change(Value):
    """A matter that stood otherwise on the second day."""

    matter: Matter
    before: Answer
    after: Answer
    told: Difference


def changes(matters: Iterable[Matter], first: Edtf, second: Edtf,
            ask: Callable[[Matter, Edtf], Answer] = answer) -> Iterator[Change]:
    """The differences between two days. A record that says again what held before is none."""
    for matter in matters:
        before, after = ask(matter, first), ask(matter, second)
        told = difference(matter, before, after)
        if told:
            yield Change(matter, before, after, told)


def difference(matter: Matter, before: Answer, after: Answer) -> Difference:
    """What differs between two answers of one matter. What has no date says nothing of when it came, and
    who is only listed on one day may have stayed."""
    if before == after:
        return Difference()
    had, has = ({entry.says: (entry, sure) for entry, sure in answer.told
                 if entry.date is not None or sure} for answer in (before, after))
    return Difference(
        come=tuple(entry for key, (entry, _) in has.items() if key not in had),
        gone=tuple(entry for key, (entry, _) in had.items() if key not in has
                   and not (matter.name.attested and entry.date is not None and entry.date.is_exact_day)),
        settled=tuple(entry for key, (entry, sure) in has.items() if sure and key in had and not had[key][1]),
        doubted=tuple(entry for key, (entry, sure) in has.items() if not sure and key in had and had[key][1]))

