"""The rules of duty: eight areas, posts that take turns, check-ins with time to answer (5.1)."""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.duty import AREA_NAMES, AREAS
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import Finding

LEAST_BETWEEN = timedelta(minutes=15)


def areas_are_ruled(view: View) -> Iterator[Finding]:
    """Each of the eight areas has its rule."""
    rules = view.site.duty_rules
    for area in AREAS if rules.areas or rules.posts else ():
        if not rules.areas.get(area):
            name = AREA_NAMES[area]
            yield view.warning(
                ("areas",),
                "5.1-1",
                Words(f"值班制度没有规定“{name.zh}”", f"The duty rules say nothing of {name.en}"),
                Words(f"请在 areas.{area} 写明。", f"Write it under areas.{area}."),
            )


def kept_posts_take_turns(view: View) -> Iterator[Finding]:
    """A post whose shifts are kept is a role with a rotation, and one asked to check in is kept."""
    rules = view.site.duty_rules
    for key, posts in (("posts", rules.posts), ("check_in_posts", rules.check_in_posts)):
        for post in posts:
            role = view.site.roles.get(post)
            if role is None or not role.rotation:
                yield view.error(
                    (key, post),
                    "5.1-3",
                    Words(f"岗位“{post}”没有轮值表", f"The post “{post}” has no rotation"),
                    Words("请写 roles 中有 rotation 的岗位。", "Name a role that has a rotation."),
                )
    for post in rules.check_in_posts:
        if post not in rules.posts:
            yield view.error(
                ("check_in_posts", post),
                "5.1-3",
                Words(f"岗位“{post}”须签到，但不记班次", f"“{post}” checks in, but is not kept"),
                Words("请同时列入 posts。", "List it under posts as well."),
            )


def check_ins_can_be_answered(view: View) -> Iterator[Finding]:
    """Who is asked has time to answer before being asked again."""
    rules = view.site.duty_rules
    every = rules.check_in_every
    if every is not None and (every < LEAST_BETWEEN or every <= 2 * rules.check_in_grace):
        yield view.error(
            ("check_in_every",),
            "5.1-3",
            Words("签到间隔过短", "Check-ins follow each other too closely"),
            Words(
                "至少15分钟，且长于 check_in_grace 的两倍。",
                "Leave 15 minutes at least, and more than twice check_in_grace.",
            ),
        )
