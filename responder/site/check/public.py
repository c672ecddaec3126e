"""What the public is told: the wording of each fault, and the outlets (7.1 b, 7.2)."""

from collections.abc import Iterator

from responder.domain.outlet import FORMS, POSTED_BY, WEBHOOK
from responder.domain.words import Words
from responder.site.check.view import View, listed
from responder.site.finding import Finding, did_you_mean

_LANGUAGES = (("zh", Words("中文", "Chinese")), ("en", Words("英文", "English")))
NEEDS_ADDRESS = (WEBHOOK, "slack", "telegram")


def wordings_forbid_something(view: View) -> Iterator[Finding]:
    """A line says what is not to be said, in both languages."""
    for id, wording in view.site.wordings.items():
        lacking = [name for said, name in _LANGUAGES if not wording.never_say.get(said)]
        if lacking:
            names = listed(lacking)
            yield view.warning(
                ("wordings", id),
                "7.1-R.b",
                Words(
                    f"解释口径“{id}”没有写不得说的话（{names.zh}）",
                    f"The line “{id}” forbids nothing ({names.en})",
                ),
                Words("请补上 never_say。", "Add never_say."),
            )


def questions_are_answered(view: View) -> Iterator[Finding]:
    """A question kept ready has its answer, in both languages."""
    for id, wording in view.site.wordings.items():
        for number, one in enumerate(wording.questions):
            if all((one.q.zh, one.q.en, one.a.zh, one.a.en)):
                continue
            yield view.warning(
                ("wordings", id, "questions", number),
                "7.1-R.b",
                Words(
                    f"解释口径“{id}”第{number + 1}问的问答不全",
                    f"Question {number + 1} of the line “{id}” or its answer is incomplete",
                ),
                Words("请写全中英文问和答。", "Give both, in both languages."),
            )


def outlets_can_be_published_to(view: View) -> Iterator[Finding]:
    """Each outlet has a form and a way we know, and an address where it needs one."""
    for id, outlet in view.site.outlets.items():
        for key, said, known in (
            ("form", outlet.form, FORMS),
            ("by", outlet.by, POSTED_BY),
            ("language", outlet.language or view.site.language, ("zh", "en")),
        ):
            if said not in known:
                choices = Words(f"可用：{'、'.join(known)}。", f"Write {', '.join(known)}.")
                yield view.error(
                    ("outlets", id, key),
                    "7.2-6a",
                    Words(
                        f"发布渠道“{id}”的 {key} 没有“{said}”这种",
                        f"The outlet “{id}”: there is no {key} “{said}”",
                    ),
                    did_you_mean(said, known, choices),
                )
        if outlet.by in NEEDS_ADDRESS and not outlet.to:
            yield view.error(
                ("outlets", id),
                "7.2-6a",
                Words(f"发布渠道“{id}”没有写发到哪里", f"The outlet “{id}” has no address"),
                Words("请补上 to。", "Add “to”."),
            )


def notices_have_an_outlet(view: View) -> Iterator[Finding]:
    """Where playbooks have notices, there is somewhere to publish them."""
    if view.site.outlets or not any(p.notices for p in view.site.playbooks.values()):
        return
    yield view.warning(
        ("outlets",),
        "7.2-6a",
        Words("没有登记公告发布渠道", "There is no outlet to publish notices to"),
        Words("请在 responder.toml 中登记 [[outlets]]。", "Name some: [[outlets]]."),
    )
