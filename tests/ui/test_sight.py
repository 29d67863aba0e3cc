"""What the eye meets: nothing is cut off at any size, Arabic is mirrored, colours can be read, all has a name."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget

from pitso import places as places_
from pitso import ui
from pitso.ui import icons, theme
from pitso.ui.directory import KNOWN
from pitso.ui.hall import Place
from pitso.ui.parts import brush
from pitso.ui.parts.words import Line, Words
from tests.ui import every_kind
from tests.ui.conftest import House, Story

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
SIZES = [
    pytest.param(1366, 768, 16, id="usual"),
    pytest.param(1024, 600, 16, id="small"),
    pytest.param(1366, 768, 24, id="large"),
    pytest.param(1024, 600, 24, id="small-and-large"),
]


def places(opened: Story) -> list[Place]:
    """Every page, with each of its sections."""
    own = {
        "readiness": [(opened.first, part) for part in ("causes", "dimensions", "indicators", "spread", "ahead")],
        "rating": [(opened.begin(), "")],
        "people": [("", part) for part in ("persons", "bodies", "new")],
        "records": [("", part) for part in ("records", "forms")],
        "form": [],
        "count": [],
        "election": [("", f"{step} 0") for step in ("rules", "officers", "papers", "entry", "count", "declaration")],
    }
    found = [
        opened.place(page, assessment=assessment, part=part)
        for page in sorted(KNOWN)
        for assessment, part in own.get(page, [(opened.first, "")])
    ]
    return found + every_kind.places(opened)


def shown(page: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in page.findChildren(kind) if widget.isVisible()]


def cut_off(page: QWidget) -> list[str]:
    """Words and controls that have less room than they need, or stand out of the page."""
    found = []
    for label in shown(page, QLabel):
        assert isinstance(label, QLabel)
        if isinstance(label, Line):
            continue  # elides with a sign, and gives the whole as tooltip
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        wide = 0 if label.wordWrap() else label.sizeHint().width()
        if label.height() < needed or label.width() < wide:
            found.append(f"{label.text()[:40]!r} {label.width()}x{label.height()}, needs {wide}x{needed}")
    for button in shown(page, QAbstractButton):
        hint = button.heightForWidth(button.width()) if button.hasHeightForWidth() else button.sizeHint().height()
        least = 0 if button.hasHeightForWidth() else button.minimumSizeHint().width()
        if button.height() < hint or button.width() < least:
            found.append(f"{button.accessibleName()[:40]!r} {button.width()}x{button.height()}, needs {least}x{hint}")
    for widget in shown(page, QAbstractButton) + shown(page, QLabel) + shown(page, QLineEdit):
        left = widget.mapTo(page, QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > page.width():
            found.append(f"{widget.accessibleName() or widget} stands out of the page")
    return found


def nameless(page: QWidget) -> list[str]:
    """What can be used and has no name that is read aloud."""
    return [
        f"{type(widget).__name__} has no name"
        for kind in (QAbstractButton, QLineEdit, QTextEdit, QComboBox)
        for widget in shown(page, kind)
        if not widget.accessibleName() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def astray(house: House) -> list[str]:
    """The focus, unless it stands on the page, where it is seen."""
    focus = house.focus()
    there = house.page.isAncestorOf(focus) and focus.isVisible()
    return [] if there else [f"the focus stands on {focus.accessibleName()}"]


def faults(house: House) -> list[str]:
    return [*cut_off(house.page), *nameless(house.page), *astray(house)]


@pytest.mark.parametrize(("width", "height", "body"), SIZES)
def test_on_each_page_nothing_is_cut_off_all_has_a_name_and_the_focus_is_on_it(
    opened: Story, width: int, height: int, body: int
) -> None:
    house = opened.house
    house.shell.resize(width, height)
    house.dress(body=body)
    for place in places(opened):
        house.go(place)
        assert house.shell.size().toTuple() == (width, height), f"{place} fits the window"
        assert faults(house) == [], place


def test_arabic_is_mirrored(opened: Story) -> None:
    house = opened.house
    house.dress(language="ar")
    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for place in places(opened):
        house.go(place)
        rail = house.shell.rail
        assert rail is not None
        assert not rail.isVisible() or rail.geometry().right() > house.shell.stack.geometry().right()
        assert faults(house) == [], place


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("Palesa Poone-Pula: عدد الأيام 36.", RIGHT, LEFT),
        ("عدد الأيام 36: Palesa", RIGHT, RIGHT),
        ("The councils have voted.", LEFT, LEFT),
        ("2026", LEFT, LEFT),
    ],
)
def test_a_sentence_that_a_name_begins_runs_as_the_page(
    house: House, text: str, arabic: Qt.LayoutDirection, english: Qt.LayoutDirection
) -> None:
    for language, direction in (("ar", arabic), ("en", english)):
        house.dress(language=language)
        label = Words(text)
        assert brush.direction_of(text) == direction
        assert label.text().lstrip(brush.MARK) == text
        assert brush.direction_of(label.text()) == direction
        assert label.text().startswith(brush.MARK) == (direction == RIGHT)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.DAYLIGHT, theme.NIGHTFALL], ids=["day", "night"])
def test_words_and_edges_can_be_told_from_their_ground(colours: theme.Colours) -> None:
    for ground in (colours.page, colours.card, colours.sunken):
        for words in (colours.ink, colours.soft):
            assert contrast(words, ground) >= 5
    for words, ground in (
        (colours.on_accent, colours.accent),
        (colours.accent, colours.accent_soft),
        (colours.done, colours.done_soft),
        (colours.warn, colours.warn_soft),
        (colours.wrong, colours.wrong_soft),
    ):
        assert contrast(words, ground) >= 5
    for ground in (colours.page, colours.card):
        assert contrast(colours.strong, ground) >= 3.3


@pytest.mark.parametrize("look", ["day", "night"])
def test_levels_in_a_drawing_can_be_read(opened: Story, look: str) -> None:
    opened.house.dress(look=look)
    palette = theme.drawing()
    for ground, words in zip(palette["shades"], palette["on_shades"], strict=True):
        assert contrast(ground, words) >= 4.5


def test_the_focus_is_seen(opened: Story) -> None:
    """The widget with the focus is painted otherwise than without it."""
    house = opened.house
    house.go(opened.place("rating", assessment=opened.begin(), code="LEG-1"))
    focus = house.focus()
    with_focus = focus.grab().toImage()
    house.shell.rail.focus_here() if house.shell.rail else None
    house.settle()
    assert focus.grab().toImage() != with_focus


def test_every_icon_that_is_named_is_there_and_none_else() -> None:
    shipped = {file.name.removesuffix(".svg") for file in places_.resource("icons").iterdir()} - {"LICENSE"}
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(ui.__file__).parent.rglob("*.py"))
    assert {name for name in shipped if f'"{name}"' in sources} == shipped
    for name in shipped:
        assert not icons.icon(name).pixmap(QSize(24, 24)).toImage().isNull()


def test_the_rail_marks_where_one_is(opened: Story) -> None:
    house = opened.house
    rail = house.shell.rail
    assert rail is not None
    for page, marked in (("rating", ["assess"]), ("people", ["people"]), ("help", []), ("find", [])):
        house.go(opened.place(page, assessment=opened.first))
        assert [name for name, button in rail.buttons.items() if button.isChecked()] == marked
