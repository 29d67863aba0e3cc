"""The commands, as a script calls them: with an exit status and never a traceback."""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from pitso import words as words_
from pitso.cli import pitso
from tests.xforms.books import xlsform

EXPECTED = json.loads((Path(__file__).parent / "data" / "expected-scores.json").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Told:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def home(folder: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config"), "HOME": str(folder)}


def run(*words: object, folder: Path) -> Told:
    """Call a command in this process, which is loaded already; what nobody catches fails the test."""
    with pytest.MonkeyPatch.context() as patch, words_.speaking("en"):
        for name, value in home(folder).items():
            patch.setenv(name, value)
        patch.chdir(folder)
        result = CliRunner(catch_exceptions=False).invoke(pitso, [str(word) for word in words], prog_name="pitso")
    return Told(result.exit_code, result.stdout, result.stderr)


def run_alone(*words: object, folder: Path) -> Told:
    """Call a command in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-m", "pitso", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **home(folder), "PYTHONPATH": str(ROOT / "desktop")},
        check=False,
    )
    return Told(result.returncode, result.stdout, result.stderr)


def done(*words: object, folder: Path) -> str:
    result = run(*words, folder=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def place(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    shutil.copy(told, folder / "team.pitso")
    return folder


def test_the_road_to_the_office_with_a_process_for_each_command(tmp_path: Path) -> None:
    def told(*words: object) -> str:
        result = run_alone(*words, folder=tmp_path)
        assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
        return result.stdout

    assert "assessments: 3\n" in told("demo", "team.pitso")
    told("send", "team.pitso", "--open", "-o", "lesotho.pitso-bundle")
    told("new", "office.pitso", "--name", "Office", "--office")
    waiting = json.loads(told("receive", "office.pitso", "lesotho.pitso-bundle", "--json"))
    assert waiting[0]["new"] == 0
    assert waiting[0]["waiting"] > 1000
    assert "Six words" in told("receive", "office.pitso", "lesotho.pitso-bundle", "--trust")
    again = json.loads(told("receive", "office.pitso", "lesotho.pitso-bundle", "--json"))
    assert again[0]["new"] == 0
    assert told("digest", "office.pitso") == told("digest", "team.pitso")
    scored = [json.loads(told("score", name, "--json")) for name in ("team.pitso", "office.pitso")]
    assert scored[0] == scored[1] == {name: EXPECTED[name] for name in EXPECTED if name != "AS-3-amended"}
    assert "equal" in told("rebuild", "office.pitso")
    for words, status in ((("status", "gone.pitso"), 1), (("dance",), 2)):
        wrong = run_alone(*words, folder=tmp_path)
        assert (wrong.returncode, "Traceback" in wrong.stderr, wrong.stdout) == (status, False, "")
        assert wrong.stderr == run(*words, folder=tmp_path).stderr, "in one process as in another"


def test_a_passphrase_from_a_file(place: Path) -> None:
    (place / "words.txt").write_text("three rivers meet\n")
    (place / "empty.txt").write_text("")
    done("send", "team.pitso", "--passphrase-file", "words.txt", "-o", "closed.pitso-bundle", folder=place)
    done("new", "other.pitso", "--name", "Other", folder=place)
    refused = run("receive", "other.pitso", "closed.pitso-bundle", "--trust", folder=place)
    assert (refused.returncode, "passphrase" in refused.stderr) == (1, True)
    assert run("send", "team.pitso", "--passphrase-file", "empty.txt", "-o", "x", folder=place).returncode == 1
    done("receive", "other.pitso", "closed.pitso-bundle", "--passphrase-file", "words.txt", "--trust", folder=place)
    assert done("digest", "other.pitso", folder=place) == done("digest", "team.pitso", folder=place)


def test_the_table_anyone_may_check(place: Path) -> None:
    table = ROOT / "resources" / "demonstration" / "ratings.csv"
    assert json.loads(done("score", table, "--json", folder=place)) == EXPECTED
    assert "AS-1: Not ready" in done("score", table, "--assessment", "AS-1", folder=place)


def test_the_report_is_printed_in_the_language_asked_for(place: Path) -> None:
    done("paper", "team.pitso", "readiness", "--of", "AS-2", "--language", "pt", "-o", "r.pdf", folder=place)
    assert (place / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert "readiness" in done("paper", "team.pitso", "--list", folder=place)


def test_a_paper_is_issued_and_verified_by_its_code(place: Path) -> None:
    asked = ("paper", "team.pitso", "comparison", "--of", "AS-2", "-o", "c.pdf")
    first, second = done(*asked, folder=place), done(*asked, folder=place)
    code = first.partition("Check code: ")[2].partition(",")[0]
    assert "copy 1" in first
    assert f"{code}, copy 2" in second
    told = done("verify", "team.pitso", *code.split(), folder=place)
    assert "Comparison with the assessment before: AS-2" in told
    assert "Unchanged" in told
    assert json.loads(done("verify", "team.pitso", code, "--json", folder=place))["outcome"] == "unchanged"
    assert run("verify", "team.pitso", "0123456789abcdef", folder=place).returncode == 1
    assert "issued" in done("paper", "team.pitso", "--list", folder=place)
    assert "signed" in done("verify", "team.pitso", folder=place)


def test_any_form_is_printed_by_its_name(place: Path) -> None:
    done("paper", "team.pitso", "form", "--of", "nala-readiness", "--language", "fr", "-o", "f.pdf", folder=place)
    assert (place / "f.pdf").read_bytes().startswith(b"%PDF-")
    done("paper", "team.pitso", "readiness", "--of", "AS-1", "--for", "public", "-o", "p.pdf", folder=place)
    refused = run("paper", "team.pitso", "form", "--language", "sw", folder=place)
    assert refused.returncode == 1
    assert "It can be made in:" in refused.stderr


def test_forms_are_listed_checked_and_brought_in(place: Path) -> None:
    form = ROOT / "forms" / "readiness" / "readiness.xlsx"
    assert "No fault was found." in done("check", form, folder=place)
    assert "New assessments use" in done("add-form", "team.pitso", form, folder=place)
    assert "* Readiness" in done("forms", "team.pitso", folder=place)
    (place / "form.xlsx").write_bytes(b"no spreadsheet")
    faulty = run("check", "form.xlsx", "--json", folder=place)
    assert faulty.returncode == 1
    assert json.loads(faulty.stdout)[0]["fault"] is True


def test_records_are_given_away(place: Path) -> None:
    (place / "talk.xlsx").write_bytes(
        xlsform(
            survey="| type | name | label |\n| text | who | Who? |",
            settings="| form_id | form_title | version |\n| talk | Talk | 7 |",
        )
    )
    assert "“Talk 7”" in done("add-form", "team.pitso", "talk.xlsx", folder=place)
    assert "* Talk 7" in done("forms", "team.pitso", folder=place)
    done("export", "team.pitso", "--csv", "tables", "--xlsx", "tables.xlsx", folder=place)
    assert "32 records" in done("export", "team.pitso", "--submissions", "away", folder=place)
    assert "34 records" in done("export", "team.pitso", "--submissions", "away", "--drafts", folder=place)
    with (place / "tables" / "visit-team.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 10
    assert (place / "tables.xlsx").read_bytes().startswith(b"PK")


def test_status_tells_what_a_file_holds(place: Path) -> None:
    told = json.loads(done("status", "team.pitso", "--json", folder=place))
    assert [one["title"] for one in told["engagements"][0]["assessments"]] == ["AS-1", "AS-2", "AS-3"]
    assert told["engagements"][0]["phase"] == 10
    assert {one["code"] for one in told["engagements"][0]["warnings"]} == {"W04", "W05", "W10", "W19", "W23"}
    assert "Lesotho" in done("status", "team.pitso", folder=place)


def test_phases_are_told_now_and_as_of_a_former_day_and_the_move_is_stopped(place: Path) -> None:
    told = json.loads(done("phases", "team.pitso", "--json", folder=place))
    assert [one["number"] for one in told["phases"] if one["here"]] == [10]
    assert len(told["stops"]) == 3
    then = json.loads(done("phases", "team.pitso", "--json", "--as-of", "2026-04-24", folder=place))
    assert [one["number"] for one in then["phases"] if one["here"]] == [3]
    stopped = run("phases", "team.pitso", "--scale-down", folder=place)
    assert (stopped.returncode, "LEG-2" in stopped.stderr) == (1, True)
    done("paper", "team.pitso", "readiness", "--of", "AS-1", "--as-of", "2026-04-24", "-o", "then.pdf", folder=place)
    assert (place / "then.pdf").read_bytes().startswith(b"%PDF")


def test_the_days_of_warnings_are_told_set_and_taken_back(place: Path) -> None:
    assert json.loads(done("days", "team.pitso", "--json", folder=place))["term_ahead"] == 180
    assert "10 days" in done("days", "team.pitso", "term_ahead", "10", folder=place)
    assert "W23  term_ahead  10 (usual: 180 days)" in done("days", "team.pitso", folder=place)
    told = json.loads(done("status", "team.pitso", "--json", folder=place))
    assert {one["code"] for one in told["engagements"][0]["warnings"]} == {"W04", "W05", "W10", "W19"}
    done("days", "team.pitso", "term_ahead", "--usual", folder=place)
    assert json.loads(done("days", "team.pitso", "--json", folder=place))["term_ahead"] == 180


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("status", "gone.pitso"), 1),
        (("days", "team.pitso", "gap_note", "90"), 1),
        (("days", "team.pitso", "gap_note"), 2),
        (("digest", "garbage.pitso"), 1),
        (("new", "team.pitso", "--name", "Again"), 1),
        (("new", "no/folder/x.pitso", "--name", "Again"), 1),
        (("score", "garbage.csv"), 1),
        (("score", "team.pitso", "--assessment", "AS-9"), 1),
        (("receive", "team.pitso", "garbage.pitso"), 1),
        (("paper", "team.pitso", "novel"), 1),
        (("verify", "team.pitso", "9f3c"), 1),
        (("paper", "team.pitso", "readiness", "--for", "nobody"), 2),
        (("check", "gone.xlsx"), 1),
        (("add-form", "team.pitso", "garbage.csv"), 1),
        (("export", "team.pitso"), 2),
        (("export", "garbage.pitso", "--csv", "x"), 1),
        (("send", "team.pitso", "-o", "x"), 2),
        (("demo",), 2),
        (("dance",), 2),
    ],
)
def test_trouble_is_one_sentence_and_wrong_usage_is_told(place: Path, words: tuple[str, ...], status: int) -> None:
    (place / "garbage.pitso").write_bytes(b"\x00\xff garbage" * 100)
    (place / "garbage.csv").write_bytes(b"\xff\xfe\x00")
    result = run(*words, folder=place)
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()


def test_the_sentences_follow_the_language_of_the_account(place: Path) -> None:
    settings = place / "config" / "pitso" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"language": "fr", "body_size": 16, "theme": "day", "recent": []}))
    try:
        assert "couverture" in done("score", "team.pitso", "--assessment", "AS-1", folder=place).lower()
    finally:
        settings.unlink()


def test_elections_are_told_with_their_figures(place: Path) -> None:
    (told,) = json.loads(done("elections", "team.pitso", "--json", folder=place))
    assert told["positions"][0]["declared"] == ["Refiloe Koro-Naleli"]
    assert told["positions"][0]["rounds"][0]["in_box"] == 88
    lines = done("elections", "team.pitso", folder=place)
    assert "Treasurer · rounds: 2 · done · Neo Thaba-Koro" in lines
    assert "There is no election." in done("elections", fresh(place), folder=place)


def fresh(place: Path) -> str:
    done("new", "nothing.pitso", "--name", "Nothing", folder=place)
    return "nothing.pitso"
