"""Whoever is probed or was proved is there (JR/T 0099 7.1 n, q)."""

from collections.abc import Iterator

from responder.domain.reachability import LIAISONS
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import Finding, did_you_mean

CLAUSE = "7.1-q"


def probed_posts_exist(view: View) -> Iterator[Finding]:
    """A probe rings a role's holder, or the liaison officers' duty phones."""
    known = (LIAISONS, *view.site.roles)
    for post in view.site.probe_rules.posts:
        if post not in known:
            mend = Words(f"可用：{'、'.join(known)}。", f"Use {', '.join(known)}.")
            yield view.error(
                ("probes", "posts", post),
                CLAUSE,
                Words(
                    f"抽查的岗位“{post}”不存在", f"The post to be probed, {post}, does not exist"
                ),
                did_you_mean(post, known, mend),
            )


def duty_phones_are_probed(view: View) -> Iterator[Finding]:
    """Some post is probed each week."""
    rules = view.site.probe_rules
    if not rules.posts or rules.a_week < 1:
        yield view.warning(
            ("probes",),
            CLAUSE,
            Words("没有安排值守电话抽查", "No probes of the duty phones are arranged"),
            Words(
                "请在 probes 写明 posts 和 a_week（每周几次）。",
                "Name “posts” and “a_week” under “probes”.",
            ),
        )


def proofs_are_of_people(view: View) -> Iterator[Finding]:
    """A proof names somebody in the contacts."""
    for person in dict.fromkeys(one.person for one in view.site.ways_proved):
        if person not in view.site.people:
            yield view.warning(
                ("proved",),
                "7.1-n",
                Words(
                    f"核验记录中的“{person}”不在联系人中",
                    f"{person} was proved, and is nobody here",
                ),
                did_you_mean(person, view.site.people, Words("请核对编号。", "Check the id.")),
            )
