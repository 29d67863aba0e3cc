"""Every function of the dialect, case by case."""

import math

import pytest

from pitso.xforms import FormTrouble
from pitso.xforms.xpath.compile import NAMES
from tests.xforms.scenario import Scenario

CASES: list[tuple[str, str, dict[str, str]]] = [
    # texts
    ("string(1.50)", "1.5", {}),
    ("string(true())", "true", {}),
    ("string(1 div 3)", "0.3333333333333333", {}),
    ("string(0.0000001)", "0.0000001", {}),
    ("string(1000000 * 1000000 * 1000000 * 1000000)", "1000000000000000000000000", {}),
    ("concat('a', 1, true())", "a1true", {}),
    ("concat()", "", {}),
    ("join('-', 'a', 'b')", "a-b", {}),
    ("substr('hello', 1, 3)", "el", {}),
    ("substr('hello', 2)", "llo", {}),
    ("substr('hello', -3)", "llo", {}),
    ("substr('hello', 0, -1)", "hell", {}),
    ("substring('12345', 2, 3)", "234", {}),
    ("substring('12345', 1.5, 2.6)", "234", {}),
    ("substring('12345', 0, 3)", "12", {}),
    ("substring-before('1999/04', '/')", "1999", {}),
    ("substring-before('abc', 'x')", "", {}),
    ("substring-after('1999/04', '/')", "04", {}),
    ("substring-after('abc', '')", "abc", {}),
    ("translate('bar', 'abc', 'AB')", "BAr", {}),
    ("translate('--aaa--', 'abc-', 'ABC')", "AAA", {}),
    ("string-length('ሰላም')", "3", {}),
    ("normalize-space('  a   b ')", "a b", {}),
    ("contains('abc', 'bc')", "true", {}),
    ("starts-with('abc', 'b')", "false", {}),
    ("ends-with('abc', 'bc')", "true", {}),
    ("regex('A12', '^[A-Z][0-9]+$')", "true", {}),
    ("regex('xA12x', '[0-9]')", "true", {}),
    ("regex('é', '^\\w$')", "false", {}),
    ("regex('é', '^\\p{L}$')", "true", {}),
    ("regex('É1', '^[\\p{Lu}0-9]+$')", "true", {}),
    ("regex('١', '^\\d$')", "false", {}),
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72", {}),
    ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d", {}),
    ("digest('abc', 'SHA-256')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", {}),
    ("base64-decode('SGVsbG8=')", "Hello", {}),
    ("base64-decode('*')", "", {}),
    ("string-length(uuid())", "36", {}),
    ("string-length(uuid(12))", "12", {}),
    # booleans
    ("if(true(), 'a', 'b')", "a", {}),
    ("if('', 'a', 'b')", "b", {}),
    ("coalesce('', 'b')", "b", {}),
    ("coalesce('a', 'b')", "a", {}),
    ("true()", "true", {}),
    ("false()", "false", {}),
    ("boolean('false')", "true", {}),
    ("boolean(0)", "false", {}),
    ("boolean(number('x'))", "false", {}),
    ("not('')", "true", {}),
    ("boolean-from-string('1')", "true", {}),
    ("boolean-from-string('true')", "true", {}),
    ("boolean-from-string('yes')", "false", {}),
    ("checklist(1, 2, 1, 0, true())", "true", {}),
    ("checklist(-1, 1, 1, 1)", "false", {}),
    ("checklist(2, -1, 'true', '1')", "true", {}),
    ("weighted-checklist(3, 5, 1, 2, 1, 3)", "true", {}),
    ("weighted-checklist(3, 5, '1', '2', '0', '3')", "false", {}),
    ("weighted-checklist(-1, 4, 1, 2, 1, 3)", "false", {}),
    # numbers
    ("number('12')", "12", {}),
    ("number('1e3')", "1000", {}),
    ("number('twelve')", "", {}),
    ("number('2026-01-22')", "20475", {}),
    ("number('1970-01-02T02:00:00.000+02:00')", "1", {}),
    ("int('7.9')", "7", {}),
    ("int(-7.9)", "-7", {}),
    ("int('x')", "", {}),
    ("round(2.5)", "3", {}),
    ("round(-2.5)", "-2", {}),
    ("round(1.005, 2)", "1.01", {}),
    ("round(1234, -2)", "1200", {}),
    ("round(2.345, 1)", "2.3", {}),
    ("floor(-1.5)", "-2", {}),
    ("ceiling(1.2)", "2", {}),
    ("abs(-3)", "3", {}),
    ("min(3, '', 2)", "2", {}),
    ("max(3, 'x')", "", {}),
    ("max('', '')", "", {}),
    ("sum('1')", "1", {}),
    ("pow(2, 10)", "1024", {}),
    ("pow(0, -1)", "Infinity", {}),
    ("log(1)", "0", {}),
    ("log(-1)", "", {}),
    ("log10(1000)", "3", {}),
    ("sqrt(9)", "3", {}),
    ("sqrt(-1)", "", {}),
    ("exp(0)", "1", {}),
    ("exp10(2)", "100", {}),
    ("round(sin(1), 3)", "0.841", {}),
    ("round(cos(1), 3)", "0.54", {}),
    ("round(tan(1), 3)", "1.557", {}),
    ("round(asin(1), 3)", "1.571", {}),
    ("acos(1)", "0", {}),
    ("acos(2)", "", {}),
    ("round(atan(1), 3)", "0.785", {}),
    ("round(atan2(1, 1), 3)", "0.785", {}),
    ("pi()", str(math.pi), {}),
    ("random() < 1", "true", {}),
    # dates: the clock stands at 2026-01-22 12:00 +02:00
    ("today()", "2026-01-22", {}),
    ("string(now())", "2026-01-22T12:00:00.000+02:00", {}),
    ("date('10')", "1970-01-11", {}),
    ("date(20475.9)", "2026-01-22", {}),
    ("date('2026-01-22T23:30:00.000-05:00')", "2026-01-23", {}),
    ("date('soon')", "", {}),
    ("date(today() + 1)", "2026-01-23", {}),
    ("date-time(1.5)", "1970-01-02T14:00:00.000+02:00", {}),
    ("date-time('2026-01-22')", "2026-01-22T00:00:00.000+02:00", {}),
    ("format-date('2026-01-05', '%Y-%y-%m-%n-%d-%e %b %a %%')", "2026-26-01-1-05-5 Jan Mon %", {}),
    ("format-date('x', '%Y')", "", {}),
    ("format-date-time(now(), '%H:%h:%M:%S.%3')", "12:12:00:00.000", {}),
    ("decimal-date-time('1970-01-01T14:00:00.000+02:00')", "0.5", {}),
    ("decimal-date-time('1970-01-03')", "2", {}),
    ("decimal-time('18:00:00.000+02:00')", "0.75", {}),
    ("decimal-time('noon')", "", {}),
    ("today() - date('2026-01-01')", "21", {}),
    ("today() < now()", "true", {}),
    ("now() < date('2026-01-23')", "true", {}),
    ("today() = '2026-01-22'", "true", {}),
    ("'2026-01-22' > '2026-01-21'", "true", {}),
    # selects
    ("selected('a b c', 'b')", "true", {}),
    ("selected('ab', 'a')", "false", {}),
    ("is-selected('a b', 'a')", "true", {}),
    ("selected-at('a b c', 1)", "b", {}),
    ("selected-at('a b c', 3)", "", {}),
    ("selected-at('a b c', -1)", "", {}),
    ("count-selected(' a  b ')", "2", {}),
    # the Earth
    ("round(distance('0 0', '0 1'))", "111319", {}),
    ("round(distance('0 0 0 0; 0 1 0 0; 0 0 0 0'))", "222638", {}),
    ("round(area('0 0;0 1;1 1;1 0;0 0') div 1000000)", "12391", {}),
    ("distance('here')", "", {}),
    ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true", {}),
    ("geofence('2 2', '0 0;0 1;1 1;1 0;0 0')", "false", {}),
    # the device and the form
    ("version()", "", {}),
    ("property('username')", "mpho", {}),
    ("property('shoes')", "", {}),
    # with questions
    ("count-non-empty(${a} | ${b})", "1", {"a": "x", "b": ""}),
    ("count(${a} | ${b})", "2", {"a": "x", "b": ""}),
    ("join(', ', ${a}, ${b})", "x, y", {"a": "x", "b": "y"}),
    ("position(${a})", "1", {"a": "x"}),
]

OPERATORS: list[tuple[str, str, dict[str, str]]] = [
    ("1 + 2 * 3", "7", {}),
    ("(1 + 2) * 3", "9", {}),
    ("7 div 2", "3.5", {}),
    ("1 div 0", "Infinity", {}),
    ("-1 div 0", "-Infinity", {}),
    ("0 div 0", "", {}),
    ("7 mod 3", "1", {}),
    ("-7 mod 3", "-1", {}),
    ("5 mod 0", "", {}),
    ("- - 2", "2", {}),
    ("2 - -3", "5", {}),
    ("'1' = 1", "true", {}),
    ("'1.0' = '1'", "false", {}),
    ("'a' != 'b'", "true", {}),
    ("'2' > '10'", "false", {}),
    ("'' < 1", "false", {}),
    ("true() = 'false'", "true", {}),
    ("true() or 1 div 0", "true", {}),
    ("false() and true()", "false", {}),
    ("1 < 2 and 2 <= 2 and 3 >= 3 and 4 > 3", "true", {}),
    ("${a} = ''", "true", {"a": ""}),
    ("not(${a})", "true", {"a": ""}),
    ("not(${a})", "false", {"a": "0"}),
    ("${a} = 5", "true", {"a": "5.0"}),
    ("${a} > 5", "false", {"a": ""}),
    ("if(${a}, 'yes', 'no')", "no", {"a": ""}),
    ("${a} + ${b}", "3", {"a": "1", "b": "2"}),
    ("${a} + ${b}", "", {"a": "1", "b": ""}),
    ("/data/a", "x", {"a": "x"}),
    ("../a", "x", {"a": "x"}),
    ("./../a", "x", {"a": "x"}),
    ("//a", "x", {"a": "x"}),
    ("current()/../a", "x", {"a": "x"}),
    ("(/data/a | /data/b)[2]", "y", {"a": "x", "b": "y"}),
]


@pytest.mark.parametrize(("expression", "expected", "answers"), CASES + OPERATORS)
def test_expression_gives(expression: str, expected: str, answers: dict[str, str]) -> None:
    assert Scenario.calculating(expression, **answers).says("result") == expected


def test_long_sums_and_deep_conditions_are_understood() -> None:
    chain = " + ".join(["1", "- 1", *["${a}"] * 500]).replace("+ -", "-")
    assert Scenario.calculating(chain, a="2").says("result") == "1000"
    assert Scenario.calculating(" and ".join(["${a}"] * 500), a="2").says("result") == "true"
    assert Scenario.calculating(" or ".join(["''"] * 500 + ["${a}"]), a="2").says("result") == "true"
    ladder = "".join(f"if(${{a}} = {at}, 'step {at}', " for at in range(100)) + "'none'" + ")" * 100
    assert Scenario.calculating(ladder, a="99").says("result") == "step 99"
    with pytest.raises(FormTrouble, match="nested too deeply"):
        Scenario.calculating("(" * 500 + "1" + ")" * 500)


def test_every_function_has_a_case_or_a_form() -> None:
    elsewhere = {
        "once",
        "pulldata",
        "instance",
        "current",
        "randomize",
        "indexed-repeat",
        "jr:choice-name",
        "jr:itext",
        "last",
    }
    told = " ".join(expression for expression, _expected, _answers in CASES)
    assert [name for name in sorted(NAMES - elsewhere) if f"{name}(" not in told] == []
