"""How fast forms open and answer: printed as a table, never asserted.

``python -m tests.benchmarks.forms`` prints it alone.
"""

from __future__ import annotations

import gc
import random
import resource
import statistics
import time
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

    Of every ten questions two are calculated, one has a constraint, one a condition, two choose from a list; the sum of the
    first question of each group is carried from group to group. The first question, ``plain``, is read by nothing.
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
    """A repeat of ten questions with a position, a running balance, a condition, a constraint and two totals outside."""
    names = [f"q{at}" for at in range(6)]
    inner = "".join(f"<{name}/>" for name in (*names, "at", "before", "balance", "total"))
    binds = {
        "q0": "type='int'",
        "q1": "relevant='../q0 &gt; 1'",
        "q2": "constraint='. &lt; ../q0 + 100' type='int'",
        "at": "calculate='position(..)'",
        "before": "calculate='coalesce(indexed-repeat(/data/r/balance, /data/r, position(..) - 1), 0)'",
        "balance": "calculate='../before + coalesce(../q3, 0)'",
        "total": "calculate='../q0 * 2'",
    }
    bound = "".join(f"<bind nodeset='/data/r/{name}' {rules}/>" for name, rules in binds.items())
    bound += "<bind nodeset='/data/sum' calculate='sum(/data/r/total)'/>"
    bound += "<bind nodeset='/data/many' calculate='count(/data/r)'/>"
    asked = "".join(f"<input ref='/data/r/{name}'><label>{name}</label></input>" for name in names)
    body = f"<group ref='/data/r'><label>R</label><repeat nodeset='/data/r'>{asked}</repeat></group>"
    return _xform(f"<r jr:template=''>{inner}</r><sum/><many/>", bound, body)


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
    found, plain = [], {}
    for size in SIZES:
        xform = long_form(size)
        loaded = _seconds(lambda: read_form(xform).begin(), 3)
        form = read_form(xform)
        session = form.begin()
        draw = random.Random(1)
        answered = [
            _answering(
                session, f"/data/g{draw.randrange(size // 25)}/q{draw.choice((0, 2, 3, 4))}", str(draw.randrange(9))
            )
            for _time in range(400)
        ]
        spent = _each(answered)
        chain = _each(_answering(session, "/data/g0/q0", str(number)) for number in range(1, 21))
        many = 400
        plain[size] = statistics.median(
            _each(_answering(session, "/data/plain", str(number)) for number in range(many))
        )
        bar = "1 s" if size == 5_000 else "-"
        found += [
            (f"form of {size:,} questions loaded and begun", _ms(loaded), bar),
            (f"an answer among {size:,}, p50", _ms(_percentile(spent, 0.5)), "-"),
            (f"an answer among {size:,}, p95", _ms(_percentile(spent, 0.95)), "16 ms" if size == 5_000 else "-"),
            (f"longest chain ({size // 25} links) among {size:,}", _ms(_percentile(chain, 0.5)), "-"),
            (f"problems of all {size:,}", _ms(_seconds(lambda: session.problems())), "-"),
            (f"submission XML of {size:,}", _ms(_seconds(lambda: session.submission())), "-"),
        ]
    ratio = plain[SIZES[-1]] / plain[SIZES[0]]
    found.append(
        (f"an answer that nothing reads, {SIZES[-1]:,} against {SIZES[0]} questions", f"{ratio:.2f} x", "1 x (1.5 x)")
    )
    found.append((f"an answer that nothing reads, {SIZES[-1]:,} questions", _ms(plain[SIZES[-1]]), "-"))
    return found


def _repeats() -> list[tuple[str, str, str]]:
    found = []
    form = read_form(rows_form())
    for size in ROWS:
        session = form.begin()
        for _row in range(size):
            session.add_row("/data/r")
        last = size == ROWS[-1]
        adding = _each([lambda session=session: session.add_row("/data/r")] * 20)  # type: ignore[misc]
        path = f"/data/r[{size // 2}]"
        inside = _each(_answering(session, f"{path}/q0", str(number)) for number in range(200))
        balance = _each(_answering(session, "/data/r[1]/q3", str(number)) for number in range(1, 20))
        removing = _each([lambda session=session: session.remove_row("/data/r[2]")] * 10)  # type: ignore[misc]
        found += [
            (f"adding a row to {size}", _ms(_percentile(adding, 0.5)), "3 ms" if last else "-"),
            (f"an answer in one of {size} rows", _ms(_percentile(inside, 0.5)), "1 ms" if last else "-"),
            (f"a running balance through {size} rows", _ms(_percentile(balance, 0.5)), "-"),
            (f"removing the second of {size} rows", _ms(_percentile(removing, 0.5)), "-"),
        ]
    return found


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*found, ("memory at the end of the run, everything loaded", f"{peak:.0f} MB", "-")]


if __name__ == "__main__":
    for what, measured, bar in rows():
        print(f"{what:<66}{measured:>14}   {bar}")
