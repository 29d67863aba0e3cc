"""What is done at each stage of a count of preferences by hand, as the rule says it."""

from pitso.domain.counting import Rule
from pitso.words import _


def steps(rule: Rule) -> tuple[str, ...]:
    """The steps of a rule of preferences, in order."""
    first = _("Sort the valid papers by their first preference, and count each pile.")
    if rule is Rule.IRV:
        return first, *_one_place()
    return first, *_several(rule)


def _one_place() -> tuple[str, ...]:
    return (
        _("Whoever has more than half of the votes that continuing candidates hold is elected."),
        _(
            "Else exclude the candidate with fewest votes; of equals the one who had fewer at the latest stage at "
            "which they differed, else by lot."
        ),
        _(
            "Give each paper of the one excluded to the next preference for a continuing candidate; where there is "
            "none, put it aside as not transferable."
        ),
        _("Count again, until one candidate has more than half."),
    )


def _several(rule: Rule) -> tuple[str, ...]:
    scottish = rule is Rule.STV_SCOTLAND
    quota = _("Quota: valid papers divided by places and one more, to two decimals rounded up.")
    surplus = _(
        "Surplus, highest first: only the papers that came last go on, at the surplus divided by those that can, to "
        "two decimals; it waits where it can change nothing."
    )
    if scottish:
        quota = _("Quota: valid papers divided by places and one more; leave the fraction away, and add one.")
        surplus = _(
            "Surplus, highest first: every paper of the one elected goes on, at the surplus times its value divided by "
            "the votes held, cut after five decimals."
        )
    return (
        quota,
        _("Whoever reaches the quota is elected."),
        surplus,
        _(
            "Without a surplus exclude the candidate with fewest votes, and give each paper to the next preference at "
            "the value at which it came."
        ),
        _("When as many candidates continue as places are left, they are elected."),
    )
