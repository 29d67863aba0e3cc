"""One engagement."""

from pitso.services import engagements, glance, people, teams, tour_steps
from pitso.services.programme_views import Glance
from pitso.ui.bindings.actions import take
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.engagement import EngagementPage


class EngagementBinding(Binding[EngagementPage]):
    """Connects one engagement."""

    def connect_page(self) -> None:
        page, desk = self.page, self.hall.desk
        self._glance: Glance | None = None
        page.dot_opened.connect(self._open_dot)
        page.phase_opened.connect(lambda number: self.hall.go("phases", code=str(number)))
        page.action_taken.connect(self._take)
        page.warning_opened.connect(lambda key: self.hall.go("warnings", code=key))
        page.door_opened.connect(self._open_door)
        page.tour_begun.connect(lambda: self.hall.touring.emit("begin"))
        page.former_asked.connect(lambda: self.hall.go("former"))
        page.next_asked.connect(lambda name: self.hall.go(name, assessment=""))
        page.assessment_opened.connect(self._open)
        page.stranger_added.connect(self._add_stranger)
        page.member_added.connect(
            lambda person, role, side: desk.do(
                lambda: teams.add_member(
                    self.hall.workspace, self.place.engagement, person=person, role=role, side=side
                )
            )
        )
        page.member_removed.connect(lambda member: desk.do(lambda: teams.remove_member(self.hall.workspace, member)))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        view = self.hall.desk.ask(lambda: engagements.engagement(ws, place.engagement))
        known = self.hall.desk.ask(lambda: people.persons(ws))
        if view is not None and known is not None:
            self.page.show_engagement(view, people=known, roles=teams.roles())
        self._glance = self.hall.desk.ask(lambda: glance.glance(ws, place.engagement))
        if self._glance is not None:
            self.page.show_glance(self._glance)
        self.page.offer_tour(ws.demonstration and not ws.looking_back and not tour_steps.touring(ws))

    def _open_dot(self, place: int) -> None:
        if self._glance is not None:
            dot = self._glance.dots[place]
            self.hall.going.emit(Place(dot.page, self.place.engagement, code=dot.record))

    def _take(self, place: int) -> None:
        if self._glance is not None:
            take(self.hall, self.place.engagement, self._glance.actions[place])

    def _open_door(self, place: int) -> None:
        if self._glance is not None:
            from pitso.ui.pages.people import BODIES

            door = self._glance.doors[place]
            part = BODIES if door.page == "people" else ""
            self.hall.going.emit(Place(door.page, self.place.engagement, code=door.record, part=part))

    def _add_stranger(self, name: str, role: str, side: str) -> None:
        """A person who is not known yet joins the team: two deeds, each of which can be undone."""
        ws, engagement = self.hall.workspace, self.place.engagement
        made = self.hall.desk.do(lambda: people.add_person(ws, name=name))
        if made is not None:
            self.hall.desk.do(lambda: teams.add_member(ws, engagement, person=made.record, role=role, side=side))

    def _open(self, assessment: str) -> None:
        from pitso.ui.bindings.assess import page_of

        self.hall.go(page_of(self.hall, self.place.engagement, assessment), assessment=assessment)
