"""Printing through CUPS: the paper itself goes to ``lp``, and what the printer makes of it is told in plain words."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import viewing
from pitso.services.papers import Paper
from pitso.words import _

ANSWER = 20.0
"""Seconds that a print command may take before it counts as silent."""
WATCHED = 6.0
STEP = 0.4
"""How long a job is watched after it was taken, and how often, in seconds."""
MOST_COPIES = 99


@dataclass(frozen=True)
class Printer:
    """A printer that this computer knows."""

    name: str
    usual: bool = False


@dataclass(frozen=True)
class Job:
    """How papers are to be printed."""

    printer: str = ""
    """Its name; empty for the usual one."""
    copies: int = 1
    pages: str = ""
    """Such as ``3-5,7``; empty for all."""


def can_print() -> bool:
    """Is there a print command on this computer?"""
    return shutil.which("lp") is not None


def pages_of(typed: str, last: int) -> str:
    """The pages that a person means (``3-5, 7``, ``4-``), as CUPS writes them; empty for all.

    Trouble for what is no page of a paper of *last* pages.
    """
    parts = []
    for part in filter(None, (piece.strip() for piece in typed.replace("–", "-").split(","))):
        found = re.fullmatch(r"(\d+)\s*(-\s*(\d*))?", part)
        first = int(found[1]) if found else 0
        until = int(found[3]) if found and found[3] else last if found and found[2] else first
        if not 1 <= first <= until <= last:
            raise Trouble(
                _("“{pages}” are no pages of this paper.").format(pages=part),
                _("It has the pages 1 to {last}. Write for example 2-4, or leave the field empty for all.").format(
                    last=last
                ),
            )
        parts.append(str(first) if first == until else f"{first}-{until}")
    return ",".join(parts)


def printers() -> tuple[Printer, ...]:
    """The printers that this computer knows, the usual one first; Trouble where there is none."""
    names = _asked("lpstat", "-e").split()
    told = _asked("lpstat", "-d").rpartition(":")
    usual = told[2].strip() if told[1] else ""
    found = sorted((Printer(name, name == usual) for name in names), key=lambda each: (not each.usual, each.name))
    if not found:
        raise Trouble(
            _("No printer is set up on this computer."),
            _("Connect one and set it up, or save the paper and print it from another computer."),
        )
    return tuple(found)


def send(papers: Sequence[Paper], job: Job, *, watched: float = WATCHED) -> str:
    """Send papers to the printer as one job; tells how it went.

    Trouble where no printer takes them, or the printer stopped: nothing is lost, and the rest can be printed.
    """
    known = {printer.name: printer for printer in printers()}
    printer = job.printer or next(iter(known))
    if printer not in known:
        raise Trouble(
            _("The printer “{printer}” is not there any more.").format(printer=printer), _("Choose another one.")
        )
    with viewing.meanwhile() as folder:
        number = _given(list(_written(papers, folder)), job, printer, papers[0].title)
    return _watch(printer, number, watched)


def _written(papers: Sequence[Paper], folder: Path) -> Iterator[Path]:
    for place, paper in enumerate(papers):
        path = folder / f"{place:04}-{paper.file_name}"
        path.write_bytes(paper.pdf)
        yield path


def _given(files: Sequence[Path], job: Job, printer: str, title: str) -> str:
    """Give the files to ``lp``, which keeps copies of its own; returns the number of the job."""
    command = ["lp", "-d", printer, "-t", title or "Pitso", "-o", "media=A4"]
    command += ["-n", str(job.copies)] if job.copies > 1 else []
    command += ["-P", job.pages] if job.pages else []
    said = _asked(*command, "--", *(str(file) for file in files))
    found = re.search(r"(\S+-\d+)", said)
    return found[1] if found else ""


def _watch(printer: str, number: str, watched: float) -> str:
    """Look after the job for a while: a printer that stops at once is told at once."""
    until = time.monotonic() + watched
    while True:
        waiting = number and any(line.split()[:1] == [number] for line in _asked("lpstat", "-o").splitlines())
        if not waiting:
            return _("Sent to the printer “{printer}”.").format(printer=printer)
        _refuse_stopped(printer)
        if time.monotonic() >= until:
            return _("The printer “{printer}” has taken it and is at work.").format(printer=printer)
        time.sleep(STEP)


def _refuse_stopped(printer: str) -> None:
    told = " ".join(_asked("lpstat", "-p", printer).split())
    if "disabled" not in told and "stopped" not in told.lower():
        return
    why = told.partition(" - ")[2] or told.rpartition("-")[2].strip()
    raise Trouble(
        _("The printer “{printer}” stopped ({why}). The paper waits there and nothing is lost.").format(
            printer=printer, why=why[:120]
        ),
        _("See to paper, ink and cable and switch the printer on again. To print only the rest, name the pages."),
    )


def _asked(*command: str) -> str:
    """What a print command answers; Trouble where there is none, it is silent or refuses."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ANSWER,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError as error:
        raise Trouble(
            _("This computer has no print command."), _("Open the paper in the viewer and print there.")
        ) from error
    except subprocess.TimeoutExpired as error:
        raise Trouble(
            _("The printer does not answer."), _("See that it is on and connected, then print again.")
        ) from error
    if done.returncode and command[0] == "lp":
        raise Trouble(
            _("The printer did not take the paper ({why}).").format(why=_why(done.stderr)),
            _("Check that a printer is set up, or open the paper in the viewer and print there."),
        )
    return done.stdout


def _why(said: str) -> str:
    return said.strip().rpartition("lp: ")[2].splitlines()[0][:120] if said.strip() else "lp"
