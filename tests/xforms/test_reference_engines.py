"""Where the two reference engines disagree: what Pitso holds to, row by row."""

from tests.xforms.scenario import Scenario

ROWS = """
| type | name | label | calculation | relevant |
| begin_repeat | r | Row | | |
| text | n | N | | |
| text | on | On | | |
| text | seen | Seen | | ${on} = 'yes' |
| calculate | total | | sum(/data/r[position() > 0]/n) | |
| end_repeat | | | | |
| calculate | sum | | sum(${n}) | |
| calculate | least | | min(${n}) | |
| calculate | most | | max(${n}) | |
| calculate | seen_all | | join(',', ${seen}) | |
| calculate | many | | count(${seen}) | |
| calculate | second | | indexed-repeat(${n}, ${r}, 2) | |
"""


def three_rows() -> Scenario:
    scenario = Scenario.of(ROWS)
    scenario.adds("r")
    scenario.adds("r")
    for at, number in enumerate(("4", "", "2"), 1):
        scenario.answers(f"r[{at}]/n", number)
    return scenario


def test_sum_min_and_max_skip_an_empty_row() -> None:
    scenario = three_rows()
    assert [scenario.says(name) for name in ("sum", "least", "most")] == ["6", "2", "4"]


def test_nodes_that_are_not_relevant_are_left_out_and_come_back_with_their_value() -> None:
    scenario = three_rows()
    for at in (1, 3):
        scenario.answers(f"r[{at}]/on", "yes")
        scenario.answers(f"r[{at}]/seen", f"s{at}")
    assert (scenario.says("seen_all"), scenario.says("many")) == ("s1,s3", "2")
    scenario.answers("r[1]/on", "no")
    assert (scenario.says("seen_all"), scenario.says("many")) == ("s3", "1")
    assert scenario.says("r[1]/seen") == ""
    assert scenario.session.kept("/data/r[1]/seen") == "s1"
    scenario.answers("r[1]/on", "yes")
    assert scenario.says("seen_all") == "s1,s3"


def test_a_calculated_boolean_is_stored_as_true_or_false() -> None:
    assert Scenario.calculating("1 = 1").says("result") == "true"
    assert Scenario.calculating("1 = 2").says("result") == "false"


def test_weighted_checklist_takes_literal_pairs() -> None:
    assert Scenario.calculating("weighted-checklist(5, 5, 1, 2, 0, 9, 1, 3)").says("result") == "true"


def test_what_reads_rows_is_fresh_after_one_is_removed() -> None:
    scenario = three_rows()
    scenario.answers("r[2]/n", 8)
    assert (scenario.says("second"), scenario.says("r[3]/total")) == ("8", "14")
    scenario.removes("r[1]")
    assert scenario.says("second") == "2"
    assert [scenario.says(f"r[{at}]/total") for at in (1, 2)] == ["10", "10"]
    assert scenario.says("sum") == "10"


COUNTED = """
| type | name | label | repeat_count |
| integer | many | How many? | |
| begin_repeat | r | Row | ${many} |
| text | n | N | |
| end_repeat | | | |
"""


def test_surplus_rows_are_parked_and_come_back() -> None:
    scenario = Scenario.of(COUNTED)
    assert scenario.rows("r") == 0
    scenario.answers("many", 12)
    scenario.answers("r[12]/n", "last")
    scenario.answers("many", 1)
    assert scenario.rows("r") == 1
    scenario.answers("many", 12)
    assert (scenario.rows("r"), scenario.says("r[12]/n")) == (12, "last")
    scenario.answers("many", "")
    assert scenario.rows("r") == 0
    assert b"last" not in scenario.session.submission()


def test_parked_rows_are_dropped_on_finishing_only() -> None:
    scenario = Scenario.of(COUNTED)
    scenario.answers("many", 2)
    scenario.answers("r[2]/n", "kept")
    scenario.answers("many", 1)
    scenario.session.finish()
    scenario.answers("many", 2)
    assert scenario.says("r[2]/n") == ""


def test_a_number_as_text_is_a_date() -> None:
    assert Scenario.calculating("date('10')").says("result") == "1970-01-11"
    assert Scenario.calculating("date(${a})", a="10").says("result") == "1970-01-11"


def test_now_as_text_is_the_full_datetime() -> None:
    assert Scenario.calculating("string(now())").says("result") == "2026-01-22T12:00:00.000+02:00"


def test_a_bare_node_is_true_by_its_text() -> None:
    assert Scenario.calculating("not(${t})", t="").says("result") == "true"
    assert Scenario.calculating("not(${t})", t="x").says("result") == "false"
    assert Scenario.calculating("${t} and true()", t="").says("result") == "false"


CHOICES = """
| list_name | name | label |
| l | a | A |
| l | b | B |
| l | c | C |
"""


def test_several_choices_are_kept_in_the_order_of_the_list() -> None:
    scenario = Scenario.of("| type | name | label |\n| select_multiple l | m | M |\n| rank l | k | K |", CHOICES)
    scenario.answers("m", "c a")
    scenario.answers("k", "c a b")
    assert (scenario.says("m"), scenario.says("k")) == ("a c", "c a b")


def test_an_item_is_taken_by_its_number() -> None:
    survey = """
    | type | name | label | calculation |
    | select_one l | s | S | |
    | calculate | second | | instance('l')/root/item[2]/label |
    | calculate | last | | instance('l')/root/item[last()]/name |
    """
    scenario = Scenario.of(survey, CHOICES)
    assert (scenario.says("second"), scenario.says("last")) == ("B", "c")


def test_an_answer_that_breaks_its_constraint_is_kept_and_marked() -> None:
    scenario = Scenario.of("""
    | type | name | label | constraint | constraint_message |
    | integer | age | Age | . < 120 | Too old |
    """)
    scenario.answers("age", 130)
    assert scenario.says("age") == "130"
    assert scenario.wrong() == [("age", "constraint")]
    assert scenario.session.problems()[0].message == "Too old"
    scenario.answers("age", 20)
    assert scenario.wrong() == []
