"""Charts: nothing clipped, nothing overlapping, the same drawing on paper and on screen."""

from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from pitso import words
from pitso.domain.readiness.scoring import GateState
from pitso.paper.charts import (
    Axis,
    HeatCell,
    HeatMap,
    HeatRow,
    Picture,
    Radar,
    Spread,
    SpreadRow,
    Theme,
    heat_map,
    radar,
    spread,
    svg,
)
from pitso.paper.charts.picture import Disc, Shape, Words

NAMES = {
    "en": ("Legal and administrative framework", "Functioning of the local-government system"),
    "fr": ("Volonté politique et stabilité des dirigeants", "Conditions préalables de l'action entre pairs"),
    "pt": ("Funcionamento do sistema de governo local", "Condições prévias da ação entre pares"),
    "ar": ("عملية التأسيس والنظام الأساسي والانتخابات", "المالية والموارد (UCLG Africa)"),
}
ANY = [*NAMES, "long", "short", "markup"]


def names(kind: str) -> tuple[str, ...]:
    return NAMES.get(kind) or {"long": ("W" * 80,), "short": ("w",), "markup": ("A & B <c>",)}[kind]


def axes(kind: str, number: int = 10) -> tuple[Axis, ...]:
    said = names(kind)
    return tuple(
        Axis(f"D{n}", said[n % len(said)], Fraction(10 * n % 100), Fraction(5 * n), Fraction(60 + 4 * n), Fraction(50))
        for n in range(number)
    )


def pictures(kind: str) -> list[Picture]:
    cells = tuple(
        HeatCell(f"LEG-{n}", rating, "ABCD"[n % 4], gate)
        for n, (rating, gate) in enumerate(
            zip(["0", "1", "2", "3", "4", "NA", "UK"], [*GateState, None, None, GateState.MET], strict=True)
        )
    )
    scale = tuple((rating, names(kind)[0][:20]) for rating in ("0", "1", "2", "3", "4", "NA", "UK", "ND"))
    row = SpreadRow("REP-4", names(kind)[0] * 2, (0, 2, 1, 6, 0), (0, 0, 0, 3, 0), 2, names(kind)[0])
    with words.speaking(kind):
        return [
            radar(Radar(axes(kind), names(kind)[0])),
            heat_map(HeatMap(tuple(HeatRow(name, cells) for name in names(kind) * 3), scale, (("A", "Seen"),))),
            spread(Spread((row, SpreadRow("LEG-1", "x", (0, 0, 4, 0, 0)), row))),
        ]


@pytest.mark.parametrize("kind", ANY)
def test_all_words_lie_within_the_picture_and_apart(kind: str) -> None:
    for picture in pictures(kind):
        boxes = [mark.box for mark in picture.marks if isinstance(mark, Words)]
        for left, top, right, bottom in boxes:
            assert left >= -0.1
            assert right <= picture.width + 0.1
            assert top >= -0.1
            assert bottom <= picture.height + 0.1
        for one, other in combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 0.5 or down < 1.5


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 10, 16])
def test_a_radar_has_any_number_of_axes(number: int) -> None:
    assert svg(radar(Radar(axes("en", number))))


def test_what_is_not_known_leaves_a_gap_in_the_line() -> None:
    known = axes("en")
    without = (*known[:4], Axis("D4", "Representation", None, Fraction(0), Fraction(90)), *known[5:])

    def strokes(some: tuple[Axis, ...]) -> int:
        shapes = [mark for mark in radar(Radar(some)).marks if isinstance(mark, Shape)]
        return sum(len(shape.strokes) for shape in shapes if shape.width == 1.8)

    assert strokes(known) - strokes(without) == 2
    assert "Representation: insufficient, 0.0 to 90.0" in radar(Radar(without)).words


def test_the_most_contested_indicator_is_drawn_first() -> None:
    rows = SpreadRow("A-1", "close", (0, 3, 1, 0, 0)), SpreadRow("B-2", "contested", (1, 0, 0, 1, 0))
    assert spread(Spread(rows)).words.startswith("B-2")


def test_each_peer_is_one_dot_and_many_are_one_dot_with_a_figure() -> None:
    def dots(peers: tuple[int, ...]) -> int:
        drawn = spread(Spread((SpreadRow("A-1", "x", peers),)))
        return sum(isinstance(mark, Disc) for mark in drawn.marks) - 1  # one stands in the key

    assert dots((0, 2, 1, 1, 0)) == 4
    assert dots((0, 0, 9, 0, 0)) == 1


def test_the_levels_run_from_the_right_in_arabic() -> None:
    def places(language: str) -> list[float]:
        with words.speaking(language):
            drawn = spread(Spread((SpreadRow("A-1", "x", (1, 0, 0, 0, 1)),)))
        return [mark.centre[0] for mark in drawn.marks if isinstance(mark, Disc)][:2]

    assert places("en") == sorted(places("en"))
    assert places("ar") == sorted(places("ar"), reverse=True)


@pytest.mark.parametrize("kind", ANY)
def test_qt_draws_what_is_given_to_the_screen(kind: str, qapp: object) -> None:
    for picture in pictures(kind):
        drawn = svg(picture)
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
        assert tags <= {"svg", "desc", "rect", "path", "circle", "text"}
        renderer = QSvgRenderer(drawn)
        assert renderer.isValid()
        image = QImage(500, round(500 * picture.height / picture.width), QImage.Format.Format_RGB32)
        image.fill("white")
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        shades = {image.pixelColor(x, y).lightness() for x in range(0, 500, 2) for y in range(0, image.height(), 2)}
        assert min(shades) < 60


def test_the_night_has_its_own_colours() -> None:
    night = Theme(paper="#1F2224", ink="#F1EFE9", accent="#7CC7D6")
    drawn = svg(radar(Radar(axes("en")), theme=night)).decode()
    assert 'fill="#1F2224"' in drawn
    assert "#7CC7D6" in drawn
    assert "#000000" not in drawn
