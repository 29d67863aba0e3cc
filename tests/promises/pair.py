"""Two replicas that write apart and meet."""

from pitso.storage.edits import Put
from pitso.storage.journal import Journal
from tests.storage.replicas import carry

Pair = tuple[Journal, Journal]


def put(journal: Journal, entity: str, field: str, value: str | int | bool | None, *, by: str = "person/1") -> None:
    journal.commit(by, [Put(entity, field, value)], said="")


def meet(pair: Pair) -> None:
    carry(pair[0], pair[1])
    carry(pair[1], pair[0])
