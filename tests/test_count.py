"""``pitso count`` as a script calls it: text, JSON and a paper; a fault is one sentence and status 1."""

import json
from pathlib import Path

import pytest

from pitso.domain.counting import Base, Minimum, NoMajority, Rules, TieLeads
from pitso.domain.trouble import Trouble
from pitso.services import counting
from tests.paper import reading
from tests.test_cli import Told, done, run

NAMES = ("Tau, Naledi (P001, Basalt; north)", "Thabo", "Thabo Kgosi")
PAPERS = "3 1\n6 1 0\n4 2 0\n4 3 0\n1 0\n0\n" + "".join(f'"{name}"\n' for name in NAMES) + '"President"\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "p.blt").write_text(PAPERS, encoding="utf-8")
    return tmp_path


def test_text_json_and_paper(place: Path) -> None:
    told = done("count", "p.blt", "--rule", "plurality", folder=place)
    assert f"Elected: {NAMES[0]}." in told
    assert "Papers: 15 · Valid: 14 · Invalid: 1 · Places: 1" in told
    shown = json.loads(done("count", "p.blt", "--rule", "plurality", "--json", "-o", "a.pdf", folder=place))
    assert shown["winners"] == [NAMES[0]]
    done("count", "p.blt", "--rule", "plurality", "-o", "b.pdf", folder=place)
    made = (place / "a.pdf").read_bytes()
    assert made == (place / "b.pdf").read_bytes()
    reading.sound(made)
    assert NAMES[0] in reading.whole(made)


def test_a_lot_with_names_that_hold_commas(place: Path) -> None:
    waiting = json.loads(done("count", "p.blt", "--rule", "irv", "--json", folder=place))
    assert waiting["status"] == "tie"
    lots = "Thabo Kgosi , Thabo"
    told = json.loads(done("count", "p.blt", "--rule", "irv", "--json", "--lots", lots, folder=place))
    assert told["status"] == "complete"
    assert counting.lots_in(f"{NAMES[0]},Thabo;Thabo Kgosi,{NAMES[0]}", NAMES) == (
        (NAMES[0], "Thabo"),
        ("Thabo Kgosi", NAMES[0]),
    )
    assert counting.lots_in("", NAMES) == ()


def told_as_trouble(result: Told, said: str) -> None:
    assert result.returncode == 1, result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("papers", "more", "said"),
    [
        (PAPERS.replace("4 2 0", "4 9 0"), (), "Line 3: “9” is no candidate."),
        (PAPERS.replace("3 1\n", "10000 1\n"), (), "Line 1: there must be 1 to 1000 candidates."),
        (PAPERS.replace("4 2 0", "-4 2 0"), (), "Line 3:"),
        ("3 1\n0\n" + PAPERS[PAPERS.index('"') :], (), "There is no paper in “p.blt”."),
        (PAPERS, ("--seats", "-1"), "The number of places must be"),
        (PAPERS, ("--seats", "9" * 30), "The number of places must be"),
        (PAPERS, ("--seats", "2"), "fills one place"),
        (PAPERS, ("--lots", "Nobody"), "“Nobody” among the lots is no candidate."),
        (PAPERS, ("--rules", "none.json"), "There is no file"),
        (PAPERS, ("-o", "nowhere/a.pdf"), ""),
    ],
)
def test_a_fault_is_one_sentence(place: Path, papers: str, more: tuple[str, ...], said: str) -> None:
    (place / "p.blt").write_text(papers, encoding="utf-8")
    result = run("count", "p.blt", "--rule", "plurality", *more, folder=place)
    if more[:1] == ("-o",):
        assert (result.returncode, "Traceback" in result.stderr) == (1, False)
        return
    told_as_trouble(result, said)


def test_what_is_not_text_and_what_is_not_there(place: Path) -> None:
    (place / "p.blt").write_bytes(PAPERS.replace("Thabo K", "Th\u00e9 K").encode("latin-1"))
    told_as_trouble(run("count", "p.blt", "--rule", "irv", folder=place), "Line 9: the text is not in UTF-8.")
    told_as_trouble(run("count", "none.blt", "--rule", "irv", folder=place), "There is no file “none.blt”.")


@pytest.mark.parametrize("usage", [(), ("--rule", "borda"), ("--rule", "irv", "--seats", "two")])
def test_wrong_usage(place: Path, usage: tuple[str, ...]) -> None:
    assert run("count", "p.blt", *usage, folder=place).returncode == 2


def test_the_rules_of_a_position_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    group = {"name": "women", "of": ["A"], "least": 1}
    said = {"majority": "present", "present": 9, "no_majority": "repeat", "exactly": True, "tie": "seniority"}
    path.write_text(json.dumps({**said, "minimum": [group]}))
    assert counting.rules_in(path) == Rules(
        majority=Base.PRESENT,
        present=9,
        no_majority=NoMajority.REPEAT,
        exactly=True,
        tie=TieLeads.SENIORITY,
        minimum=(Minimum("women", frozenset("A"), 1),),
    )
    path.write_text("{}")
    assert counting.rules_in(path) == Rules()


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"majorty": "valid"}',
        '{"majority": "half"}',
        '{"majority": ["valid"]}',
        '{"present": -1}',
        '{"present": 1.5}',
        '{"present": true}',
        '{"exactly": 1}',
        '{"tie": null}',
        '{"minimum": {}}',
        '{"minimum": [{"name": "women"}]}',
        '{"minimum": [{"name": "women", "of": "AB", "least": 1}]}',
        '{"minimum": [{"name": "women", "of": ["A"], "least": -1}]}',
    ],
)
def test_a_file_of_rules_that_says_nothing_clear_is_refused(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(wrong)
    with pytest.raises(Trouble):
        counting.rules_in(path)
