"""Workspaces of several computers, without keys: a device is its name, a signature its digest."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pitso.domain.policies import Reader
from pitso.storage import departing, joining
from pitso.storage.file import WorkspaceFile
from pitso.storage.joining import Received
from pitso.storage.journal import Journal, Segment

START = datetime(2026, 1, 22, 9, 0, tzinfo=UTC)


def ticking(start: datetime = START) -> Iterator[datetime]:
    while True:
        start += timedelta(seconds=1)
        yield start


def sign(header: bytes) -> bytes:
    return hashlib.sha256(header).digest()


def everyone(segment: Segment) -> str:
    return ""


def open_journal(file: WorkspaceFile, name: str, start: datetime = START) -> Journal:
    clock = ticking(start)
    return Journal(file, hashlib.sha256(name.encode()).digest(), lambda: next(clock))


def new_journal(folder: Path, name: str, start: datetime = START) -> Journal:
    return open_journal(WorkspaceFile.create(folder / f"{name}.pitso"), name, start)


def carry(source: Journal, target: Journal) -> Received:
    """What a bundle does, without the bundle."""
    joining.seal(source, sign)
    beyond = joining.vector(target)
    named = departing.freight(source, beyond, reader=Reader.TEAM).contents
    contents = departing.contents(source, named)
    return joining.receive(target, joining.outgoing(source, beyond), contents, judge=everyone)
