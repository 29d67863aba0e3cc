"""A workspace with an engagement and a form of an office, for tests of records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pitso.services import engagements, filling, finishing, library, people, receiving, records, sending, workspace
from pitso.services.filling import Filling
from pitso.services.workspace import Workspace
from tests.xforms.books import xlsform


@dataclass
class Desk:
    """One computer in the field."""

    ws: Workspace
    engagement: str
    author: str
    folder: Path

    @classmethod
    def at(cls, folder: Path, name: str = "team") -> "Desk":
        ws = workspace.create(folder / f"{name}.pitso", name=name)
        author = people.add_person(ws, name="Mpho Kgosi", role="Mayor").record
        workspace.write_as(ws, author)
        engagement = engagements.begin(
            ws, title="Lesotho", country="Lesotho", host="Hosts", supporting="BALA", coordinating="Office"
        ).record
        return cls(ws, engagement, author, folder)

    def form(
        self, survey: str, choices: str = "", settings: str = "", *, name: str = "talk", entities: str = ""
    ) -> str:
        """Bring in the form that these sheets describe; its record."""
        settings = settings or "| form_id | form_title | version |\n| talk | Talk | 1 |"
        path = self.folder / f"{name}.xlsx"
        path.write_bytes(xlsform(survey=survey, choices=choices, settings=settings, entities=entities))
        return library.bring_in(self.ws, path).record

    def begin(self, form: str) -> Filling:
        """A new record of that form, open."""
        return self.open(records.begin(self.ws, self.engagement, form).record)

    def open(self, record: str) -> Filling:
        return filling.open_record(self.ws, record)

    def operations(self) -> int:
        return int(self.ws.journal.file.rows("SELECT count(*) FROM op")[0][0])

    def twin(self) -> "Desk":
        """A second computer that holds all of this one; somebody else writes there."""
        other = workspace.create(self.folder / "twin.pitso", name="twin")
        twin = Desk(other, self.engagement, self.author, self.folder)
        carry(self, twin)
        workspace.write_as(other, people.add_person(other, name="Neo Lesedi").record)
        return twin


def checklist(ws: Workspace, engagement: str, open_items: Mapping[str, str]) -> Filling:
    """A statutes checklist, finished; all is in the text but the *open_items*."""
    held = filling.open_record(ws, records.begin(ws, engagement, library.current(ws, "statutes")).record)
    for path in list(held.session.paths()):
        name = path.rpartition("/")[2]
        if name.startswith("i") and name[1:].isdigit():
            records.answer(held, path, open_items.get(name, "in_text"))
            if open_items.get(name) == "not_wanted":
                records.answer(held, f"{path}_comment", "Not here")
    for path, answer in (("about/draft", "Second"), ("about/checked_on", "2026-05-27"), ("ahead/state", "draft")):
        records.answer(held, f"/data/{path}", answer)
    finishing.finish(held)
    return filling.open_record(ws, held.record)


def carry(source: Desk, target: Desk) -> None:
    """Send all that one computer holds to another."""
    number = len(list(source.folder.glob("*.pitso-bundle")))
    bundle = source.folder / f"{number}.pitso-bundle"
    sending.send(source.ws, bundle)
    receiving.receive(target.ws, bundle, trusting=True)


def join(one: Desk, other: Desk) -> None:
    """Both hold all of both."""
    carry(one, other)
    carry(other, one)
