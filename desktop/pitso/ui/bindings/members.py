"""Who belongs: inviting, joining, admitting, revoking."""

from pathlib import Path

from pitso.domain.roles import ROLES
from pitso.services import enrolment, trust
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.members import MembersPage
from pitso.words import _

INVITATIONS = "Pitso (*.pitso-invitation)"
REQUESTS = "Pitso (*.pitso-request)"


class MembersBinding(Binding[MembersPage]):
    """Connects the office's list of members with its deeds."""

    kinds = frozenset({"roster", "author"})

    def connect_page(self) -> None:
        self._request: Path | None = None
        page = self.page
        named = trust.role_words()
        page.show_roles([(role, named[role]) for role in ROLES])
        page.invited.connect(self._invite)
        page.request_asked.connect(self._open_request)
        page.admitted.connect(self._admit)
        page.join_asked.connect(self._join)
        page.code_scanned.connect(self._answer)
        page.revoked.connect(self._revoke)
        page.begun.connect(self._begin)

    def look(self) -> None:
        view = self.hall.desk.ask(lambda: enrolment.joined(self.hall.workspace))
        if view is not None:
            self.page.show_members(view)

    def _invite(self, holder: str, roles: list[str]) -> None:
        name = f"{holder}{enrolment.INVITATION}"
        path = self.hall.asking.save_file(_("Invite a computer"), name, INVITATIONS)
        ws = self.hall.workspace
        if path is not None and self.hall.desk.do(lambda: enrolment.invite(ws, path, holder=holder, roles_=roles)):
            self.page.close_forms()

    def _open_request(self) -> None:
        path = self.hall.asking.open_file(_("Open a request"), REQUESTS)
        if path is None:
            return
        asked = self.hall.desk.ask(lambda: enrolment.look_at_request(self.hall.workspace, path))
        if asked is not None:
            self._request = path
            self.page.show_asked(asked)

    def _admit(self, words: str) -> None:
        path = self._request
        if path is not None and self.hall.desk.do(lambda: enrolment.admit(self.hall.workspace, path, words_=words)):
            self.page.close_forms()

    def _join(self) -> None:
        invitation = self.hall.asking.open_file(_("Join the office"), INVITATIONS)
        text = self.hall.desk.ask(lambda: enrolment.read_text(invitation)) if invitation is not None else None
        if text is not None:
            self._answer(text)

    def _answer(self, invitation: str) -> None:
        other = self.hall.desk.ask(lambda: enrolment.of_another_office(self.hall.workspace, invitation))
        if other is None or (other and not self.hall.asking.agreed(enrolment.leaving_words())):
            return
        name = f"{self.hall.workspace.name}{enrolment.REQUEST}"
        out = self.hall.asking.save_file(_("Keep the request for the office"), name, REQUESTS)
        if out is not None and self.hall.desk.do(lambda: enrolment.join(self.hall.workspace, invitation, out)):
            self.page.scanned.clear()

    def _revoke(self, device: str) -> None:
        if self.hall.desk.do(lambda: enrolment.revoke(self.hall.workspace, device)):
            self.page.close_forms()

    def _begin(self) -> None:
        question = _("Begin a new list of members? Everybody is invited again, also those on the list here.")
        if self.hall.asking.agreed(question):
            self.hall.desk.do(lambda: enrolment.begin_list(self.hall.workspace))
