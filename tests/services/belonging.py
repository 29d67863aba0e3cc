"""An office with its list of members, and the computers that it admits, for tests of what travels between them."""

from dataclasses import dataclass, field
from pathlib import Path

from pitso.services import enrolment, receiving, sending, workspace
from pitso.services.workspace import Workspace


@dataclass
class Field:
    """An office and computers that belong to it."""

    folder: Path
    office: Workspace
    others: list[Workspace] = field(default_factory=list)

    def computer(self, holder: str, *roles: str) -> Workspace:
        """A new computer that was invited, asked, and was admitted by its six words."""
        ws = workspace.create(self.folder / f"{holder}.pitso", name=holder)
        self.others.append(ws)
        invitation, request = self.folder / f"{holder}.pitso-invitation", self.folder / f"{holder}.pitso-request"
        enrolment.invite(self.office, invitation, holder=holder, roles_=roles)
        said = enrolment.join(ws, invitation.read_text(encoding="utf-8"), request).said
        enrolment.admit(self.office, request, words_=said.partition(": ")[2])
        return ws

    def carry(self, sender: Workspace, receiver: Workspace, to: str) -> None:
        path = self.folder / f"{sender.name}-{receiver.name}.pitso-bundle"
        sending.send(sender, path, to=sending.party(sender, to))
        receiving.receive(receiver, path)

    def tell(self, ws: Workspace) -> None:
        """Bring the office's list of members to a computer, in a receipt that anyone may read."""
        path = self.folder / "list.pitso-bundle"
        sending.send(self.office, path, receipt=True)
        receiving.receive(ws, path)
