"""The cooperation agreement for signature: in one language, and in two or three beside each other."""

from collections.abc import Mapping

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import finishing, issuing, papers, records
from pitso.services.filling import open_record
from pitso.services.issuing import Way
from pitso.services.papers import Order
from pitso.services.workspace import Workspace
from tests.paper import reading

PORTUGUESE = {
    "into": "pt",
    "title_said": "Cooperação da LALA e da BALA",
    "purpose_said": "As partes ajudam-se a servir melhor os seus membros.",
}
ARABIC = {"into": "ar", "title_said": "تعاون LALA و BALA", "principles_said": "الطرفان متساويان."}


def record(ws: Workspace) -> str:
    return papers.record_called(ws, "agreement", "")


def translate(ws: Workspace, *rows: Mapping[str, str]) -> None:
    """Further languages of the story's agreement, which stands in English and French."""
    finishing.correct(open_record(ws, record(ws)), "The text in further languages")
    for number, answers in enumerate(rows, 2):
        records.add_row(open_record(ws, record(ws)), "/data/translations")
        filled = open_record(ws, record(ws))
        for name, text in answers.items():
            records.answer(filled, filled.session.key(f"/data/translations[{number}]/{name}"), text)
        assert filled.session.problems() == ()


def told(ws: Workspace, language: str) -> str:
    paper = papers.make(ws, "agreement", of=record(ws), language=language)
    reading.sound(paper.pdf)
    return reading.whole(paper.pdf)


def test_both_sides_sign_one_text_in_two_languages(demo: Workspace) -> None:
    said = told(demo, "en+fr")
    for words in (
        "Cooperation of LALA and BALA",
        "Coopération de LALA et de BALA",
        "the benefit is mutual",
        "le bénéfice est mutuel",
        "From 19 June 2026 to 18 June 2029.",
        "19 juin 2026",
        "remis au plus tard le 31 juillet 2026",
    ):
        assert words in said
    signed = said[said.index("Signatures") :]
    assert signed.count("Refiloe Koro-Naleli") == 1
    assert signed.count("Kagiso Naledi-Noka") == 1
    assert "not translated yet" not in said
    assert "traduit" not in said


def test_one_language_says_everything_in_it_as_far_as_it_was_written(demo: Workspace) -> None:
    assert "le bénéfice est mutuel" in told(demo, "fr")
    assert "the benefit is mutual" not in told(demo, "fr")
    assert "the benefit is mutual" in told(demo, "pt"), "nobody wrote it in Portuguese"


def test_three_languages_stand_beside_each_other_and_what_lacks_is_said(demo: Workspace) -> None:
    translate(demo, PORTUGUESE)
    said = told(demo, "en+fr+pt")
    assert "servir melhor os seus membros" in " ".join(said.split())
    assert said.count("(not translated yet)") + said.count("(ainda não traduzido)") == 7


def test_arabic_stands_beside_english_whichever_comes_first(demo: Workspace) -> None:
    translate(demo, ARABIC)
    assert "the benefit is mutual" in told(demo, "en+ar")
    assert "the benefit is mutual" in told(demo, "ar+en")


def test_only_languages_in_which_the_text_stands_are_offered_together(demo: Workspace) -> None:
    spoken = list(papers.sort_of("agreement").languages(demo, record(demo)))
    assert spoken == ["en", "fr", "pt", "ar", "en+fr", "fr+en"]
    with pytest.raises(Trouble, match="not made in"):
        papers.make(demo, "agreement", of=record(demo), language="en+pt")
    translate(demo, PORTUGUESE, ARABIC)
    more = papers.sort_of("agreement").languages(demo, record(demo))
    assert {"en+fr+pt", "ar+pt+en", "pt+ar"} <= set(more)
    assert not any(each.count("+") > 2 for each in more)
    assert more["en+fr+pt"] == "English + Français + Português"


def test_the_two_languages_are_one_paper_with_one_code_which_a_change_of_either_breaks(demo: Workspace) -> None:
    from pitso.domain.policies import Reader

    order = Order("agreement", record(demo), "en+fr", Reader.BOTH_SIDES)
    first = issuing.issue(demo, order, Way.SAVED)
    assert issuing.issue(demo, order, Way.SAVED).code == first.code
    finishing.correct(open_record(demo, record(demo)), "A word")
    filled = open_record(demo, record(demo))
    records.answer(filled, filled.session.key("/data/translations[1]/purpose_said"), "Autre chose.")
    assert issuing.issue(demo, order, Way.SAVED).code != first.code
