"""How each field behaves when records are joined, and who may see it: one table for the whole program."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Merge(StrEnum):
    """What becomes of values that were written without knowing each other."""

    REGISTER = "register"
    """Every value is kept, the latest is shown with a mark."""
    SET = "set"
    """Whether something belongs (a member, a tag): adding wins over a removal that did not know it."""
    ONCE = "once"
    """Written once: a second, different value makes it contested, and only two people together settle it."""


class Reader(StrEnum):
    """Who may see a value, from the narrowest circle to the widest (model, section 5)."""

    TEAM = "team"
    BOTH_SIDES = "both"
    OFFICE = "office"
    PUBLIC = "public"

    def sees(self, level: str) -> bool:
        """May this reader see what is marked with a *level*? What a newer program marked, only the team may."""
        order = list(Reader)
        return order.index(Reader(level) if level in set(order) else Reader.TEAM) >= order.index(self)


@dataclass(frozen=True)
class Policy:
    """What holds for one field.

    *detached*: the operation holds only a salted hash, the content lies apart, so that it can be left out of a
    bundle or erased while the chain of signatures still verifies. *sought*: the search finds the record by it.
    """

    merge: Merge = Merge.REGISTER
    reader: Reader = Reader.OFFICE
    detached: bool = False
    sought: bool = False


PLAIN = Policy()
PERSONAL = Policy(reader=Reader.OFFICE, detached=True)
WITHIN_TEAM = Policy(reader=Reader.TEAM, detached=True)

OF_PAPERS = ("paper", "copy", "signed")
"""Kinds of records that tell of papers themselves: what was issued, which copies left, which came back signed."""

POLICIES: dict[str, Policy] = {
    "person.name": Policy(reader=Reader.OFFICE, detached=True, sought=True),
    "person.role": PERSONAL,
    "organisation.name": Policy(sought=True),
    "name.text": Policy(sought=True),
    "engagement.title": Policy(sought=True),
    "engagement.country": Policy(sought=True),
    "assessment.title": Policy(sought=True),
    "rating.level": WITHIN_TEAM,
    "rating.level_after_reveal": WITHIN_TEAM,
    "rating.reason": WITHIN_TEAM,
    "rating.note": WITHIN_TEAM,
    "evidence.text": WITHIN_TEAM,
    "minority.text": WITHIN_TEAM,
    "form.xform": Policy(detached=True, reader=Reader.PUBLIC),
    "form.xlsx": Policy(detached=True, reader=Reader.PUBLIC),
    "evidence.file": Policy(detached=True, reader=Reader.TEAM),
    "person.consent": PERSONAL,
    "person.consent_photo": PERSONAL,
    "person.consent_quote": PERSONAL,
    "tenure.post": Policy(sought=True),
    "paper.title": Policy(sought=True),
    "signed.file": Policy(detached=True, reader=Reader.BOTH_SIDES),
    "tag.on": Policy(Merge.SET),
    "roll.closed": Policy(Merge.ONCE),
    "result.declared": Policy(Merge.ONCE),
    "election.title": Policy(sought=True),
    "election.rules": Policy(Merge.ONCE),
    "nomination.name": Policy(reader=Reader.PUBLIC, sought=True),
    "nomination.sex": PERSONAL,
    "round.opened": Policy(Merge.ONCE),
    "round.account": Policy(Merge.ONCE),
    "box.papers": Policy(Merge.ONCE),
    "box.sorted": Policy(Merge.ONCE),
    "lot.drawn": Policy(Merge.ONCE),
    "objection.objector": PERSONAL,
    "presence.signed": Policy(Merge.ONCE),
    "formfile.content": Policy(detached=True, reader=Reader.PUBLIC),
    "workshop.title": Policy(sought=True),
    "attendance.sex": PERSONAL,
    "attendance.age_band": PERSONAL,
    "attendance.disability": PERSONAL,
    "attendance.contact": PERSONAL,
    "attendance.photo": WITHIN_TEAM,
    "attendance.photo_consent": PERSONAL,
    "attendance.language": PERSONAL,
    "roll.objector": PERSONAL,
    "speech.name": PERSONAL,
    "resolution.title": Policy(sought=True),
    "record.name": Policy(reader=Reader.OFFICE, detached=True, sought=True),
    "revision.submission": PERSONAL,
    "revision.reason": PERSONAL,
    "commitment.text": Policy(detached=True, sought=True),
    "commitment.state": PERSONAL,
    "commitment.source": PERSONAL,
    "commitment.proof": PERSONAL,
    "contact.subject": Policy(detached=True, sought=True),
    "contact.summary": PERSONAL,
    "contact.file": PERSONAL,
    "contact.subject_within_team": WITHIN_TEAM,
    "contact.summary_within_team": WITHIN_TEAM,
    "contact.file_within_team": WITHIN_TEAM,
    "point.address": PERSONAL,
}


def policy(entity: str, field: str) -> Policy:
    """What holds for this *field* of an *entity*, whose kind stands before its first slash."""
    return POLICIES.get(f"{entity.partition('/')[0]}.{field}", PLAIN)


def version() -> str:
    """A short name of this table: tables made under another one are made again."""
    told = "\n".join(f"{name} {rule}" for name, rule in sorted(POLICIES.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
