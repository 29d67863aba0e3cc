"""The journal against SQLite alone, on the same disk in the same run.

A million operations are a figure, not a bar: ``PITSO_BENCH_MILLION=1 ./pitso bench journal``.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlcipher3 import dbapi2

from pitso.services import assessments, demonstration, people, receiving, sending, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit, Put

SAVES, FIRST_SAVES = 300, 60
ROUND = 1_500
"""Bare commits after which a write-ahead log of a thousand pages begins anew."""
TURNS = 3
"""Each figure is the best of so many turns: other programs on the same machine only ever add to it."""
PHRASE = "basalt river window seven"
Rows = list[tuple[str, str, str]]


def rows() -> Rows:
    numbers = [1_000, 100_000, *([1_000_000] if os.environ.get("PITSO_BENCH_MILLION") else [])]
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Path(folder)
        found = [*saving(place, None), *saving(place, PHRASE)]
        for number in numbers:
            found += exchanging(place, number, None)
            found += exchanging(place, number, PHRASE)
        found += memory(place, numbers[-1])
        return [*found, *finding(place)]


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


def how(passphrase: str | None) -> str:
    return "encrypted" if passphrase else "plain"


def saving(place: Path, passphrase: str | None) -> Rows:
    """One rating through the service, against a bare commit of one row; turn by turn, so that the disk is the same."""
    from pitso.services import protection

    ws = demonstration.make(place / f"saving-{how(passphrase)}.pitso")
    if passphrase:
        protection.set_passphrase(ws, passphrase)
    assessment, rater, codes = ready_to_rate(ws)

    def rate(number: int) -> None:
        code, level = codes[number % len(codes)], number // len(codes) % 5
        assessments.rate(ws, assessment, rater=rater, code=code, rating=level)

    found = against_bare(f"saving one rating, {how(passphrase)}", ws, rate, place / f"bare-{how(passphrase)}.db")
    ws.close()
    return found


def against_bare(what: str, ws: Workspace, save: Callable[[int], object], path: Path) -> Rows:
    """Saving, against a bare commit of one row with the same journal and as durable.

    Twice: while both write-ahead logs still grow, as after opening a file, and when both have been round once and are
    written over, which a disk does in half the time.
    """
    connection = bare(path)
    ws.journal.file.fold()

    def insert(number: int) -> None:
        connection.execute("INSERT INTO fact VALUES (?, 'a', 'b', 'c', 'd')", (number,))

    def turns(state: str, start: int, number: int) -> tuple[str, str, str]:
        ours, theirs = [], []
        for each in range(start, start + number):
            ours.append(milliseconds(partial(save, each)))
            theirs.append(milliseconds(partial(insert, each)))
        ratio = statistics.median(ours) / statistics.median(theirs)
        told = f"{ratio:.2f} x ({statistics.median(ours):.2f} ms against {statistics.median(theirs):.2f} ms)"
        return f"{what}, {state}, against a bare one-row commit", told, "1.5 x"

    fresh = turns("file just opened", 0, FIRST_SAVES)
    for number in range(FIRST_SAVES, ROUND):
        insert(number)
        if number % 10 == 0:
            save(number)
    return [fresh, turns("later", ROUND, SAVES)]


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
            Put(f"agreed/bench/{start + n:07d}", "agreed", {"rating": n % 5, "evidence": "ABCD"[n % 4]})
            for n in range(min(5_000, number - start))
        ]
        ws.record(edits, said="", author="person/1")
    return ws


def exchanging(place: Path, number: int, passphrase: str | None) -> Rows:
    turns = TURNS if number <= 100_000 else 1
    inserted, sent, first, second = [], [], [], []
    bundle = place / f"{number}.pitso-bundle"
    sender = filled(place / f"sender-{number}-{how(passphrase)}.pitso", number)
    for turn in range(turns):
        name = f"{number}-{how(passphrase)}-{turn}"
        inserted.append(milliseconds(partial(insert_bare, place / f"bare-{name}.db", number)))
        sent.append(milliseconds(partial(sending.send, sender, bundle)))
        office = workspace.create(place / f"office-{name}.pitso", name="Office", office=True, passphrase=passphrase)
        first.append(milliseconds(partial(receiving.receive, office, bundle, trusting=True)))
        second.append(milliseconds(partial(receiving.receive, office, bundle, trusting=True)))
        office.close()
    sender.close()
    base, told = min(inserted), f"{number:,} operations"
    bar = "8 x at 100,000" if passphrase is None else "10 x at 100,000"
    found = [
        (
            f"receiving {told}, {how(passphrase)}, against a bare executemany",
            f"{min(first) / base:.1f} x ({min(first):.0f} ms against {base:.0f} ms)",
            bar,
        ),
        (
            f"receiving {told}, {how(passphrase)}, a second time, against the first",
            f"{min(second) / min(first):.2f} x",
            "0.15 x",
        ),
    ]
    if passphrase is None:
        found += [
            (f"sending {told}, against a bare executemany", f"{min(sent) / base:.1f} x", "2 x at 100,000"),
            (f"bytes for each of {told}, values inline", f"{bundle.stat().st_size / number:.1f}", "30"),
        ]
    return found


def insert_bare(path: Path, number: int) -> None:
    connection = bare(path)
    facts = [(n, f"agreed/bench/{n:07d}", "agreed", '{"rating":2,"evidence":"A"}', "person/1") for n in range(number)]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", facts)
    connection.execute("COMMIT")


MEMORY = """
import resource, sys
from pathlib import Path
from pitso.services import receiving, workspace

office = workspace.create(Path(sys.argv[1]), name="Office", office=True)
receiving.receive(office, Path(sys.argv[2]), trusting=True)
status = Path("/proc/self/status")
if status.exists():  # where it does not count what the parent held before this program began
    print(int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def memory(place: Path, number: int) -> Rows:
    """The most that a process of its own held while it received."""
    if os.name == "nt":
        return []
    words = [sys.executable, "-c", MEMORY, str(place / "memory.pitso"), str(place / f"{number}.pitso-bundle")]
    done = subprocess.run(
        words, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    return [(f"memory of a process that receives {number:,} operations", f"{done.stdout.strip()} MB", "250 MB")]


def finding(place: Path) -> Rows:
    ws = workspace.create(place / "people.pitso", name="People")
    names = [f"Lineo {n % 71}Thaba-Letša{n} 'Mpho" for n in range(5_000)]
    edits: list[Edit] = [Put(f"person/{n:05d}", "name", name) for n, name in enumerate(names)]
    ws.record(edits, said="", author="person/1")
    typed = ("l", "li", "lineo", "letsa 4", "mpho 12") * 4
    times = [milliseconds(partial(people.persons, ws, words)) for words in typed]
    ws.close()
    return [("finding a person among 5,000 while typing, slowest", f"{max(times):.1f} ms", "30 ms")]
