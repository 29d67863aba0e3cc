"""People, settings, help, and finding anything."""

import re
from dataclasses import replace
from datetime import date
from importlib.abc import Traversable

from pitso import places, words
from pitso.services import (
    account,
    association,
    checking,
    contact_points,
    elections,
    erasure,
    finding,
    people,
    persons_here,
    posts,
    rolls,
    terms,
    workspace,
)
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.find import FindPage, Found
from pitso.ui.pages.help import HelpLine, HelpPage
from pitso.ui.pages.people import BODIES, PERSONS, PeoplePage
from pitso.ui.pages.settings import SettingsPage
from pitso.ui.parts.rail import entries
from pitso.words import _


class PeopleBinding(Binding[PeoplePage]):
    """Connects the two registers."""

    def connect_page(self) -> None:
        page = self.page
        self._words = ""
        page.part_asked.connect(lambda part: self.hall.go("people", part=part))
        page.doubles_asked.connect(lambda: self.hall.go("differences"))
        page.searched.connect(self._search)
        page.opened.connect(self._open)
        page.person_added.connect(self._add_person)
        page.body_added.connect(self._add_body)
        page.name_added.connect(self._add_name)
        page.consented.connect(self._consent)
        page.posts.taken.connect(self._take_post)
        page.posts.left.connect(self._leave_post)
        page.holders.opened.connect(lambda person: self.hall.go("people", part=PERSONS, code=person))
        page.training.opened.connect(lambda record: self.hall.go("form", code=record))
        page.erased.connect(self._erase)
        page.reach.added.connect(self._add_point)
        page.reach.judged.connect(self._judge_point)
        page.term.noted.connect(self._note_term)
        page.council.described.connect(self._describe_council)
        page.council.show_types(tuple(rolls.council_types().items()))
        page.reach.show_means(tuple(contact_points.means().items()))
        page.show_kinds(bodies=tuple(people.organisation_kinds().items()), names=tuple(people.name_kinds().items()))

    def enter(self, place: Place) -> None:
        super().enter(place)
        if place.part == "new":
            self.page.add.click()

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        ask = self.hall.desk.ask
        if place.part == BODIES:
            bodies = ask(lambda: people.organisations(ws, self._words))
            if bodies is not None:
                self.page.show_bodies(bodies, chosen=place.code)
                self.page.holders.show_posts(posts.of_body(ws, place.code) if place.code else (), ws.today())
                self.page.term.setVisible(bool(place.engagement))
                self.page.term.show_term(terms.term(ws, place.engagement, place.code))
            return
        lines = ask(lambda: people.persons(ws, self._words))
        bodies = ask(lambda: people.organisations(ws))
        if lines is not None and bodies is not None:
            self.page.show_persons(lines, bodies=bodies, chosen=place.code)
            self.page.allow_erasing(erasure.may_erase(ws))
            self.page.posts.show_bodies([(body.id, body.name) for body in bodies])
            if place.code:
                self.page.reach.show_points(contact_points.points(ws, place.code))
                self.page.posts.show_posts(posts.held_by(ws, place.code), ws.today())
                self.page.training.show_training(posts.training(ws, place.code))

    def _search(self, typed: str) -> None:
        self._words = typed
        self.look()

    def _open(self, record: str) -> None:
        self.place = replace(self.place, code=record)
        self.look()

    def _erase(self, reason: str) -> None:
        ws, person = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: erasure.erase(ws, person, reason))

    def _add_point(self, means: str, address: str) -> None:
        ws, person = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: contact_points.add(ws, person, by=means, address=address))

    def _judge_point(self, point: str, valid: bool) -> None:
        ws = self.hall.workspace
        self.hall.desk.do(lambda: contact_points.set_valid(ws, point, valid))

    def _note_term(self, ends: date | None, planned: bool) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(lambda: terms.note(ws, place.engagement, place.code, ends=ends, planned=planned))

    def _consent(self, consent: str, given: bool) -> None:
        ws, person = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: people.consent(ws, person, consent, given))

    def _take_post(self, body: str, post: str, since: str) -> None:
        ws, person = self.hall.workspace, self.place.code
        if self.hall.desk.do(lambda: posts.take(ws, person=person, body=body, post=post, since=since)) is not None:
            self.page.posts.clear()

    def _describe_council(self, category: str, district: str, seats: str) -> None:
        ws, council = self.hall.workspace, self.place.code
        self.hall.desk.do(
            lambda: people.describe_council(ws, council, category=category, district=district, seats=seats)
        )

    def _leave_post(self, tenure: str) -> None:
        ws = self.hall.workspace
        self.hall.desk.do(lambda: posts.leave(ws, tenure, ws.today().isoformat()))

    def _add_person(self, name: str, role: str, organisation: str) -> None:
        ws = self.hall.workspace
        done = self.hall.desk.do(lambda: people.add_person(ws, name=name, role=role, organisation=organisation))
        if done is not None:
            self.page.close_forms()

    def _add_body(self, name: str, kind: str) -> None:
        ws = self.hall.workspace
        done = self.hall.desk.do(lambda: people.add_organisation(ws, name=name, kind=kind))
        if done is not None:
            self.place = replace(self.place, part=BODIES, code=done.record)
            self.page.close_forms()
            self.look()

    def _add_name(self, text: str, kind: str, valid_from: str, valid_to: str) -> None:
        ws, body = self.hall.workspace, self.place.code
        done = self.hall.desk.do(
            lambda: people.add_name(ws, body, text=text, kind=kind, valid_from=valid_from, valid_to=valid_to)
        )
        if done is not None:
            self.page.close_forms()
            self.look()


class SettingsBinding(Binding[SettingsPage]):
    """Connects the settings of this computer account, and who writes."""

    def connect_page(self) -> None:
        page = self.page
        page.language_chosen.connect(lambda code: self._keep(replace(account.load(), language=code)))
        page.size_chosen.connect(lambda size: self._keep(replace(account.load(), body_size=size)))
        page.theme_chosen.connect(lambda look: self._keep(replace(account.load(), theme=look)))
        page.writer_chosen.connect(self._write_as)
        page.leave_asked.connect(lambda: self.hall.go("first"))
        page.help_asked.connect(lambda: self.hall.go("help", code="start"))
        page.people_asked.connect(lambda: self.hall.go("people", part="new"))
        page.writers_asked.connect(lambda: self.hall.go("writers"))
        page.safety_asked.connect(lambda: self.hall.go("safety"))
        page.double_click_asked.connect(self._associate)

    def look(self) -> None:
        ws = self.hall.workspace
        known = self.hall.desk.ask(lambda: persons_here.writers(ws, self.place.engagement)) or ()
        self.page.show_settings(
            account.load(),
            people=known,
            writer=ws.author,
            double_click=association.associated() if association.possible() else None,
            file=_("This workspace lies at {path}").format(path=ws.path),
            log=_("The log file lies at {path}").format(path=places.settings().with_name("pitso.log")),
        )

    def _keep(self, chosen: account.Account) -> None:
        account.save(chosen)
        self.hall.dressing.emit(chosen)

    def _associate(self, wanted: bool) -> None:
        self.hall.desk.do(association.associate if wanted else association.forget)
        self.look()

    def _write_as(self, person: str) -> None:
        ws = self.hall.workspace
        if person != ws.author and persons_here.has_pin(ws, person):
            self.hall.go("writers", code=person)
        elif person != ws.author:
            self.hall.desk.do(lambda: workspace.write_as(ws, person))


class HelpBinding(Binding[HelpPage]):
    """Connects the help: pages of Markdown that ship with Pitso, in the reader's language where there is one."""

    kinds = frozenset()

    def connect_page(self) -> None:
        self.page.page_asked.connect(lambda name: self.hall.go("help", code=name))

    def look(self) -> None:
        pages = self._pages()
        name = self.place.code if self.place.code in pages else next(iter(pages), "")
        lines = [HelpLine(key, _title(text) or key) for key, text in pages.items()]
        self.page.show_help(lines, name=name, text=pages.get(name, ""))

    def _pages(self) -> dict[str, str]:
        folder = places.resource("help")
        own = folder / words.language()
        if not folder.is_dir():
            return {}
        found = _texts(folder) | (_texts(own) if own.is_dir() else {})
        return dict(sorted(found.items(), key=lambda page: (page[0] != "start", _title(page[1]))))


def _texts(folder: Traversable) -> dict[str, str]:
    files = (file for file in folder.iterdir() if file.name.endswith(".md"))
    return {file.name[:-3]: file.read_text(encoding="utf-8") for file in files}


def _title(text: str) -> str:
    found = re.match(r"#\s+(.+)", text)
    return found[1].strip() if found else ""


def _within() -> tuple[tuple[str, str, str], ...]:
    """Pages of an engagement that the rail has no entry for: name, words, icon."""
    return (
        ("phases", _("Phases"), "map"),
        ("days", _("Days that warnings wait"), "settings"),
        ("commitments", _("Commitments"), "flag"),
        ("contacts", _("Contact log"), "messages-square"),
        ("desk", _("Registration desk"), "presentation"),
        ("door", _("Door"), "presentation"),
        ("roll", _("Roll"), "presentation"),
        ("minutes", _("Minutes"), "presentation"),
        ("warnings", _("Warnings"), "triangle-alert"),
        ("former", _("A former day"), "history"),
        ("tour", _("Guided tour"), "circle-play"),
    )


ROOM_PAGES = {"workshop": "room", "session": "room", "resolution": "minutes"}
"""The page of the room that shows something that was found."""


class FindBinding(Binding[FindPage]):
    """Connects the search over everything that has a name, and over the pages themselves."""

    def connect_page(self) -> None:
        self.page.searched.connect(self._search)
        self.page.picked.connect(self._pick)

    def look(self) -> None:
        typed = self.hall.place.code
        if self.page.search.text() == typed:
            self._search(typed)
        self.page.search.setText(typed)

    def _search(self, typed: str) -> None:
        ws = self.hall.workspace
        wanted = typed.strip().casefold()
        pages = [
            Found(f"page/{entry.page}", entry.words, entry.shortcut, entry.icon)
            for entry in entries(office=ws.office)
            if wanted in entry.words.casefold()
        ]
        if self.place.engagement:
            pages += [
                Found(f"page/{page}", told, "", icon) for page, told, icon in _within() if wanted in told.casefold()
            ]
        lines = (self.hall.desk.ask(lambda: finding.find(ws, typed)) or ()) if wanted else ()
        icons = {"person": "user", "organisation": "landmark", "engagement": "map", "assessment": "clipboard-list"}
        icons |= {"election": "vote", "contest": "vote"}
        icons |= {"record": "file-text", "commitment": "flag", "contact": "messages-square"}
        papers = (self.hall.desk.ask(lambda: checking.find(ws, typed)) or ()) if wanted else ()
        issued = [Found(record, title, code, "file-text") for record, title, code in papers]
        things = [
            Found(line.id, line.name, line.detail, icons.get(line.id.partition("/")[0], "info")) for line in lines
        ]
        self.page.show_found([*things, *issued, *pages], look=typed)

    def _pick_in_room(self, kind: str, workshop: str) -> None:
        """Something of a workshop: its room opens."""
        from pitso.ui.bindings.room import choose_workshop

        engagement = choose_workshop(self.hall.workspace, workshop)
        self.hall.go(ROOM_PAGES[kind], engagement=engagement)

    def _pick(self, record: str) -> None:
        kind, _slash, rest = record.partition("/")
        if kind == "page":
            self.hall.go(rest)
        elif kind == "paper":
            self.hall.go("check", code=rest)
        elif kind == "person":
            self.hall.go("people", part=PERSONS, code=record)
        elif kind == "organisation":
            self.hall.go("people", part=BODIES, code=record)
        elif kind == "engagement":
            self.hall.go("engagement", engagement=record, assessment="")
        elif kind == "record":
            self.hall.go("form", engagement=f"engagement/{rest.partition('/')[0]}", code=record)
        elif kind in ("election", "contest"):
            engagement = str(self.hall.workspace.journal.record(elections.election_of(record)).get("engagement", ""))
            self.hall.go("election", engagement=engagement, code=record)
        elif kind in ("commitment", "contact"):
            self.hall.go(f"{kind}s", engagement=f"engagement/{rest.partition('/')[0]}", code=record)
        elif kind in ROOM_PAGES:
            self._pick_in_room(kind, f"workshop/{rest.partition('/')[0]}")
        elif kind == "assessment":
            from pitso.ui.bindings.assess import page_of

            engagement = f"engagement/{rest.partition('/')[0]}"
            self.hall.go(page_of(self.hall, engagement, record), engagement=engagement, assessment=record)
