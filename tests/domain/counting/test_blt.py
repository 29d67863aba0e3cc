"""The exchange format: everything that others write is read, one strict form is written, each fault has its line."""

import pytest
from hypothesis import given, settings

from pitso.domain.counting import Ballots, digest, read_blt, write_blt
from pitso.domain.trouble import Trouble
from tests.domain.counting.test_agreement import elections

PLAIN = '4 2\n3 1 3 4 0\n4 1 3 2 0\n2 4 1 0\n1 0\n0\n"Adam"\n"Basil"\n"Charlotte"\n"Donald"\n"Title"\n'


def test_the_form_of_1987() -> None:
    ballots = read_blt(PLAIN.replace("4 2\n", "4 2\n-2\n", 1))
    assert ballots.seats == 2
    assert ballots.names == ("Adam", "Basil", "Charlotte", "Donald")
    assert ballots.title == "Title"
    assert ballots.withdrawn == {2}
    assert ballots.standing == (1, 3, 4)
    assert ballots.papers == {(1, 3, 4): 3, (1, 3, 2): 4, (4, 1): 2, (): 1}
    assert ballots.total == 10


@pytest.mark.parametrize(
    "same",
    [
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.rstrip("\n"),
        PLAIN.replace("\n", "\n\n  \n"),
        PLAIN.replace("\n", " # a comment\n"),
        PLAIN.replace("4 2\n", "# begins\n4 2 # candidates, places\n/* two\nlines */\n"),
        PLAIN.replace("3 1 3 4 0\n", "1 1 3 4 0\n" * 3),
        PLAIN.replace("3 1 3 4 0\n", "(a 1) 1 1 3 4 0\n(b) 2 1 3 4 0\n"),
        PLAIN.replace(" ", "   ").replace("4   2\n", "\t4 2 \n"),
        PLAIN.replace("1 3 4 0", "01 03 4 0"),
        PLAIN.replace("4 2\n", "4 2\n[nick a b c d]\n[tie 1 2 3 4]\n").replace("3 1 3 4 0", "3 a c d 0"),
        PLAIN.replace('"Adam"\n"Basil"\n', '"Adam" "Basil"\n'),
        PLAIN + '"source"\n"remark"\n',
        PLAIN.replace("1 0\n", "1 0\n\n"),
    ],
)
def test_what_others_write_means_the_same(same: str) -> None:
    assert write_blt(read_blt(same)) == write_blt(read_blt(PLAIN))


def test_equal_and_skipped_preferences_are_kept() -> None:
    ballots = read_blt(PLAIN.replace("4 1 3 2 0", "4 1=3 - 2 0"))
    assert ballots.papers[((1, 3), 0, 2)] == 4
    assert "4 1=3 - 2 0\n" in write_blt(ballots)


def test_the_strict_form() -> None:
    assert write_blt(read_blt(PLAIN.replace("4 2\n", "4 2\n-4 -2\n", 1))) == (
        '4 2\n-2 -4\n1 0\n4 1 3 2 0\n3 1 3 4 0\n2 4 1 0\n0\n"Adam"\n"Basil"\n"Charlotte"\n"Donald"\n"Title"\n'
    )
    assert digest(read_blt(PLAIN)) == "f1d98cf26a8aba84529785f6f3dc5c7b7ae6b7c05e21a9cfdd4c84486f9cb1c1"


@pytest.mark.parametrize(
    "name",
    ['John "Jack" Doe', "back\\slash", '"', "\\", "# no comment", "/* none */", "Letša ዐቢይ عائشة", "a=b (c) - 0"],
)
def test_any_name_comes_back(name: str) -> None:
    ballots = Ballots(1, (name, "Other"), {(1,): 2}, title=name)
    again = read_blt(write_blt(ballots))
    assert (again.names, again.title) == (ballots.names, ballots.title)


def test_quotation_marks_as_openstv_writes_them() -> None:
    assert read_blt(PLAIN.replace("Adam", 'Ad "the" am')).names[0] == 'Ad "the" am'


@settings(max_examples=200, deadline=None)
@given(election=elections())
def test_written_and_read_again_it_is_the_same(election: tuple[Ballots, list[str]]) -> None:
    ballots, _priority = election
    again = read_blt(write_blt(ballots))
    assert again.total == ballots.total
    assert write_blt(again) == write_blt(ballots)
    assert digest(again) == digest(ballots)


FAULTS = {
    "nothing": ("", 1, "empty"),
    "comments only": ("# nothing\n", 1, "empty"),
    "no numbers": (PLAIN.replace("4 2", "four two"), 1, "“four” is not a whole number"),
    "one number": (PLAIN.replace("4 2", "4"), 1, "number of places"),
    "negative candidates": (PLAIN.replace("4 2", "-4 2"), 1, "“-4” is not a whole number"),
    "no candidates": (PLAIN.replace("4 2", "0 2"), 1, "1 to 1000 candidates"),
    "10,000 candidates": (PLAIN.replace("4 2", "10000 2"), 1, "1 to 1000 candidates"),
    "no places": (PLAIN.replace("4 2", "4 0"), 1, "1 to 1000 places"),
    "huge places": (PLAIN.replace("4 2", f"4 {'9' * 5000}"), 1, "too large"),
    "a negative number of papers before the others": (
        PLAIN.replace("4 2\n", "4 2\n-5 1 0\n"),
        2,
        "each told once, with a minus sign",
    ),
    "withdrawn nobody": (PLAIN.replace("4 2\n", "4 2\n-5\n"), 2, "“5” is no candidate"),
    "withdrawn twice": (PLAIN.replace("4 2\n", "4 2\n-1 -1\n"), 2, "told once"),
    "withdrawn without sign": (PLAIN.replace("4 2\n", "4 2\n-1 2\n"), 2, "minus sign"),
    "a mark for nobody": (PLAIN.replace("3 1 3 4 0", "3 1 5 4 0"), 2, "“5” is no candidate"),
    "a mark for nobody, equal": (PLAIN.replace("3 1 3 4 0", "3 1=5 4 0"), 2, "“5” is no candidate"),
    "half an equal mark": (PLAIN.replace("3 1 3 4 0", "3 1= 4 0"), 2, "“” is no candidate"),
    "a negative mark": (PLAIN.replace("3 1 3 4 0", "3 1 -3 4 0"), 2, "“-3” is no candidate"),
    "a letter": (PLAIN.replace("3 1 3 4 0", "3 1 x 4 0"), 2, "“x” is no candidate"),
    "digits of another script": (PLAIN.replace("3 1 3 4 0", "3 1 ٣ 4 0"), 2, "is no candidate"),
    "a decimal": (PLAIN.replace("3 1 3 4 0", "3.5 1 3 4 0"), 2, "“3.5” is not a whole number"),
    "underscores": (PLAIN.replace("3 1 3 4 0", "1_0 1 3 4 0"), 2, "“1_0” is not a whole number"),
    "a negative number of papers": (PLAIN.replace("2 4 1 0", "-2 4 1 0"), 4, "“-2” is not a whole number"),
    "no papers of a kind": (PLAIN.replace("2 4 1 0", "0 4 1 0"), 4, "0 times"),
    "a huge number of papers": (PLAIN.replace("2 4 1 0", "999999999 4 1 0"), 4, "too large"),
    "a number beyond words": (PLAIN.replace("2 4 1 0", "9" * 9999 + " 4 1 0"), 4, "too large"),
    "huge sums": (PLAIN.replace("2 4 1 0", "90000000 4 1 0\n90000000 1 0"), 2, "more than"),
    "no final 0": (PLAIN.replace("4 1 3 2 0", "4 1 3 2"), 3, "does not end in 0"),
    "a 0 in the middle": (PLAIN.replace("4 1 3 2 0", "4 1 0 3 2 0"), 3, "0 stands in the middle"),
    "an open id": (PLAIN.replace("4 1 3 2 0", "(4 1 3 2 0"), 3, "not closed"),
    "an id alone": (PLAIN.replace("4 1 3 2 0", "(4)"), 3, "an id and no paper"),
    "papers that do not end": (PLAIN.replace("0\n0\n", "0\n"), 6, "names begin before"),
    "torn in the papers": ("4 2\n3 1 3 4 0\n", 2, "0 that ends the papers is missing"),
    "torn in the names": (PLAIN.replace('"Donald"\n"Title"\n', ""), 9, "4 names and the title are expected, 3"),
    "no title": (PLAIN.replace('"Title"\n', ""), 10, "4 names and the title are expected, 4"),
    "a name unquoted": (PLAIN.replace('"Basil"', "Basil"), 8, "straight quotation marks"),
    "curly quotes": (PLAIN.replace('"Basil"', "“Basil”"), 8, "straight quotation marks"),
    "a quote not closed": (PLAIN.replace('"Basil"', '"Basil'), 8, "not closed"),
    "an empty name": (PLAIN.replace('"Basil"', '" "'), 8, "name is empty"),
    "the same name twice": (PLAIN.replace("Basil", "Adam"), 8, "“Adam” stands twice"),
    "a name with signs": (PLAIN.replace("Basil", "Ba\u202esil"), 8, "cannot be printed"),
    "an endless name": (PLAIN.replace("Basil", "Ba" * 9999), 8, "too long"),
    "too many names": (PLAIN + '"a"\n"b"\n"c"\n', 14, "more names than candidates"),
    "short names too few": (PLAIN.replace("4 2\n", "4 2\n[nick a b]\n"), 2, "short name"),
    "an open bracket": (PLAIN.replace("4 2\n", "4 2\n[nick a b c d\n"), 2, "bracket"),
    "not of this kind": ("PK\x03\x04 something", 1, "not a whole number"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_with_its_line(fault: str) -> None:
    text, line, told = FAULTS[fault]
    with pytest.raises(Trouble) as caught:
        read_blt(text)
    assert caught.value.happened.startswith(f"Line {line}: "), caught.value.happened
    assert told in caught.value.happened
    assert len(caught.value.happened) < 200
