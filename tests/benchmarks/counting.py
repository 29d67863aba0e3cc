"""How long it takes to count: reading the papers from their text, counting, and the report of a room."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from pitso import words
from pitso.domain.counting import count, read_blt
from pitso.paper import text
from pitso.services import count_papers, count_words, counting

CANDIDATES, PLACES = 12, 6
ROOT = Path(__file__).parents[2]


def papers(number: int) -> str:
    """One paper a line, each drawn anew: few are alike, which is the slow case."""
    chance = random.Random(2026)
    weights = range(CANDIDATES, 0, -1)
    lines = [f"{CANDIDATES} {PLACES}"]
    for _ in range(number):
        order = sorted(range(CANDIDATES), key=lambda place: -(chance.random() ** (1 / weights[place])))
        lines.append(" ".join(("1", *(str(place + 1) for place in order[: chance.randint(1, CANDIDATES)]), "0")))
    names = [f'"Candidate {place}"' for place in range(1, CANDIDATES + 1)]
    return "\n".join([*lines, "0", *names, '"Council"', ""])


def seconds(work: Callable[[], object], times: int) -> float:
    """The best of some runs in a program that is warm: modules and fonts are loaded, nothing of the paper is kept."""
    work()
    taken = []
    for _ in range(times):
        text.lay.cache_clear()
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return min(taken)


def split(said: str) -> int:
    """What any reader has to do at least: take each line apart."""
    return sum(len(line.split()) for line in said.splitlines())


def memory(number: int, rule: str) -> int:
    """The most that a process of its own holds while it reads and counts, in megabytes."""
    program = (
        "from pathlib import Path\n"
        "from pitso.domain.counting import count, read_blt\n"
        "from tests.benchmarks.counting import papers\n"
        f"count({rule!r}, read_blt(papers({number})))\n"
        "print(int(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]) // 1024)"
    )
    paths = os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))
    run = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True
    )
    return int(run.stdout or -1)


def rows() -> list[tuple[str, str, str]]:
    """What, measured, bar."""
    found = []
    for number, bar in ((10_000, "0.2 s"), (300_000, "3 s")):
        said = papers(number)
        floor = seconds(lambda: split(said), 3)  # noqa: B023
        for rule in ("stv-scotland", "stv-ers97"):
            ours = seconds(lambda: count(rule, read_blt(said)), 3)  # noqa: B023
            told = f"{ours:.3f} s, {ours / floor:.1f} x taking the lines apart"
            found.append((f"{number:,} papers read and counted, {rule}", told, bar))
    if sys.platform == "linux":  # which tells it without what the parent held before this program began
        found.append(("300,000 papers read and counted, memory", f"{memory(300_000, 'stv-scotland')} MB", "250 MB"))
    return found + room()


def room() -> list[tuple[str, str, str]]:
    """A hall of 500 voters: the count with its stages in words, and the paper that is signed."""
    said = papers(500)
    ballots = read_blt(said)
    told = count("stv-scotland", ballots)
    lots = tuple(told.open_tie.between for _ in range(1) if told.open_tie)
    counted = counting.Counted(count("stv-scotland", ballots, lots=lots), ballots, datetime(2026, 6, 18, tzinfo=UTC))

    def told_in_words() -> str:
        found = count("stv-scotland", read_blt(said), lots=lots)
        return "\n".join(count_words.as_text(counting.Counted(found, ballots, counted.at)))

    def printed() -> bytes:
        found = count("stv-scotland", read_blt(said), lots=lots)
        return count_papers.report(counting.Counted(found, ballots, counted.at))

    stages = len(counted.count.stages)
    in_words = f"{1000 * seconds(told_in_words, 5):.1f} ms"
    found = [(f"a room of 500, read, counted and told in words ({stages} stages)", in_words, "50 ms")]
    for language in ("en", "ar"):
        with words.speaking(language):
            taken = f"{1000 * seconds(printed, 15):.1f} ms"
        found.append((f"a room of 500, read, counted, and its report as PDF (warm, {language})", taken, "50 ms"))
    return found
