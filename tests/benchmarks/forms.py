"""How fast forms open and answer: printed as a table, never asserted.

``python -m tests.benchmarks.forms`` prints it alone.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable

from pitso.xforms import Environment, Session, read_form

SIZES = (500, 2_000, 5_000)
ROWS = (20, 100, 500)

_HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Bench</h:title><model>"""


def _xform(instance: str, binds: str, body: str, lists: str = "") -> bytes:
    return (
        f"{_HEAD}<instance><data id='bench'>{instance}</data></instance>{lists}{binds}</model></h:head>"
        f"<h:body>{body}</h:body></h:html>"
    ).encode()


def long_form(questions: int) -> bytes:
    """Questions in groups of 25 with relevance, constraints, calculations and choices, and one chain through all.

    Of every ten questions two are calculated, one has a constraint, one a condition, two choose from a list; the sum
    of the first question of each group is carried from group to group. The first, ``plain``, is read by nothing.
    """
    nodes, binds, body = ["<plain/>"], ["<bind nodeset='/data/plain' type='string'/>"], []
    body.append("<input ref='/data/plain'><label>Plain</label></input>")
    item = "<itemset nodeset=\"instance('yn')/root/item\"><value ref='name'/><label ref='label'/></itemset>"
    for group in range(questions // 25):
        inner, asked = [], []
        for at in range(25):
            name, path = f"q{at}", f"/data/g{group}/q{at}"
            inner.append(f"<{name}/>")
            before = f"/data/g{group}/q{at - 1}"
            label = f"<label>Question {at} of group {group}</label>"
            match at % 10:
                case 3:
                    bind = f"constraint='. &lt; 1000 and . != {before}' type='int'"
                case 4:
                    bind = f"relevant=\"{before} != '7'\" type='string'"
                case 5:
                    bind = f"calculate='{before} * 2 + {at}' type='string'"
                case 9:
                    carried = f"/data/g{group - 1}/q9 + " if group else ""
                    bind = f"calculate='{carried}coalesce(/data/g{group}/q0, 0)' type='string'"
                case _:
                    bind = "type='string'"
            binds.append(f"<bind nodeset='{path}' {bind}/>")
            if at % 10 in (6, 7):
                asked.append(f"<select1 ref='{path}'>{label}{item}</select1>")
            elif at % 10 not in (5, 9):
                asked.append(f"<input ref='{path}'>{label}</input>")
        nodes.append(f"<g{group}>{''.join(inner)}</g{group}>")
        body.append(f"<group ref='/data/g{group}'><label>Group {group}</label>{''.join(asked)}</group>")
    choices = "".join(
        f"<item><name>{name}</name><label>{name.title()}</label></item>" for name in ("yes", "no", "unknown")
    )
    lists = f"<instance id='yn'><root>{choices}</root></instance>"
    return _xform("".join(nodes), "".join(binds), "".join(body), lists)


def rows_form() -> bytes:
    """A repeat of eleven questions with two running totals, a condition and a constraint; three totals outside."""
    names = [f"q{at}" for at in range(6)]
    inner = "".join(f"<{name}/>" for name in (*names, "at", "before", "balance", "upto", "total"))
    binds = {
        "q0": "type='int'",
        "q1": "relevant='../q0 &gt; 1'",
        "q2": "constraint='. &lt; ../q0 + 100' type='int'",
        "at": "calculate='position(..)'",
        "before": "calculate='coalesce(indexed-repeat(/data/r/balance, /data/r, position(..) - 1), 0)'",
        "balance": "calculate='../before + coalesce(../q3, 0)'",
        "upto": "calculate='sum(/data/r[position() &lt;= position(current()/..)]/q4)'",
        "total": "calculate='../q0 * 2'",
    }
    bound = "".join(f"<bind nodeset='/data/r/{name}' {rules}/>" for name, rules in binds.items())
    bound += "<bind nodeset='/data/sum' calculate='sum(/data/r/total)'/>"
    bound += "<bind nodeset='/data/many' calculate='count(/data/r)'/>"
    bound += "<bind nodeset='/data/big' calculate='count(/data/r[/data/r/q0 &gt; 10])'/>"
    asked = "".join(f"<input ref='/data/r/{name}'><label>{name}</label></input>" for name in names)
    body = f"<group ref='/data/r'><label>R</label><repeat nodeset='/data/r'>{asked}</repeat></group>"
    return _xform(f"<r jr:template=''>{inner}</r><sum/><many/><big/>", bound, body)


def list_form() -> bytes:
    """A select from a large file, filtered by a question, and a value pulled from it."""
    binds = (
        "<bind nodeset='/data/name' calculate=\"instance('big')/root/item[code = /data/code]/label\"/>"
        "<bind nodeset='/data/pulled' calculate=\"pulldata('big', 'label', 'code', /data/code)\"/>"
    )
    body = (
        "<input ref='/data/code'><label>Code</label></input><select1 ref='/data/pick'><label>Pick</label>"
        "<itemset nodeset=\"instance('big')/root/item[district = /data/code]\"><value ref='code'/>"
        "<label ref='label'/></itemset></select1>"
    )
    lists = "<instance id='big' src='jr://file-csv/big.csv'/>"
    return _xform("<code/><name/><pulled/><pick/>", binds, body, lists)


def _seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median of several runs."""
    spent = []
    for _run in range(times):
        gc.collect()
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def _each(works: Iterable[Callable[[], object]]) -> list[float]:
    spent = []
    for work in works:
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return sorted(spent)


def _percentile(spent: list[float], share: float) -> float:
    return spent[min(len(spent) - 1, int(len(spent) * share))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _answering(session: Session, path: str, text: str) -> Callable[[], None]:
    return lambda: session.answer(path, text)


def _long_forms() -> list[tuple[str, str, str]]:
    found = [row for size in SIZES for row in _long_form(size)]
    least, *_others, most = (_unread(size) for size in SIZES)
    found.append(
        (f"an answer that nothing reads, {SIZES[-1]:,} against {SIZES[0]} questions", f"{most / least:.2f} x", "1.5 x")
    )
    return found


def _unread(size: int) -> float:
    """The cost of an answer on which nothing depends."""
    session = read_form(long_form(size)).begin()
    return statistics.median(_each(_answering(session, "/data/plain", str(number)) for number in range(2_000)))


def _long_form(size: int) -> list[tuple[str, str, str]]:
    xform = long_form(size)
    session = read_form(xform).begin()
    draw = random.Random(1)
    spent = _each(
        _answering(session, f"/data/g{draw.randrange(size // 25)}/q{draw.choice((0, 2, 3, 4))}", str(draw.randrange(9)))
        for _time in range(400)
    )
    chain = _each(_answering(session, "/data/g0/q0", str(number)) for number in range(1, 21))
    largest = size == SIZES[-1]
    return [
        (
            f"form of {size:,} questions loaded and begun",
            _ms(_seconds(lambda: read_form(xform).begin(), 3)),
            "1 s" if largest else "-",
        ),
        (f"an answer among {size:,}, p50", _ms(_percentile(spent, 0.5)), "-"),
        (f"an answer among {size:,}, p95", _ms(_percentile(spent, 0.95)), "16 ms" if largest else "-"),
        (f"longest chain ({size // 25} links) among {size:,}", _ms(_percentile(chain, 0.5)), "-"),
        (f"submission XML of {size:,}", _ms(_seconds(session.submission)), "-"),
    ]


def _repeats() -> list[tuple[str, str, str]]:
    return [row for size in ROWS for row in _repeat(size)]


def _repeat(size: int) -> list[tuple[str, str, str]]:
    session = read_form(rows_form()).begin()
    for _row in range(size):
        session.add_row("/data/r")
    largest = size == ROWS[-1]
    inside = _each(_answering(session, f"/data/r[{size // 2}]/q0", str(number)) for number in range(200))
    balance = _each(_answering(session, "/data/r[1]/q3", str(number)) for number in range(1, 20))
    upto = _each(_answering(session, "/data/r[1]/q4", str(number)) for number in range(1, 20))
    adding = _each([lambda: session.add_row("/data/r")] * 20)
    removing = _each([lambda: session.remove_row("/data/r[2]")] * 10)
    return [
        (f"adding a row to {size}", _ms(_percentile(adding, 0.5)), "3 ms" if largest else "-"),
        (f"an answer in one of {size} rows", _ms(_percentile(inside, 0.5)), "1 ms" if largest else "-"),
        (f"a balance carried through {size} rows", _ms(_percentile(balance, 0.5)), "-"),
        (f"sums up to each of {size} rows", _ms(_percentile(upto, 0.5)), "-"),
        (f"removing the second of {size} rows", _ms(_percentile(removing, 0.5)), "-"),
    ]


def _lists() -> list[tuple[str, str, str]]:
    lines = ["code,label,district", *(f"c{at},Place {at},d{at % 300}" for at in range(30_000))]
    media = {"big.csv": "\n".join(lines).encode()}
    xform = list_form()
    form = read_form(xform, media=media)
    session = form.begin(Environment())
    session.answer("/data/code", "c1")
    looked = _each(_answering(session, "/data/code", f"c{at * 37}") for at in range(400))
    session.answer("/data/code", "d7")
    session.choices("/data/pick")
    choosing = _each([lambda: session.choices("/data/pick")] * 50)
    return [
        ("csv of 30,000 rows read", _ms(_seconds(lambda: read_form(xform, media=media), 3)), "-"),
        ("look-up by two paths in 30,000 rows", _ms(_percentile(looked, 0.5)), "1 ms"),
        ("100 of 30,000 choices after a filter", _ms(_percentile(choosing, 0.5)), "-"),
    ]


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure, and its bar (``-`` where there is none)."""
    found = [*_long_forms(), *_repeats(), *_lists()]
    return [*found, ("memory that the largest form and one record of it take", _memory(), "-")]


def _memory() -> str:
    xform = long_form(SIZES[-1])
    tracemalloc.start()
    session = read_form(xform).begin()
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del session
    return f"{taken / 1e6:.0f} MB"


if __name__ == "__main__":
    for what, measured, bar in rows():
        print(f"{what:<66}{measured:>14}   {bar}")
