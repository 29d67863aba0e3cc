"""The journal against SQLite alone, on the same disk in the same run."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlcipher3 import dbapi2

from pitso.services import assessments, demonstration, people, receiving, sending, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit, Put

SAVES = 300


def rows() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Path(folder)
        return [*saving(place), *exchanging(place, 1_000), *exchanging(place, 100_000), *finding(place)]


def milliseconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def bare(place: Path) -> dbapi2.Connection:
    connection = dbapi2.connect(place, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE fact (id INTEGER PRIMARY KEY, entity TEXT, field TEXT, value TEXT, author TEXT)")
    return connection


def saving(place: Path) -> list[tuple[str, str, str]]:
    """One rating through the service, against a bare commit of one row; turn by turn, so that the disk is the same."""
    ws = demonstration.make(place / "saving.pitso")
    ours, theirs = [], []
    assessment, rater, codes = ready_to_rate(ws)
    connection = bare(place / "bare.db")
    for number in range(SAVES):
        code, level = codes[number % len(codes)], number // len(codes) % 5
        rate = partial(assessments.rate, ws, assessment, rater=rater, code=code, rating=level)
        ours.append(milliseconds(rate))
        insert = partial(connection.execute, "INSERT INTO fact VALUES (?, 'a', 'b', 'c', 'd')", (number,))
        theirs.append(milliseconds(insert))
    ws.close()
    ratio = statistics.median(ours) / statistics.median(theirs)
    told = f"{ratio:.2f} x ({statistics.median(ours):.2f} ms against {statistics.median(theirs):.2f} ms)"
    return [("saving one rating, against a bare one-row commit", told, "1.5 x")]


def ready_to_rate(ws: Workspace) -> tuple[str, str, list[str]]:
    from datetime import date

    from pitso.domain.readiness.instrument import Stage
    from pitso.services import teams

    (engagement,) = ws.journal.records("engagement/")
    uid = assessments.begin(ws, engagement, title="B", stage=Stage.FOUNDING, held_on=date(2026, 9, 30)).record
    member = next(m for m in teams.members(ws, engagement) if m.person == ws.author)
    return uid, member.id, list(assessments.load(ws, uid).instrument.by_code)


def filled(path: Path, number: int) -> Workspace:
    ws = workspace.create(path, name="Sender")
    for start in range(0, number, 5_000):
        edits: list[Edit] = [
            Put(f"agreed/bench/{start + n:06d}", "agreed", {"rating": n % 5, "evidence": "ABCD"[n % 4]})
            for n in range(min(5_000, number - start))
        ]
        ws.record(edits, said="", author="person/1")
    return ws


def exchanging(place: Path, number: int) -> list[tuple[str, str, str]]:
    sender = filled(place / f"sender-{number}.pitso", number)
    facts = [(n, f"agreed/bench/{n:06d}", "agreed", '{"rating":2,"evidence":"A"}', "person/1") for n in range(number)]
    connection = bare(place / f"bare-{number}.db")

    def insert() -> None:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", facts)
        connection.execute("COMMIT")

    base = milliseconds(insert)
    bundle = place / f"b-{number}.pitso-bundle"
    sent = milliseconds(lambda: sending.send(sender, bundle))
    office = workspace.create(place / f"office-{number}.pitso", name="Office", office=True)
    first = milliseconds(lambda: receiving.receive(office, bundle, trusting=True))
    second = milliseconds(lambda: receiving.receive(office, bundle, trusting=True))
    size = bundle.stat().st_size / number
    sender.close()
    office.close()
    told = f"{number:,} operations"
    return [
        (f"sending {told}, against a bare executemany", f"{sent / base:.1f} x ({sent:.0f} ms)", "2 x at 100,000"),
        (f"receiving {told}, against a bare executemany", f"{first / base:.1f} x ({first:.0f} ms)", "8 x at 100,000"),
        (f"receiving {told} a second time, against the first", f"{second / first:.2f} x", "0.15 x"),
        (f"bytes for each of {told}, values inline", f"{size:.1f}", "30"),
    ]


def finding(place: Path) -> list[tuple[str, str, str]]:
    ws = workspace.create(place / "people.pitso", name="People")
    names = [f"Lineo {n % 71}Thaba-Letša{n} 'Mpho" for n in range(5_000)]
    edits: list[Edit] = [Put(f"person/{n:05d}", "name", name) for n, name in enumerate(names)]
    ws.record(edits, said="", author="person/1")
    typed = ("l", "li", "lineo", "letsa 4", "mpho 12") * 4
    times = [milliseconds(partial(people.persons, ws, words)) for words in typed]
    ws.close()
    return [("finding a person among 5,000 while typing, slowest", f"{max(times):.1f} ms", "30 ms")]
