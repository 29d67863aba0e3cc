"""The exchange format for ballot papers, ``.blt``: read generously, written strictly.

The form is that of Hill, Wichmann and Woodall (Algorithm 123, 1987) with what OpenSTV, droop and OpaVote add: comments,
ids of papers, equal and skipped preferences, short names.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from pitso.domain.counting.ballots import (
    LONGEST_NAME,
    MOST_CANDIDATES,
    MOST_PAPERS,
    MOST_SEATS,
    SKIPPED,
    Ballots,
    Mark,
    Paper,
)
from pitso.domain.trouble import Trouble
from pitso.words import _

_REMARK = re.compile(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/', re.DOTALL)
_STRINGS = re.compile(r'(?:"(?:[^"\\]|\\.)*"\s*)+(?:#.*)?')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ID = re.compile(r"\([^)]*\)\s*")

_LONGEST_NUMBER = 12


def fault(line: int, what: str) -> Trouble:
    """What is wrong in one line of the file."""
    return Trouble(
        _("Line {number}: {what}.").format(number=line, what=what),
        _("Mend that line in the file of papers, then try again."),
    )


def read_blt(text: str) -> Ballots:
    """The ballots that a ``.blt`` file holds; Trouble names the line that cannot be read."""
    return _Reader(text).ballots()


def write_blt(ballots: Ballots) -> str:
    """The strict form: one line for each distinct paper, sorted, so that the order of papers betrays nobody."""
    lines = [f"{len(ballots.names)} {ballots.seats}"]
    if ballots.withdrawn:
        lines.append(" ".join(f"-{number}" for number in sorted(ballots.withdrawn)))
    lines += _papers(ballots.papers)
    lines.append("0")
    lines += [_quoted(text) for text in (*ballots.names, ballots.title)]
    return "\n".join(lines) + "\n"


def _papers(papers: Mapping[Paper, int]) -> Iterator[str]:
    """One line for each distinct paper, in a fixed order; most have no equal marks, and are written straight on."""
    if not any(isinstance(mark, tuple) for paper in papers for mark in paper):
        for paper in sorted(papers):
            yield " ".join((str(papers[paper]), *("-" if mark == SKIPPED else str(mark) for mark in paper), "0"))
        return
    together: Counter[Paper] = Counter()
    for paper, number in papers.items():
        together[tuple(_plain(mark) for mark in paper)] += number
    for paper in sorted(together, key=lambda paper: [mark if isinstance(mark, tuple) else (mark,) for mark in paper]):
        yield " ".join((str(together[paper]), *map(_written, paper), "0"))


def digest(ballots: Ballots) -> str:
    """SHA-256 of the strict form: it stands on the declaration."""
    return sha256(write_blt(ballots).encode()).hexdigest()


def _plain(mark: Mark) -> Mark:
    if not isinstance(mark, tuple):
        return mark
    equal = sorted(set(mark))
    return equal[0] if len(equal) == 1 else tuple(equal)


def _written(mark: Mark) -> str:
    if isinstance(mark, tuple):
        return "=".join(map(str, mark))
    return "-" if mark == SKIPPED else str(mark)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Reader:
    """Reads one file from top to bottom."""

    def __init__(self, text: str) -> None:
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if "/*" in text:
            text = _REMARK.sub(_without_remark, text)
        self._lines = text.split("\n")
        self._at = 0
        self._numbers: dict[str, int] = {}
        """What may stand on a paper for a candidate, and the number that it means."""

    def ballots(self) -> Ballots:
        candidates, seats = self._head()
        self._numbers = {str(number): number for number in range(1, candidates + 1)}
        withdrawn = self._before_papers(candidates)
        papers = self._papers()
        names, title = self._names(candidates)
        return Ballots(seats=seats, names=names, papers=papers, title=title, withdrawn=withdrawn)

    def _next(self) -> tuple[int, str] | None:
        """The next line that says something, without its comment; it is not taken yet."""
        while self._at < len(self._lines):
            said = self._lines[self._at].partition("#")[0].strip()
            if said:
                return self._at + 1, said
            self._at += 1
        return None

    def _end(self, what: str) -> Trouble:
        return fault(max(len(self._lines) - (self._lines[-1] == ""), 1), what)

    def _head(self) -> tuple[int, int]:
        following = self._next()
        if following is None:
            raise self._end(_("the file is empty"))
        line, said = following
        self._at += 1
        words = said.split()
        if len(words) != 2:
            raise fault(line, _("the number of candidates and the number of places are expected here"))
        candidates, seats = (self._whole(word, line) for word in words)
        if not 1 <= candidates <= MOST_CANDIDATES:
            raise fault(line, _("there must be 1 to {most} candidates").format(most=MOST_CANDIDATES))
        if not 1 <= seats <= MOST_SEATS:
            raise fault(line, _("there must be 1 to {most} places").format(most=MOST_SEATS))
        return candidates, seats

    @staticmethod
    def _whole(word: str, line: int) -> int:
        if not (word.isascii() and word.isdigit()):
            raise fault(line, _("“{text}” is not a whole number").format(text=word[:40]))
        if len(word) > _LONGEST_NUMBER:
            raise fault(line, _("the number {text} is too large").format(text=word[:40]))
        return int(word)

    def _candidate(self, word: str, line: int) -> int:
        number = self._numbers.get(word)
        if number is None and word.isascii() and word.isdigit():
            number = self._numbers.get(word.lstrip("0"))
        if number is None:
            raise fault(line, _("“{text}” is no candidate").format(text=word[:40]))
        return number

    def _before_papers(self, candidates: int) -> frozenset[int]:
        """Those who withdrew, and the settings that droop writes in square brackets."""
        withdrawn: set[int] = set()
        while (following := self._next()) is not None:
            line, said = following
            if said.startswith("["):
                self._setting(line, said, candidates)
            elif said.startswith("-"):
                told = said.split()
                signed = all(word.startswith("-") for word in told)
                numbers = [self._candidate(word.removeprefix("-"), line) for word in told] if signed else []
                if not numbers or len(withdrawn.union(numbers)) < len(withdrawn) + len(numbers):
                    raise fault(line, _("those who withdrew are each told once, with a minus sign"))
                withdrawn.update(numbers)
            else:
                break
            self._at += 1
        return frozenset(withdrawn)

    def _setting(self, line: int, said: str, candidates: int) -> None:
        """Short names are understood; how another program would break ties or round is not ours to follow."""
        if not said.endswith("]"):
            raise fault(line, _("the bracket is not closed on its line"))
        words = said[1:-1].split()
        if not words or words[0] != "nick":
            return
        if len(words) != candidates + 1 or len(set(words[1:])) != candidates:
            raise fault(line, _("there must be a short name of its own for each candidate"))
        self._numbers |= {word: number for number, word in enumerate(words[1:], 1) if word not in self._numbers}

    def _papers(self) -> dict[Paper, int]:
        """Lines that are alike are read once: in a room of 300 few papers are different."""
        start, end = self._at, self._end_of_papers()
        self._at = end + 1
        alike = Counter(self._lines[start:end])
        meaning = self._numbers.__getitem__
        where: dict[str, int] = {}
        papers: dict[Paper, int] = {}
        total = 0
        for said, times in alike.items():
            words = said.split()
            if len(words) > 1 and words[0] == "1" and words[-1] == "0":
                try:
                    paper: Paper = tuple(map(meaning, words[1:-1]))
                except KeyError:  # anything but plain numbers of candidates
                    pass
                else:
                    papers[paper] = papers.get(paper, 0) + times
                    total += times
                    continue
            if not where:
                where = {self._lines[place]: place for place in range(end - 1, start - 1, -1)}
            read = self._paper(said, where[said] + 1)
            if read is not None:
                paper, many = read
                papers[paper] = papers.get(paper, 0) + many * times
                total += many * times
        if total > MOST_PAPERS:
            raise fault(start + 1, _("there are more than {most} papers").format(most=MOST_PAPERS))
        return papers

    def _end_of_papers(self) -> int:
        """The place of the line with nothing but 0."""
        try:
            return self._lines.index("0", self._at)
        except ValueError:
            pass
        for place in range(self._at, len(self._lines)):
            said = self._lines[place].strip()
            if said.startswith('"'):
                raise fault(place + 1, _("the names begin before a line with 0 has ended the papers"))
            if said.startswith("0") and said.partition("#")[0].strip() == "0":
                return place
        raise self._end(_("the line with 0 that ends the papers is missing"))

    def _paper(self, said: str, line: int) -> tuple[Paper, int] | None:
        said = said.partition("#")[0].strip()
        if said.startswith("("):
            identified = _ID.match(said)
            if identified is None:
                raise fault(line, _("the id of the paper is not closed by a bracket"))
            said = said[identified.end() :]
            if not said:
                raise fault(line, _("there is an id and no paper"))
        words = said.split()
        if not words:
            return None
        if said.startswith('"'):
            raise fault(line, _("the names begin before a line with 0 has ended the papers"))
        many = self._whole(words[0], line)
        if many == 0:
            raise fault(line, _("a paper that stands 0 times"))
        if many > MOST_PAPERS:
            raise fault(line, _("the number {text} is too large").format(text=many))
        if len(words) < 2 or words[-1] != "0":
            raise fault(line, _("the paper does not end in 0"))
        return tuple(self._mark(word, line) for word in words[1:-1]), many

    def _mark(self, word: str, line: int) -> Mark:
        if word == "-":
            return SKIPPED
        if word in self._numbers:
            return self._numbers[word]
        if word == "0":
            raise fault(line, _("a 0 stands in the middle: each paper has a line of its own"))
        if word.startswith("-"):
            raise fault(line, _("“{text}” is no candidate").format(text=word[:40]))
        if "=" in word:
            return _plain(tuple(self._candidate(part, line) for part in word.split("=")))
        return self._candidate(word, line)

    def _names(self, candidates: int) -> tuple[tuple[str, ...], str]:
        found: list[tuple[int, str]] = []
        for line, text in self._strings():
            found.append((line, text))
            if len(found) > candidates + 3:  # a source and a remark may follow the title
                raise fault(line, _("there are more names than candidates"))
        if len(found) <= candidates:
            told = _("{wanted} names and the title are expected, {found} were found")
            raise self._end(told.format(wanted=candidates, found=len(found)))
        seen: set[str] = set()
        for line, name in found[:candidates]:
            if not name:
                raise fault(line, _("the name is empty"))
            if name in seen:
                raise fault(line, _("“{name}” stands twice among the names").format(name=name))
            seen.add(name)
        return tuple(name for _line, name in found[:candidates]), found[candidates][1]

    def _strings(self) -> Iterator[tuple[int, str]]:
        while self._at < len(self._lines):
            line, said = self._at + 1, self._lines[self._at].strip()
            self._at += 1
            if not said or said.startswith("#"):
                continue
            if not said.startswith('"'):
                raise fault(line, _("a name in straight quotation marks is expected here"))
            if _STRINGS.fullmatch(said):
                outside = said[: _outside(said)]
                texts = [re.sub(r'\\(["\\])', r"\1", text) for text in _STRING.findall(outside)]
            elif said.endswith('"') and len(said) > 1:
                texts = [said[1:-1]]  # quotation marks within a name, as OpenSTV writes them
            else:
                raise fault(line, _("the quotation mark is not closed"))
            for text in texts:
                name = text.strip()
                if len(name) > LONGEST_NAME or any(map(_unprintable, name)):
                    raise fault(line, _("the name is too long or holds signs that cannot be printed"))
                yield line, name


def _outside(said: str) -> int:
    """Where the comment behind the names of a line begins."""
    end = 0
    while (string := _STRING.match(said, end)) is not None:
        end = string.end()
        end += len(said[end:]) - len(said[end:].lstrip())
    return end


def _unprintable(letter: str) -> bool:
    """Signs for machines, and those that turn the reading order around what follows."""
    return unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") or letter in "\u202a\u202b\u202c\u202d\u202e\ufeff"


def _without_remark(found: re.Match[str]) -> str:
    """Keep what is quoted; of a remark keep only its line ends, so that lines keep their numbers."""
    said = found.group()
    return said if said.startswith('"') else " " + "\n" * said.count("\n")
