"""Printing through the commands of CUPS, for which small scripts stand: they keep what they were given."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import printing
from pitso.services.papers import Paper
from pitso.services.printing import Job, Printer

LP = """#!/bin/sh
echo "$@" >> {folder}/asked
for last; do cp "$last" {folder}/ 2>/dev/null; done
{end}
"""
LPSTAT = """#!/bin/sh
case "$1" in
-e) {known} ;;
-d) echo "system default destination: Second" ;;
-p) {state} ;;
-o) {queue} ;;
esac
"""
PAPERS = (Paper("a.pdf", b"%PDF-a", title="Register"), Paper("b.pdf", b"%PDF-b"))
Fake = Callable[..., Path]


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """The commands ``lp`` and ``lpstat``, which answer as they are told and keep what they were asked."""
    monkeypatch.setattr(printing, "STEP", 0.02)

    def make(
        *,
        known: str = "echo First; echo Second",
        end: str = 'echo "request id is Second-7 (1 file(s))"',
        state: str = 'echo "printer Second is idle."',
        queue: str = "true",
    ) -> Path:
        commands = {
            "lp": LP.format(folder=tmp_path, end=end),
            "lpstat": LPSTAT.format(known=known, state=state, queue=queue),
        }
        for name, script in commands.items():
            (tmp_path / name).write_text(script)
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path

    return make


def asked(folder: Path) -> str:
    return (folder / "asked").read_text() if (folder / "asked").exists() else ""


def test_the_usual_printer_stands_first(cups: Fake) -> None:
    cups()
    assert printing.can_print()
    assert printing.printers() == (Printer("Second", usual=True), Printer("First"))


def test_papers_go_as_one_job_with_copies_and_pages(cups: Fake) -> None:
    folder = cups()
    said = printing.send(PAPERS, Job("First", copies=3, pages="2-4,7"))
    assert said == "Sent to the printer “First”."
    line = asked(folder)
    assert line.count("\n") == 1
    assert line.startswith("-d First -t Register -o media=A4 -n 3 -P 2-4,7 -- ")
    assert line.index("a.pdf") < line.index("b.pdf")
    assert next(folder.glob("*b.pdf")).read_bytes() == b"%PDF-b"


def test_without_a_name_the_usual_printer_is_meant(cups: Fake) -> None:
    folder = cups()
    printing.send(PAPERS[:1], Job())
    assert asked(folder).startswith("-d Second ")
    assert " -n " not in asked(folder)


@pytest.mark.parametrize(
    ("answers", "job", "words"),
    [
        ({"known": "true"}, Job(), "No printer is set up"),
        ({}, Job("Third"), "“Third” is not there any more"),
        ({"end": "echo 'lp: Error - no space left' >&2; exit 1"}, Job(), r"did not take the paper \(Error"),
        ({"end": "exit 1"}, Job(), "did not take the paper"),
        (
            {
                "queue": 'echo "Second-7 me 1024 Thu"',
                "state": 'echo "printer Second disabled since Thu -"; echo "\tOut of paper"',
            },
            Job(),
            r"“Second” stopped \(Out of paper\)",
        ),
    ],
)
def test_what_goes_wrong_is_one_clear_sentence(cups: Fake, answers: dict[str, str], job: Job, words: str) -> None:
    cups(**answers)
    with pytest.raises(Trouble, match=words) as told:
        printing.send(PAPERS, job)
    assert told.value.remedy


def test_a_printer_that_is_long_at_work_is_not_waited_for(cups: Fake) -> None:
    cups(queue='echo "Second-7 me 1024 Thu"', state='echo "printer Second now printing Second-7."')
    assert "is at work" in printing.send(PAPERS, Job(), watched=0.1)


def test_a_silent_printer_is_told(cups: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    cups(known="sleep 5")
    monkeypatch.setattr(printing, "ANSWER", 0.2)
    with pytest.raises(Trouble, match="does not answer"):
        printing.printers()


def test_a_computer_without_the_command_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.can_print()
    with pytest.raises(Trouble, match="no print command"):
        printing.printers()


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("", ""), ("3", "3"), ("3-5, 7", "3-5,7"), ("4-", "4-9"), (" 2 – 3 ", "2-3"), ("9-9", "9"), (",", "")],
)
def test_pages_are_understood_as_people_write_them(typed: str, pages: str) -> None:
    assert printing.pages_of(typed, 9) == pages


@pytest.mark.parametrize("typed", ["0", "10", "5-3", "a", "3-12", "-4", "1.5"])
def test_what_are_no_pages_is_told(typed: str) -> None:
    with pytest.raises(Trouble, match="no pages of this paper") as told:
        printing.pages_of(typed, 9)
    assert "1 to 9" in told.value.remedy
