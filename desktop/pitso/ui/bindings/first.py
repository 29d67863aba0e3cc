"""First start: making a workspace, opening one, the demonstration."""

from pathlib import Path

from pitso import places
from pitso.domain.trouble import Trouble
from pitso.services import account, engagements, people, workspace
from pitso.services.workspace import Workspace
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.first import Beginning, FirstPage
from pitso.words import _

KINDS = "Pitso (*.pitso *.pitso-bundle)"


def free_path(folder: Path, name: str) -> Path:
    """Where a new workspace of this *name* may lie without touching another one."""
    plain = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in name).strip() or "Pitso"
    path, number = folder / f"{plain}.pitso", 1
    while path.exists():
        number += 1
        path = folder / f"{plain} {number}.pitso"
    return path


def home() -> Path:
    """The folder for new workspaces, made when there is none yet."""
    folder = places.documents() / "Pitso"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            _("The folder “{folder}” cannot be made.").format(folder=folder),
            _("Check the drive, then try again."),
        ) from error
    return folder


def begin(said: Beginning) -> Workspace:
    """Make the workspace that a person asked for, with the person and the engagement in it."""
    path = free_path(home(), said.coordinating if said.office else said.country)
    made = workspace.create(path, name=path.stem, office=said.office, passphrase=said.passphrase or None)
    try:
        _fill(made, said)
    except Trouble:  # leave no half-made workspace behind: nothing was recorded in it yet
        made.close()
        path.unlink(missing_ok=True)
        raise
    return made


def _fill(made: Workspace, said: Beginning) -> None:
    person = people.add_person(made, name=said.name, role=said.role).record
    workspace.write_as(made, person)
    if not said.office:
        engagements.begin(
            made,
            title=said.country,
            country=said.country,
            host=said.host,
            supporting=said.supporting,
            coordinating=said.coordinating,
        )


class FirstBinding(Binding[FirstPage]):
    """Connects the first page."""

    def connect_page(self) -> None:
        page = self.page
        page.begun.connect(self._begin)
        page.open_asked.connect(self._open)
        page.recent_asked.connect(lambda path: self.hall.opening.emit(path))
        page.demonstration_asked.connect(self._demonstrate)
        page.language_chosen.connect(self._speak)

    def look(self) -> None:
        recent = [path for path in account.load().recent if Path(path).is_file()]
        self.page.show_first(recent)

    def _begin(self, said: Beginning) -> None:
        made = self.hall.desk.ask(lambda: begin(said))
        if made is not None:
            self.hall.arrived.emit(made)

    def _open(self) -> None:
        path = self.hall.asking.open_file(_("Open or receive a file"), KINDS)
        if path is not None:
            self.hall.opening.emit(str(path))

    def _demonstrate(self) -> None:
        from pitso.services import demonstration

        path = self.hall.desk.ask(lambda: free_path(home(), _("Demonstration")))
        if path is None:
            return
        self.page.demonstration.setEnabled(False)

        def make() -> str:
            demonstration.make(path, as_="field")
            return str(path)

        work = self.hall.begin_work(make, self._made)
        work.failed.connect(self._failed)

    def _made(self, path: str) -> None:
        self._failed(None)
        self.hall.opening.emit(path)

    def _failed(self, _trouble: object) -> None:
        if not self.stopped:
            self.page.demonstration.setEnabled(True)

    def _speak(self, language: str) -> None:
        from dataclasses import replace

        chosen = replace(account.load(), language=language)
        account.save(chosen)
        self.hall.dressing.emit(chosen)


class BeginBinding(Binding[FirstPage]):
    """Connects the form with which an office begins another engagement."""

    def connect_page(self) -> None:
        self.page.begun.connect(self._begin)

    def look(self) -> None:
        self.page.show_engagement_form()

    def _begin(self, said: Beginning) -> None:
        begun = self.hall.desk.do(
            lambda: engagements.begin(
                self.hall.workspace,
                title=said.country,
                country=said.country,
                host=said.host,
                supporting=said.supporting,
                coordinating=said.coordinating,
            )
        )
        if begun is not None:
            self.hall.go("engagement", engagement=begun.record, assessment="")
