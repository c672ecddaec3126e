"""What is said beside a result: what was missing, how late, which times passed, whose hand."""

from collections.abc import Callable, Iterator
from datetime import datetime

from responder.domain.plain_value import late_said
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.by_hand import NAME, ByHand
from responder.drills.scoring import Score


def remarks(score: Score, site: Site, clock: Callable[[datetime], str]) -> Iterator[Words]:
    """In the order in which they weigh; `clock` writes an instant. Nothing where all went well."""
    if score.lacking:
        zh = "、".join(one.said("zh") for one in score.lacking)
        en = ", ".join(one.said("en") for one in score.lacking)
        yield Words(f"要件不全：{zh}", f"left open: {en}")
    if late := score.late_by_rule:
        zh, en = late_said(late, "zh"), late_said(late, "en")
        yield Words(f"超过规定时限{zh}", f"{en} after the limit of its rule")
    if score.missed:
        times = [clock(at) for at in score.missed]
        yield Words(f"{'、'.join(times)}到点未报", f"nobody was told by {', '.join(times)}")
    if score.by_hand:
        yield _entered(score.by_hand, site, clock)


def _entered(one: ByHand, site: Site, clock: Callable[[datetime], str]) -> Words:
    known, at = site.people.get(one.entered_by), clock(one.entered_at)
    who = known.name if known else Words(one.entered_by, one.entered_by)
    return Words(
        f"{NAME.zh}（{who.said('zh')}{at}登记）：{one.reason}",
        f"{NAME.en} ({who.said('en')}, {at}): {one.reason}",
    )
