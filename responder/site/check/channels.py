"""What leaves the mainland: which channel's data, and how much a message carries."""

from collections.abc import Iterator

from responder.domain.carriage import CARRIES, MAINLAND_ZONES, USUAL, Carriage, carriage
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import THE_FILES, Finding, did_you_mean


def channels_are_declared_well(view: View) -> Iterator[Finding]:
    """How much a channel carries is a word that is known; any other counts as minimal."""
    for name, one in view.site.channels.items():
        if one.carries not in CARRIES:
            known = Words(f"可用：{'、'.join(CARRIES)}。", f"Write {' or '.join(CARRIES)}.")
            yield view.error(
                ("channels", name, "carries"),
                THE_FILES,
                Words(
                    f"没有“{one.carries}”这种，按 minimal 执行",
                    f"There is no “{one.carries}”; it counts as minimal",
                ),
                did_you_mean(one.carries, CARRIES, known),
            )


def full_texts_stay_at_home(view: View) -> Iterator[Finding]:
    """A firm in mainland China does not send whole texts to servers abroad unknowingly."""
    if view.site.time_zone not in MAINLAND_ZONES:
        return
    for name, one in _channels(view):
        if one.abroad and not one.is_minimal:
            yield view.warning(
                ("channels", name, "carries"),
                THE_FILES,
                Words(
                    f"通道{name}的数据出境，且消息含全部内容",
                    f"The data of {name} leaves the mainland, and its messages carry everything",
                ),
                Words(
                    "请改为 minimal，或先办妥数据出境手续。",
                    "Make it minimal, or settle the export of data first.",
                ),
            )


def what_leaves(view: View) -> Iterator[Finding]:
    """One line a channel, said with every check: where its data goes, what a message carries."""
    for name, one in _channels(view):
        where = (
            Words("数据出境", "leaves the mainland") if one.abroad else Words("数据不出境", "stays")
        )
        carried = (
            Words("只带编号、级别、链接", "carries id, level and link only")
            if one.is_minimal
            else Words("带全部内容", "carries everything")
        )
        yield view.note(
            ("channels", name),
            THE_FILES,
            Words(f"通道{name}：{where.zh}", f"Channel {name}: {where.en}"),
            carried,
        )


def _channels(view: View) -> Iterator[tuple[str, Carriage]]:
    """Those that usually go abroad, then the others that the site speaks of."""
    stated = view.site.channels
    for name in dict.fromkeys([*USUAL, *stated]):
        yield name, carriage(stated, name)
