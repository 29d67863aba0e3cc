"""A form that asks in every way that there is, with what a person answered to it."""

from pathlib import Path

from PIL import Image

from pitso.services import filling, form_pages, library, records
from pitso.ui.hall import Place
from tests.ui.conftest import Story
from tests.xforms.books import xlsform

LONG_LABEL = "A line of text with a question that is so long that it needs more than one line of a page of this width"
LONG_HINT = "A hint that is long too, because people explain at some length what they mean by a question that they ask"

FORM = xlsform(
    survey="""
    | type | name | label | hint | appearance | parameters | required | readonly | calculation | repeat_count |
    | begin group | words | Words | | field-list | | | | | |
    | text | plain | LONG_LABEL | LONG_HINT | | | yes | | | |
    | text | lines | Several lines | | multiline | | | | | |
    | text | link | A link | | url | | | | | |
    | text | masked | A number as text | | numbers | | | | | |
    | barcode | code | A code to scan | | | | | | | |
    | note | told | Nothing is asked here, it is only told | | | | | | | |
    | text | shut | Nobody changes this | | | | | yes | 'as it was' | |
    | end group | | | | | | | | | |
    | begin group | figures | Figures | | field-list | | | | | |
    | integer | whole | A whole number | | | | | | | |
    | integer | money | An amount | | thousands-sep | | | | | |
    | integer | counted | Count up and down | | counter | | | | | |
    | decimal | part | A decimal number | | | | | | | |
    | range | slide | How sure are you? | | | start=0 end=10 step=1 | | | | |
    | range | stars | How useful was it? | | rating | start=1 end=5 step=1 | | | | |
    | date | day | A day | | | | | | | |
    | date | month | A month | | month-year | | | | | |
    | date | year | A year | | year | | | | | |
    | time | hour | A time of day | | | | | | | |
    | dateTime | moment | A day and a time | | | | | | | |
    | geopoint | place | A place | | | | | | | |
    | geotrace | way | A way | | | | | | | |
    | acknowledge | seen | Read and understood | | | | | | | |
    | end group | | | | | | | | | |
    | begin group | picks | Choices | | field-list | | | | | |
    | select_one colours | one | One of a few | | | | yes | | | |
    | select_one colours | one_list | One that drops down | | minimal | | | | | |
    | select_one towns | one_search | One that is searched for | | autocomplete | | | | | |
    | select_one colours | one_row | One in a line | | likert | | | | | |
    | select_one towns | one_columns | One in columns | | columns-2 | | | | | |
    | select_multiple towns | many | Several | | | | | | | |
    | select_multiple colours | many_list | Several that drop down | | minimal | | | | | |
    | rank colours | order | Which comes first? | | | | | | | |
    | select_one_from_file person.csv | somebody | Somebody of the register | | autocomplete | | | | | |
    | end group | | | | | | | | | |
    | begin group | grid | How often? | | table-list | | | | | |
    | select_one often | meets | The council meets | | | | | | | |
    | select_one often | reports | The council reports to those who elected it, in plain words | | | | | | | |
    | end group | | | | | | | | | |
    | begin group | files | Files | | field-list | | | | | |
    | image | picture | A picture | | | max-pixels=600 | | | | |
    | image | name | Your signature | | signature | | | | | |
    | file | paper | A file | | | | | | | |
    | audio | sound | A sound | | | | | | | |
    | end group | | | | | | | | | |
    | begin repeat | visits | Visits | | | | | | | |
    | text | where | Where? | | | | yes | | | |
    | begin repeat | talks | Talks | | | | | | | |
    | text | whom | With whom? | | | | | | | |
    | end repeat | | | | | | | | | |
    | end repeat | | | | | | | | | |
    | begin repeat | fixed | Three of them | | | | | | | 3 |
    | text | each | Each? | | | | | | | |
    | end repeat | | | | | | | | | |
    """.replace("LONG_LABEL", LONG_LABEL).replace("LONG_HINT", LONG_HINT),
    choices="""
    | list_name | name | label |
    | colours | red | Red |
    | colours | green | Green |
    | colours | blue | Blue as the sky over the mountains on a morning in winter |
    | towns | maseru | Maseru |
    | towns | leribe | Leribe |
    | towns | quthing | Quthing |
    | towns | mokhotlong | Mokhotlong |
    | towns | thaba | Thaba-Tseka |
    | towns | qacha | Qacha’s Nek |
    | often | always | Always |
    | often | often | Often |
    | often | seldom | Seldom |
    | often | never | Never |
    """,
    settings="""
    | form_id | form_title | version |
    | every-kind | Every kind of question | 1 |
    """,
)

ANSWERS = {
    "words/plain": "Something",
    "figures/money": "1250000",
    "figures/counted": "3",
    "figures/day": "2026-06-18",
    "figures/month": "2026-06-01",
    "figures/moment": "2026-06-18T09:30",
    "figures/whole": "twelve",
    "picks/one": "green",
    "picks/many": "maseru leribe",
    "picks/many_list": "red green",
    "grid/meets": "often",
}


def begun(opened: Story) -> str:
    """The record of that form, answered."""
    ws = opened.house.hall.workspace
    path = opened.path.parent / "every.xlsx"
    if not path.exists():
        path.write_bytes(FORM)
        library.bring_in(ws, path)
    record = records.begin(ws, opened.engagement, library.current(ws, "every-kind")).record
    open_ = filling.open_record(ws, record)
    for name, text in ANSWERS.items():
        records.answer(open_, f"/data/{name}", text)
    records.add_row(open_, "/data/visits")
    records.answer(open_, "/data/visits[1]/talks[1]/whom", "The mayor")
    records.attach(open_, "/data/files/picture", "hall.png", picture(opened.path.parent / "hall.png", 800, 600))
    return record


def picture(path: Path, wide: int, high: int) -> bytes:
    """A picture of that size."""
    Image.effect_mandelbrot((wide, high), (-2, -1.5, 1, 1.5), 20).convert("RGB").save(path)
    return path.read_bytes()


def places(opened: Story) -> list[Place]:
    """Every page of that record."""
    record = begun(opened)
    pages = form_pages.pages_of(filling.open_record(opened.house.hall.workspace, record)).sheets
    return [opened.place("form", code=record, part=str(page.number)) for page in pages]
