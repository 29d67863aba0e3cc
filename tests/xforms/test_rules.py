"""What a form may ask for besides functions: relevance, defaults, choices, rows, languages, entities."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pitso.xforms import Environment, FormTrouble, NoSuchPath, convert, read_form
from pitso.xforms.record import Frame
from tests.xforms.books import xlsform
from tests.xforms.scenario import Scenario, environment, form_of

YES_NO = """
| list_name | name | label |
| yn | yes | Yes |
| yn | no | No |
"""


def test_relevance_passes_from_group_to_question_and_to_what_reads_it() -> None:
    scenario = Scenario.of("""
    | type | name | label | relevant | calculation |
    | text | on | On | | |
    | begin_group | g | G | ${on} = '1' | |
    | text | a | A | | |
    | begin_group | h | H | ${a} != '' | |
    | text | b | B | | |
    | end_group | | | | |
    | end_group | | | | |
    | calculate | both | | | concat(${a}, ${b}) |
    """)
    assert not scenario.shows("g/a")
    scenario.answers("on", 1)
    scenario.answers("g/a", "x")
    scenario.answers("g/h/b", "y")
    assert scenario.says("both") == "xy"
    scenario.answers("on", 0)
    assert (scenario.says("both"), scenario.shows("g/h/b")) == ("", False)
    scenario.answers("on", 1)
    assert scenario.says("both") == "xy"


def test_required_and_readonly_follow_their_expressions() -> None:
    scenario = Scenario.of("""
    | type | name | label | required | required_message | readonly |
    | text | why | Why | yes | Say why | |
    | text | a | A | ${why} = 'must' | | ${why} = 'closed' |
    """)
    session = scenario.session
    assert scenario.wrong() == [("why", "required")]
    assert session.problems("/data/why")[0].message == "Say why"
    scenario.answers("why", "must")
    assert (session.required("/data/a"), scenario.wrong()) == (True, [("a", "required")])
    scenario.answers("why", "closed")
    assert (session.readonly("/data/a"), scenario.wrong()) == (True, [])


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", "12", "1.5"),
        ("decimal", "1.5", "one"),
        ("date", "2026-02-28", "2026-02-30"),
        ("time", "23:59:00.000+02:00", "25:00"),
        ("dateTime", "2026-02-28T10:00:00.000Z", "2026-02-28"),
        ("geopoint", "-29.3 27.5 1600 5", "Maseru"),
        ("geoshape", "0 0;0 1;1 1;0 0", "0 0;0 1"),
    ],
)
def test_an_answer_of_the_wrong_type_is_kept_and_marked(kind: str, good: str, bad: str) -> None:
    scenario = Scenario.of(f"| type | name | label |\n| {kind} | q | Q |")
    scenario.answers("q", bad)
    assert (scenario.says("q"), scenario.wrong()) == (bad, [("q", "type")])
    scenario.answers("q", good)
    assert scenario.wrong() == []


def test_a_datetime_without_offset_is_in_the_zone_of_the_clock() -> None:
    scenario = Scenario.of("| type | name | label |\n| dateTime | q | Q |")
    scenario.answers("q", "2026-03-01T08:00")
    assert scenario.says("q") == "2026-03-01T08:00:00.000+02:00"


def test_static_and_dynamic_defaults_and_metadata() -> None:
    scenario = Scenario.of("""
    | type | name | label | default |
    | text | a | A | plain |
    | text | b | B | concat(${a}, '!') |
    | date | d | D | today() |
    | start | start | | |
    | end | end | | |
    | today | today | | |
    | deviceid | deviceid | | |
    | username | username | | |
    | email | email | | |
    | phonenumber | phone | | |
    """)
    says = [scenario.says(name) for name in ("a", "b", "d", "today", "deviceid", "username", "email", "phone")]
    assert says == [
        "plain",
        "plain!",
        "2026-01-22",
        "2026-01-22",
        "laptop-7",
        "mpho",
        "mpho@example.org",
        "+266",
    ]
    assert (scenario.says("start"), scenario.says("end")) == ("2026-01-22T12:00:00.000+02:00", "")
    assert str(scenario.says("meta/instanceID")).startswith("uuid:")
    scenario.session.finish()
    assert scenario.says("end") == "2026-01-22T12:00:00.000+02:00"


def test_a_dynamic_default_does_not_follow_later_answers() -> None:
    scenario = Scenario.of("| type | name | label | default |\n| text | a | A | x |\n| text | b | B | ${a} |")
    scenario.answers("a", "y")
    assert scenario.says("b") == "x"


def test_a_new_row_gets_its_own_dynamic_default() -> None:
    scenario = Scenario.of("""
    | type | name | label | default |
    | begin_repeat | r | R | |
    | text | n | N | concat('row ', position(..)) |
    | end_repeat | | | |
    """)
    scenario.adds("r")
    assert [scenario.says(f"r[{at}]/n") for at in (1, 2)] == ["row 1", "row 2"]


def test_a_counted_row_gets_its_dynamic_default_and_keeps_it_while_parked() -> None:
    scenario = Scenario.of("""
    | type | name | label | default | repeat_count |
    | integer | many | M | | |
    | begin_repeat | r | R | | ${many} |
    | text | n | N | concat('row ', position(..)) | |
    | end_repeat | | | | |
    """)
    scenario.answers("many", 2)
    scenario.undoes()
    assert scenario.rows("r") == 0
    scenario.answers("many", 2)
    assert scenario.says("r[2]/n") == "row 2"


def test_a_trigger_sets_a_value_when_its_question_changes_and_only_then() -> None:
    scenario = Scenario.of("""
    | type | name | label | trigger | calculation |
    | text | a | A | | |
    | text | b | B | | |
    | calculate | stamp | | ${a} | concat(${a}, ${b}) |
    | text | chain | C | ${stamped} | concat('after ', ${stamped}) |
    | text | stamped | S | ${a} | ${a} |
    """)
    scenario.answers("b", "1")
    assert scenario.says("stamp") == ""
    scenario.answers("a", "x")
    assert (scenario.says("stamp"), scenario.says("chain")) == ("x1", "after x")
    scenario.answers("b", "2")
    assert scenario.says("stamp") == "x1"
    scenario.undoes()
    scenario.undoes()
    assert (scenario.says("stamp"), scenario.says("chain"), scenario.says("a")) == ("", "", "")


def test_two_questions_that_set_each_other_come_to_rest() -> None:
    scenario = Scenario.of("""
    | type | name | label | trigger | calculation |
    | text | a | A | ${b} | concat(${b}, 'a') |
    | text | b | B | ${a} | concat(${a}, 'b') |
    """)
    scenario.answers("a", "x")
    assert (scenario.says("b"), scenario.says("a")) == ("xb", "xba")


def test_a_trigger_in_a_row_touches_its_own_row() -> None:
    scenario = Scenario.of("""
    | type | name | label | trigger | calculation |
    | begin_repeat | r | R | | |
    | text | a | A | | |
    | calculate | seen | | ${a} | concat('saw ', ${a}) |
    | end_repeat | | | | |
    """)
    scenario.adds("r")
    scenario.answers("r[2]/a", "x")
    assert [scenario.says(f"r[{at}]/seen") for at in (1, 2)] == ["", "saw x"]


CASCADE = """
| list_name | name | label | country |
| country | ls | Lesotho | |
| country | sz | Eswatini | |
| city | maseru | Maseru | ls |
| city | leribe | Leribe | ls |
| city | mbabane | Mbabane | sz |
"""


def test_a_cascade_offers_what_fits_and_forgets_nothing_for_good() -> None:
    scenario = Scenario.of(
        """
        | type | name | label | choice_filter | calculation |
        | begin_repeat | r | R | | |
        | select_one country | country | Country | | |
        | select_one city | city | City | country = ${country} | |
        | calculate | heard | | | concat(${city}, '!') |
        | end_repeat | | | | |
        """,
        CASCADE,
    )
    scenario.adds("r")
    for at in (1, 2):
        scenario.answers(f"r[{at}]/country", "ls")
        scenario.answers(f"r[{at}]/city", "maseru")
    assert scenario.offers("r[1]/city") == ["maseru", "leribe"]
    scenario.answers("r[1]/country", "sz")
    assert scenario.offers("r[1]/city") == ["mbabane"]
    assert [scenario.says(f"r[{at}]/heard") for at in (1, 2)] == ["!", "maseru!"]
    scenario.answers("r[1]/country", "ls")
    assert scenario.says("r[1]/heard") == "maseru!"


def test_several_choices_lose_only_what_is_no_longer_offered() -> None:
    scenario = Scenario.of(
        """
        | type | name | label | choice_filter |
        | text | not | Not | |
        | select_multiple city | c | C | name != ${not} |
        """,
        CASCADE,
    )
    scenario.answers("c", "mbabane maseru")
    scenario.answers("not", "maseru")
    assert scenario.says("c") == "mbabane"


def test_choices_come_from_csv_files_with_several_conditions() -> None:
    csv = "name,label,country,big\nmaseru,Maseru,ls,1\nleribe,Leribe,ls,0\nmbabane,Mbabane,sz,1\n"
    survey = """
    | type | name | label | choice_filter | calculation |
    | text | country | C | | |
    | select_one_from_file city.csv | city | City | country = ${country} and big > 0 | |
    | calculate | found | | | instance('city')/root/item[name = ${city}]/label |
    | calculate | pulled | | | pulldata('city', 'label', 'name', ${city}) |
    | calculate | big | | | count(instance('city')/root/item[big = 1]) |
    """
    scenario = Scenario.of(survey, media={"city.csv": csv.encode()})
    scenario.answers("country", "ls")
    assert (scenario.offers("city"), scenario.labels("city")) == (["maseru"], ["Maseru"])
    scenario.answers("city", "maseru")
    assert [scenario.says(name) for name in ("found", "pulled", "big")] == ["Maseru", "Maseru", "2"]


def test_choices_come_from_geojson_and_xml_files() -> None:
    geojson = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "m1",
      "properties": {"title": "Maseru", "people": 330760},
      "geometry": {"type": "Point", "coordinates": [27.48, -29.31]}}]}"""
    survey = """
    | type | name | label | calculation |
    | select_one_from_file map.geojson | m | M | |
    | xml-external | tree | | |
    | calculate | where | | instance('map')/root/item[id = ${m}]/geometry |
    | calculate | deep | | instance('tree')/root/region[@code = 'b']/town |
    """
    tree = b"<root><region code='a'><town>A</town></region><region code='b'><town>B</town></region></root>"
    scenario = Scenario.of(survey, media={"map.geojson": geojson, "tree.xml": tree})
    scenario.answers("m", "m1")
    assert (scenario.labels("m"), scenario.says("where")) == (["Maseru"], "-29.31 27.48 0 0")
    assert scenario.says("deep") == "B"


def test_a_missing_file_is_told_when_the_form_is_opened_not_when_it_is_read() -> None:
    form = form_of("| type | name | label |\n| select_one_from_file person.csv | p | P |")
    with pytest.raises(FormTrouble, match=r"person\.csv"):
        form.begin(Environment())


def test_a_live_list_answers_from_the_workspace_and_can_be_read_again() -> None:
    people = [{"name": "p1", "label": "Mpho"}]

    def unasked() -> list[dict[str, str]]:
        raise AssertionError("the form does not read this list")

    scenario = Scenario.of(
        "| type | name | label |\n| select_one_from_file person.csv | p | P |",
        change=lambda environment: replace(environment, lists={"person": lambda: people, "council": unasked}),
    )
    assert scenario.labels("p") == ["Mpho"]
    people.append({"name": "p2", "label": "Thabo"})
    scenario.session.refresh_lists()
    assert scenario.labels("p") == ["Mpho", "Thabo"]


def test_external_choices_are_filtered_by_their_query() -> None:
    converted = convert(
        xlsform(
            survey="""
            | type | name | label | choice_filter |
            | select_one yn | c | C | |
            | select_one_external city | t | T | c=${c} |
            """,
            choices=YES_NO,
            external="| list_name | name | label | c |\n| city | a | A | yes |\n| city | b | B | no |",
        )
    )
    assert converted.itemsets is not None
    scenario = Scenario(read_form(converted.xform, media={"itemsets.csv": converted.itemsets}).begin())
    scenario.answers("c", "no")
    assert (scenario.offers("t"), scenario.labels("t")) == (["b"], ["B"])


def test_choices_come_from_the_rows_of_a_repeat() -> None:
    scenario = Scenario.of("""
    | type | name | label | choice_filter |
    | begin_repeat | r | R | |
    | text | n | N | |
    | end_repeat | | | |
    | select_one ${n} | who | Who | ${n} != '' |
    """)
    scenario.adds("r")
    scenario.answers("r[1]/n", "Mpho")
    assert scenario.offers("who") == ["Mpho"]
    scenario.answers("r[2]/n", "Thabo")
    scenario.answers("who", "Thabo")
    assert (scenario.offers("who"), scenario.says("who")) == (["Mpho", "Thabo"], "Thabo")
    scenario.removes("r[2]")
    assert scenario.says("who") == ""


def test_choices_from_rows_follow_the_rows_without_any_filter() -> None:
    scenario = Scenario.of("""
    | type | name | label |
    | begin_repeat | r | R |
    | text | n | N |
    | end_repeat | | |
    | select_one ${n} | who | Who |
    """)
    scenario.answers("r[1]/n", "Mpho")
    scenario.answers("who", "Mpho")
    assert (scenario.offers("who"), scenario.says("who")) == (["Mpho"], "Mpho")
    scenario.answers("r[1]/n", "Thabo")
    assert (scenario.offers("who"), scenario.says("who")) == (["Thabo"], "")


def test_or_other_asks_for_the_other() -> None:
    scenario = Scenario.of("| type | name | label |\n| select_one yn or_other | q | Q |", YES_NO)
    assert scenario.offers("q") == ["yes", "no", "other"]
    assert not scenario.shows("q_other")
    scenario.answers("q", "other")
    assert scenario.shows("q_other")


def test_a_seed_shuffles_the_same_way_every_time() -> None:
    letters = "\n".join(f"| l | {letter} | {letter} |" for letter in "ABCDEF")
    survey = "| type | name | label | parameters |\n| select_one l | q | Q | randomize=true seed=42 |"
    scenario = Scenario.of(survey, f"| list_name | name | label |\n{letters}")
    assert "".join(scenario.offers("q")) == "AFCBDE"
    free = Scenario.of(survey.replace(" seed=42", ""), f"| list_name | name | label |\n{letters}")
    assert free.offers("q") == free.offers("q")
    assert sorted(free.offers("q")) == list("ABCDEF")


def test_last_saved_answers_are_read() -> None:
    saved = b"<data id='x'><name>Mpho</name></data>"
    survey = "| type | name | label | default |\n| text | name | Name | ${last-saved#name} |"
    scenario = Scenario.of(survey, change=lambda environment: replace(environment, last_saved=saved))
    assert scenario.says("name") == "Mpho"
    assert Scenario.of(survey).says("name") == ""


def test_positions_running_totals_and_the_row_before() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | integer | in | In | |
    | calculate | at | | position(..) |
    | calculate | before | | coalesce(indexed-repeat(${balance}, ${r}, position(..) - 1), 0) |
    | calculate | balance | | ${before} + ${in} |
    | calculate | upto | | sum(/data/r[position() <= position(current()/..)]/in) |
    | calculate | previous | | /data/r[position() = position(current()/..) - 1]/in |
    | end_repeat | | | |
    """)
    for _more in range(3):
        scenario.adds("r")
    for at, number in enumerate((1, 10, 100, 1000), 1):
        scenario.answers(f"r[{at}]/in", number)
    assert [scenario.says(f"r[{at}]/balance") for at in (1, 2, 3, 4)] == ["1", "11", "111", "1111"]
    assert [scenario.says(f"r[{at}]/upto") for at in (1, 2, 3, 4)] == ["1", "11", "111", "1111"]
    scenario.answers("r[1]/in", 2)
    assert scenario.says("r[4]/balance") == "1112"
    scenario.removes("r[2]")
    assert [scenario.says(f"r[{at}]/balance") for at in (1, 2, 3)] == ["2", "102", "1102"]
    assert [scenario.says(f"r[{at}]/at") for at in (1, 2, 3)] == ["1", "2", "3"]
    assert [scenario.says(f"r[{at}]/previous") for at in (1, 2, 3)] == ["", "2", "100"]
    scenario.undoes()
    assert [scenario.says(f"r[{at}]/balance") for at in (1, 2, 3, 4)] == ["2", "12", "112", "1112"]


def test_a_running_total_by_predicate_is_no_circle() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | integer | in | In | |
    | calculate | balance | | sum(/data/r[position() = position(current()/..) - 1]/balance) + ${in} |
    | end_repeat | | | |
    """)
    scenario.adds("r")
    scenario.adds("r")
    for at in (3, 2, 1):
        scenario.answers(f"r[{at}]/in", at)
    assert [scenario.says(f"r[{at}]/balance") for at in (1, 2, 3)] == ["1", "3", "6"]


def test_a_total_that_goes_from_row_to_row_through_two_questions_takes_one_turn_a_row() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | integer | in | In | |
    | calculate | before | | sum(/data/r[position() < position(current()/..)]/share) |
    | calculate | share | | round((${before} + coalesce(${in}, 0)) div 2) |
    | end_repeat | | | |
    """)
    for _more in range(599):
        scenario.adds("r")
    work = scenario.session.form.plan.graph.rules
    evaluated = 0

    def counted(inner: Callable[[Frame], object]) -> Callable[[Frame], object]:
        def work(frame: Frame) -> object:
            nonlocal evaluated
            evaluated += 1
            return inner(frame)

        return work

    kept = [rule.work for rule in work]
    for rule in work:
        rule.work = counted(rule.work)
    try:
        scenario.answers("r[1]/in", 2)
    finally:
        for rule, inner in zip(work, kept, strict=True):
            rule.work = inner
    assert [scenario.says(f"r[{at}]/share") for at in (1, 2, 3, 4)] == ["1", "1", "1", "2"]
    assert evaluated <= 2 * 600


NESTED = """
| type | name | label | calculation | repeat_count | relevant |
| begin_repeat | house | House | | | |
| integer | people | People | | | |
| begin_repeat | person | Person | | ${people} | |
| integer | age | Age | | | |
| calculate | tag | | concat(position(../..), '.', position(..)) | | |
| text | school | School | | | ${age} < 18 |
| calculate | sisters | | count(../../person) | | |
| end_repeat | | | | | |
| calculate | oldest | | max(${age}) | | |
| end_repeat | | | | | |
| calculate | everyone | | count(${person}) | | |
| calculate | ages | | sum(${age}) | | |
| calculate | one | | indexed-repeat(${age}, ${house}, 2, ${person}, 1) | | |
"""


def test_repeats_within_repeats() -> None:
    scenario = Scenario.of(NESTED)
    scenario.answers("house[1]/people", 2)
    scenario.adds("house")
    scenario.answers("house[2]/people", 1)
    for path, age in (("house[1]/person[1]", 40), ("house[1]/person[2]", 9), ("house[2]/person[1]", 70)):
        scenario.answers(f"{path}/age", age)
    assert scenario.says("house[1]/person[2]/tag") == "1.2"
    assert [scenario.says(name) for name in ("everyone", "ages", "one")] == ["3", "119", "70"]
    assert (scenario.says("house[1]/oldest"), scenario.says("house[2]/oldest")) == ("40", "70")
    assert scenario.says("house[1]/person[1]/sisters") == "2"
    assert scenario.shows("house[1]/person[2]/school")
    assert not scenario.shows("house[1]/person[1]/school")
    scenario.answers("house[1]/people", 1)
    assert [scenario.says(name) for name in ("everyone", "ages")] == ["2", "110"]
    scenario.removes("house[1]")
    assert [scenario.says(name) for name in ("everyone", "ages", "one")] == ["1", "70", ""]
    assert scenario.says("house[1]/person[1]/tag") == "1.1"


def test_absolute_paths_inside_a_row_mean_that_row() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | text | n | N | |
    | calculate | same | | /data/r/n |
    | calculate | rows | | count(/data/r) |
    | end_repeat | | | |
    """)
    scenario.adds("r")
    scenario.answers("r[1]/n", "a")
    scenario.answers("r[2]/n", "b")
    assert [scenario.says(f"r[{at}]/same") for at in (1, 2)] == ["a", "b"]
    assert scenario.says("r[1]/rows") == "2"


def test_a_condition_on_rows_speaks_of_the_row_being_judged() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | integer | in | In | |
    | calculate | same | | count(/data/r[/data/r/in = current()/../in]) |
    | end_repeat | | | |
    | calculate | big | | count(${r}[${in} > 1]) |
    | calculate | sum | | sum(${in}[. > 1]) |
    """)
    for at, number in enumerate((1, 2, 2), 1):
        if at > 1:
            scenario.adds("r")
        scenario.answers(f"r[{at}]/in", number)
    assert (scenario.says("big"), scenario.says("sum")) == ("2", "4")
    assert [scenario.says(f"r[{at}]/same") for at in (1, 2, 3)] == ["1", "2", "2"]


def test_a_condition_that_looks_where_nothing_is_counts_as_empty_and_is_told() -> None:
    form = form_of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | integer | in | In | |
    | calculate | big | | count(${r}[${in} > 1]) |
    | end_repeat | | | |
    """)
    assert len(form.limits) == 1
    assert "“big”" in form.limits[0]
    session = form.begin()
    session.answer("/data/r[1]/in", "5")
    assert session.value("/data/r[1]/big") == "0"


def test_a_count_that_asks_for_another_row_while_the_last_says_so() -> None:
    wanted = "if(/data/r[position() = last()]/more = 'yes', count(${r}) + 1, max(1, count(${r})))"
    scenario = Scenario.of(f"""
    | type | name | label | repeat_count |
    | begin_repeat | r | R | {wanted} |
    | text | more | More | |
    | end_repeat | | | |
    """)
    assert scenario.rows("r") == 1
    scenario.answers("r[1]/more", "yes")
    assert scenario.rows("r") == 2
    scenario.answers("r[2]/more", "yes")
    assert scenario.rows("r") == 3


def test_labels_speak_values_choice_names_and_the_language() -> None:
    survey = """
    | type | name | label::English (en) | label::Français (fr) | calculation | constraint |"""
    survey += """ constraint_message::English (en) | constraint_message::Français (fr) |
    | text | who | Who? | Qui ? | | | | |
    | select_one yn | q | Is ${who} here? | ${who} est là ? | | | | |
    | calculate | name | | | jr:choice-name(${q}, '${q}') | | | |
    | note | n | Said: ${name} | Dit : ${name} | | | | |
    | integer | i | I | I | | . > 1 | Not ${i}, ${who} | Pas ${i}, ${who} |
    """
    choices = """
    | list_name | name | label::English (en) | label::Français (fr) |
    | yn | yes | Yes, ${who} | Oui, ${who} |
    | yn | no | No | Non |
    """
    scenario = Scenario.of(survey, choices, settings="| default_language |\n| English (en) |")
    scenario.answers("who", "Mpho")
    scenario.answers("q", "yes")
    scenario.answers("i", 1)
    assert (scenario.asks("q"), scenario.labels("q")) == ("Is Mpho here?", ["Yes, Mpho", "No"])
    assert scenario.asks("n") == "Said: Yes, Mpho"
    assert scenario.session.problems()[0].message == "Not 1, Mpho"
    scenario.session.speak("fr")
    assert (scenario.asks("q"), scenario.labels("q")) == ("Mpho est là ?", ["Oui, Mpho", "Non"])
    assert (scenario.asks("n"), scenario.says("name")) == ("Dit : Oui, Mpho", "Oui, Mpho")
    assert scenario.session.problems()[0].message == "Pas 1, Mpho"


def test_a_missing_translation_falls_back_to_the_forms_own_language() -> None:
    scenario = Scenario.of(
        """
        | type | name | label::English (en) | label::العربية (ar) | hint::English (en) |
        | text | q | Name | الاسم | In full |
        | text | r | Only English | | |
        """,
        settings="| default_language |\n| English (en) |",
    )
    scenario.session.speak("ar")
    assert (scenario.asks("q"), scenario.session.hint("/data/q")) == ("الاسم", "In full")
    assert scenario.asks("r") == "Only English"
    assert scenario.session.language_code == "ar"


def test_changes_name_what_a_screen_must_paint_again_and_nothing_else() -> None:
    scenario = Scenario.of("""
    | type | name | label | relevant | calculation | required | constraint |
    | text | a | A | | | | |
    | text | b | About ${a} | | | | |
    | text | c | C | ${a} = 'x' | | | |
    | calculate | d | | | concat(${a}, '!') | | |
    | text | e | E | | | ${a} = 'x' | |
    | text | f | F | | | | |
    | begin_repeat | r | R | | | | |
    | text | n | N | | | | |
    | end_repeat | | | | | | |
    """)
    session = scenario.session
    assert session.changes() == ()
    scenario.answers("a", "x")
    assert session.changes() == tuple(f"/data/{name}" for name in "abcde")
    scenario.answers("f", "y")
    assert session.changes() == ("/data/f",)
    scenario.answers("f", "y")
    assert session.changes() == ()
    scenario.adds("r")
    assert session.changes() == ("/data/r",)
    scenario.answers("r[2]/n", "z")
    assert session.changes() == ("/data/r[2]/n",)
    scenario.removes("r[2]")
    assert session.changes() == ("/data/r",)


def test_undo_walks_back_over_answers_and_rows() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation |
    | text | a | A | |
    | begin_repeat | r | R | |
    | text | n | N | |
    | end_repeat | | | |
    | calculate | all | | concat(${a}, join('', ${n})) |
    """)
    scenario.answers("a", "1")
    scenario.adds("r")
    scenario.answers("r[2]/n", "2")
    scenario.removes("r[1]")
    assert scenario.says("all") == "12"
    seen = []
    while scenario.session.undo():
        seen.append((scenario.rows("r"), scenario.says("all")))
    assert seen == [(2, "12"), (2, "1"), (1, "1"), (1, "")]


def test_rows_keep_their_ids_whatever_comes_and_goes() -> None:
    scenario = Scenario.of("| type | name | label |\n| begin_repeat | r | R |\n| text | n | N |\n| end_repeat | | |")
    session = scenario.session
    session.add_row("/data/r", id="mine")
    scenario.adds("r")
    first, mine, third = session.row_ids("/data/r")
    assert mine == "mine"
    assert len({first, mine, third}) == 3
    key = session.key("/data/r[2]/n")
    assert key == "/data/r{mine}/n"
    scenario.removes("r[1]")
    assert session.row_ids("/data/r") == (mine, third)
    assert session.path(key) == "/data/r[1]/n"
    session.answer(key, "x")
    assert scenario.says("r[1]/n") == "x"
    with pytest.raises(NoSuchPath):
        session.answer("/data/r[3]/n", "x")


def test_answers_that_are_not_to_be_given_are_refused() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation | repeat_count |
    | calculate | c | | 1 + 1 | |
    | begin_repeat | r | R | | 2 |
    | text | n | N | | |
    | end_repeat | | | | |
    """)
    session = scenario.session
    assert session.readonly("/data/c")
    for deed in (
        lambda: session.answer("/data/c", "3"),
        lambda: session.add_row("/data/r"),
        lambda: session.remove_row("/data/r[1]"),
        lambda: session.add_row("/data/c"),
    ):
        with pytest.raises(ValueError, match="/data/"):
            deed()
    with pytest.raises(NoSuchPath):
        session.value("/data/nothing")


@pytest.mark.parametrize(
    ("survey", "names"),
    [
        ("| calculate | a | | ${b} | |\n| calculate | b | | ${a} | |", {"a", "b"}),
        ("| calculate | a | | ${a} + 1 | |", {"a"}),
        ("| text | a | A | | ${a} = '' |", {"a"}),
        ("| begin_group | g | G | | ${a} = '' |\n| text | a | A | | |\n| end_group | | | | |", {"g"}),
    ],
)
def test_a_circle_is_refused_with_its_names(survey: str, names: set[str]) -> None:
    with pytest.raises(FormTrouble) as caught:
        form_of(f"| type | name | label | calculation | relevant |\n{survey}")
    told = caught.value.happened.rpartition(":")[2]
    assert {name.strip(" .") for name in told.split("→")} == names
    assert (caught.value.sheet, caught.value.row) == ("survey", 2)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("${a} +", "stops too early"),
        ("if(${a}, 1)", "2 arguments"),
        ("upper(${a})", "no function"),
        ("instance('nobody')/root/item", "no list"),
        ("/data/zzz", "not in the form"),
        ("${a} = §", "means nothing"),
        ("regex(${a}, '[')", "regular expression"),
        ("following::a", "axis"),
    ],
)
def test_a_faulty_expression_is_told_with_sheet_row_and_column(expression: str, said: str) -> None:
    with pytest.raises(FormTrouble, match=said) as caught:
        form_of(f"| type | name | label | calculation |\n| text | a | A | |\n| calculate | c | | {expression} |")
    assert (caught.value.sheet, caught.value.row, caught.value.column) == ("survey", 3, "calculation")


def test_what_pitso_does_not_do_is_said_and_not_ignored() -> None:
    form = form_of(
        """
        | type | name | label | trigger | appearance |
        | text | a | A | | ex:org.example.app |
        | background-audio | sound | | | |
        | background-geopoint | place | P | ${a} | |
        | audit | audit | | | |
        """,
        settings="| public_key | auto_send |\n| abc | true |",
    )
    assert len(form.limits) == 6
    assert all(limit.endswith(".") for limit in form.limits)
    form.begin(Environment())


def test_entities_are_created_and_updated_in_the_submission() -> None:
    survey = """
    | type | name | label | save_to |
    | select_one_from_file person.csv | who | Who | |
    | text | name | Name | full_name |
    """
    entities = """
    | list_name | label | entity_id | create_if | update_if |
    | person | ${name} | ${who} | ${who} = '' | ${who} != '' |
    """
    people = [{"name": "p1", "label": "Mpho", "__version": "3"}]
    scenario = Scenario.of(
        survey,
        entities=entities,
        change=lambda environment: replace(environment, lists={"person": lambda: people}),
    )
    scenario.answers("name", "Thabo")
    xml = scenario.session.submission().decode()
    (created,) = scenario.session.entities()
    assert (created.list, created.create, created.label) == ("person", True, "Thabo")
    assert created.properties == {"full_name": "Thabo"}
    assert 'create="true"' in xml
    assert 'update="false"' in xml
    assert "<label>Thabo</label>" in xml
    scenario.answers("who", "p1")
    xml = scenario.session.submission().decode()
    assert 'id="p1"' in xml
    assert 'baseVersion="3"' in xml
    (updated,) = scenario.session.entities()
    assert (updated.id, updated.create, updated.update, updated.base_version) == ("p1", False, True, "3")
    assert scenario.session.form.files == {"person": "person.csv"}
    assert 'update="true"' in xml
    assert scenario.session.form.question("/data/name").attributes == {"entities:saveto": "full_name"}


def test_rows_inside_a_row_that_is_not_relevant_are_not_relevant_either() -> None:
    scenario = Scenario.of("""
    | type | name | label | relevant | calculation |
    | text | on | On | | |
    | begin_repeat | r | R | ${on} != 'off' | |
    | begin_repeat | s | S | | |
    | text | x | X | | |
    | end_repeat | | | | |
    | end_repeat | | | | |
    | calculate | all | | | join('', ${x}) |
    | calculate | many | | | count(${x}) |
    """)
    scenario.answers("r[1]/s[1]/x", "in")
    assert (scenario.says("all"), scenario.says("many")) == ("in", "1")
    scenario.answers("on", "off")
    assert not scenario.shows("r[1]/s[1]/x")
    assert not scenario.shows("r[1]/s")
    assert not scenario.shows("r")
    assert (scenario.says("all"), scenario.says("many")) == ("", "0")
    assert b"<r>" not in scenario.session.submission()
    scenario.answers("on", "")
    assert scenario.says("all") == "in"


def test_an_answer_that_is_not_on_offer_counts_as_empty() -> None:
    scenario = Scenario.of(
        """
        | type | name | label | choice_filter | calculation |
        | select_one country | country | Country | | |
        | select_one city | city | City | country = ${country} | |
        | select_one city | copied | Copied | country = ${country} | ${city} |
        """,
        CASCADE,
    )
    scenario.answers("city", "mbabane")
    assert scenario.says("city") == ""
    scenario.answers("country", "sz")
    assert scenario.says("city") == "mbabane"
    assert scenario.says("copied") == "mbabane"


def test_a_condition_beside_an_equality_may_count_places() -> None:
    survey = """
    | type | name | label | calculation |
    | select_one city | q | Q | |
    | calculate | both | | count(instance('city')/root/item[country = 'sz' and position() = 3]) |
    | calculate | then | | instance('city')/root/item[country = 'ls'][2]/name |
    | calculate | by_number | | count(instance('city')/root/item[number('3') = string-length(name) - 3]) |
    """
    scenario = Scenario.of(survey, CASCADE)
    assert [scenario.says(name) for name in ("both", "then", "by_number")] == ["1", "leribe", "2"]


def test_a_constraint_that_speaks_of_others_only_is_judged_when_answered() -> None:
    scenario = Scenario.of("""
    | type | name | label | constraint |
    | text | a | A | |
    | text | b | B | ${a} = 'x' |
    """)
    assert scenario.wrong() == []
    scenario.answers("b", "any")
    assert scenario.wrong() == [("b", "constraint")]
    scenario.answers("a", "x")
    assert scenario.wrong() == []


def test_a_repeat_speaks_its_label_also_while_it_has_no_row() -> None:
    scenario = Scenario.of("""
    | type | name | label | repeat_count | hint |
    | integer | many | Many | | |
    | begin_repeat | r | Rows of ${many}, first ${x} | ${many} | |
    | text | x | X | | |
    | end_repeat | | | | |
    """)
    assert scenario.asks("r") == "Rows of , first "
    scenario.answers("many", 2)
    scenario.answers("r[2]/x", "two")
    assert scenario.asks("r[2]") == "Rows of 2, first two"


def test_each_row_may_create_its_own_entity() -> None:
    survey = """
    | type | name | label | save_to |
    | text | council | Council | |
    | begin_repeat | r | R | |
    | text | name | Name | full_name |
    | begin_group | g | G | |
    | text | post | Post | post |
    | end_group | | | |
    | end_repeat | | | |
    """
    scenario = Scenario.of(survey, entities="| list_name | label |\n| person | ${name} |")
    scenario.adds("r")
    for at, name in enumerate(("Mpho", "Thabo"), 1):
        scenario.answers(f"r[{at}]/name", name)
        scenario.answers(f"r[{at}]/g/post", f"post {at}")
    found = scenario.session.entities()
    assert [(entity.label, entity.properties) for entity in found] == [
        ("Mpho", {"full_name": "Mpho", "post": "post 1"}),
        ("Thabo", {"full_name": "Thabo", "post": "post 2"}),
    ]
    assert len({entity.id for entity in found} - {""}) == 2


def test_a_slip_of_the_finger_does_not_fill_the_memory_and_is_told() -> None:
    scenario = Scenario.of("""
    | type | name | label | repeat_count |
    | integer | many | Many | |
    | begin_repeat | r | R | ${many} |
    | text | x | X | |
    | end_repeat | | | |
    """)
    scenario.answers("many", "123456789")
    assert scenario.rows("r") == 10_000
    assert scenario.wrong() == [("r", "rows")]
    scenario.answers("many", "1")
    assert (scenario.rows("r"), scenario.wrong()) == (1, [])


def test_choice_names_speak_of_their_own_row() -> None:
    scenario = Scenario.of(
        """
        | type | name | label | calculation |
        | begin_repeat | r | R | |
        | select_one yn | q | Q | |
        | calculate | said | | jr:choice-name(${q}, '${q}') |
        | note | n | You said ${said} | |
        | end_repeat | | | |
        """,
        YES_NO,
    )
    scenario.adds("r")
    scenario.answers("r[2]/q", "no")
    assert [scenario.asks(f"r[{at}]/n") for at in (1, 2)] == ["You said ", "You said No"]
    assert scenario.session.question("/data/r[2]/q").kind == "select_one"


@pytest.mark.parametrize(
    ("predicate", "names"),
    [
        ("position() <= 2", "maseru leribe"),
        ("position() < 2", "maseru"),
        ("position() > 2", "mbabane"),
        ("position() >= 1.5", "leribe mbabane"),
        ("2 >= position()", "maseru leribe"),
        ("1.5 < position()", "leribe mbabane"),
        ("position() <= -3", ""),
        ("position() > 1 div 0", ""),
        ("position() < number('x')", ""),
        ("position() != 2", "maseru mbabane"),
        ("last() - 1", "leribe"),
        ("country = 'ls'", "maseru leribe"),
        ("name", "maseru leribe mbabane"),
        ("not(name = 'leribe')][2", "mbabane"),
    ],
)
def test_predicates_pick_by_place_and_by_content(predicate: str, names: str) -> None:
    survey = f"""
    | type | name | label | calculation |
    | select_one city | q | Q | |
    | calculate | found | | join(' ', instance('city')/root/item[{predicate}]/name) |
    """
    assert Scenario.of(survey, CASCADE).says("found") == names


def test_every_new_row_asks_what_is_always_required() -> None:
    scenario = Scenario.of("""
    | type | name | label | required | readonly |
    | begin_repeat | r | R | | |
    | text | must | M | yes | |
    | text | shut | S | | yes |
    | end_repeat | | | | |
    """)
    scenario.adds("r")
    assert scenario.wrong() == [("r[1]/must", "required"), ("r[2]/must", "required")]
    assert scenario.wrong("r[2]") == [("r[2]/must", "required")]
    assert scenario.session.readonly("/data/r[2]/shut")
    scenario.removes("r[1]")
    assert scenario.wrong("r") == [("r[1]/must", "required")]


def test_forms_that_were_written_by_hand_open_too() -> None:
    """Choices inside the control, a group without data, bind ids, a label that is a value, a repeat without a group."""
    form = read_form(b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Old</h:title>
      <model><instance><old id="old"><title>Hello</title><pick/><many/>
        <person><name>First</name></person><person><name>Second</name></person></old></instance>
      <bind id="pick" nodeset="/old/pick" type="xsd:string" jr:constraintMsg="Not b" constraint=". != 'b'"/>
      <bind nodeset="/old/person/name" type="xsd:int"/></model></h:head><h:body>
      <group><label>Layout</label>
        <select1 bind="pick"><label ref="/old/title"/>
          <item><label>A <output value="/old/title"/></label><value>a</value></item>
          <item><label>B</label><value>b</value></item></select1></group>
      <repeat nodeset="/old/person"><input ref="name"><label>Name</label></input></repeat></h:body></h:html>""")
    scenario = Scenario(form.begin())
    assert scenario.asks("/old/pick") == "Hello"
    assert scenario.labels("/old/pick") == ["A Hello", "B"]
    scenario.answers("/old/pick", "b")
    assert [problem.message for problem in scenario.session.problems("/old/pick")] == ["Not b"]
    assert (scenario.rows("/old/person"), scenario.says("/old/person[2]/name")) == (2, "Second")
    assert [problem.kind for problem in scenario.session.problems("/old/person")] == ["type", "type"]
    assert form.outline == ("#0", "/old/person")
    assert form.groups[0].members == ("/old/pick",)


def test_a_control_that_pitso_does_not_know_is_told() -> None:
    xform = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
      <h:title>T</h:title><model><instance><data id="t"><a/></data></instance></model></h:head>
      <h:body><hologram ref="/data/a"/></h:body></h:html>"""
    with pytest.raises(FormTrouble, match="hologram"):
        read_form(xform)
    with pytest.raises(FormTrouble, match="/data/b"):
        read_form(xform.replace(b"hologram", b"input").replace(b"/data/a", b"/data/b"))


def test_choices_in_a_drawn_order_stay_in_that_order() -> None:
    choices = "| list_name | name | label |\n" + "\n".join(f"| l | n{at} | N {at} |" for at in range(12))
    drawn = Scenario.of("| type | name | label | parameters |\n| select_one l | a | A | randomize=true |", choices)
    first = drawn.offers("a")
    assert sorted(first) == sorted(f"n{at}" for at in range(12))
    assert first != [f"n{at}" for at in range(12)]
    drawn.answers("a", "n3")
    assert drawn.offers("a") == first
    seeded = "| type | name | label | parameters |\n| select_one l | a | A | randomize=true, seed=7 |"
    assert Scenario.of(seeded, choices).offers("a") == Scenario.of(seeded, choices).offers("a") != first


def test_a_text_by_its_id_is_in_the_language_being_spoken() -> None:
    scenario = Scenario.of(
        """
        | type | name | label::English (en) | label::Français (fr) | calculation |
        | text | a | A question | Une question | |
        | calculate | said | | | jr:itext('/data/a:label') |
        """
    )
    assert scenario.says("said") == "A question"
    scenario.session.speak("fr")
    assert scenario.says("said") == "Une question"


def test_a_form_in_arabic_and_french_is_filled_in_both() -> None:
    scenario = Scenario.of(
        """
        | type | name | label::AR | label::FR | constraint | constraint_message::AR | constraint_message::FR |
        | integer | n | كم عدد المجالس؟ | Combien de conseils ? | . > 0 | يجب أن يكون أكبر من صفر | Plus de zéro |
        | select_one l | w | المجلس | Le conseil de ${n} | | | |
        | note | t | ${w} من ${n} | ${w} sur ${n} | | | |
        """.replace("AR", "العربية (ar)").replace("FR", "Français (fr)"),
        """
        | list_name | name | label::العربية (ar) | label::Français (fr) |
        | l | maseru | ماسيرو | Maseru |
        | l | leribe | ليريبي | Leribe |
        """,
    )
    scenario.answers("n", "0")
    assert scenario.session.problems("/data/n")[0].message == "يجب أن يكون أكبر من صفر"
    scenario.answers("n", "10")
    scenario.answers("w", "leribe")
    assert (scenario.asks("t"), scenario.labels("w")) == ("leribe من 10", ["ماسيرو", "ليريبي"])
    scenario.session.speak("fr")
    assert (scenario.asks("t"), scenario.asks("w")) == ("leribe sur 10", "Le conseil de 10")
    again = scenario.session.form.restore(scenario.session.submission(), environment())
    assert again.value("/data/w") == "leribe"
