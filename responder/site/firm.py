"""`responder.toml`: who we are, the zone, the languages, the night; and settings of other rooms."""

from dataclasses import dataclass, field

from responder.domain.carriage import Carriage, carriage
from responder.domain.outlet import Outlet, PublicVoice
from responder.domain.retention import LEAST_YEARS
from responder.domain.site import Firm, QuietHours
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.nodes import Mapping, Node, Scalar
from responder.site.public import read_outlet, read_voice
from responder.site.shapes import Reading

LANGUAGES = ("zh", "en")
SETTINGS = (
    "alerts",
    "database_url",
    "evidence",
    "files_dir",
    "listen",
    "mode",
    "public_url",
    "publishing",
    "site_key_file",
    "slack",
    "smtp",
    "telegram",
    "twilio",
    "var",
)
"""Keys that the settings read, overridden by the environment; here they are only known."""

_HOURS = Words("夜间时段请写成 22:00-07:30。", "Write the hours of the night as 22:00-07:30.")


@dataclass(frozen=True, slots=True)
class Own:
    """What the firm says about itself."""

    firm: Firm = Firm()
    time_zone: str = "Asia/Shanghai"
    languages: tuple[str, ...] = LANGUAGES
    quiet_hours: QuietHours = QuietHours()
    checkpoint_to: str = ""
    applies: tuple[str, ...] = ()
    outlets: dict[str, Outlet] = field(default_factory=dict)
    voice: PublicVoice = PublicVoice()
    channels: dict[str, Carriage] = field(default_factory=dict)
    retention_years: int = LEAST_YEARS


def read_own(root: Fields) -> Own:
    """The keys of `responder.toml` that describe the site."""
    own = Own(
        firm=_firm(root.inner("firm")),
        time_zone=root.zone("time_zone"),
        languages=root.texts("languages") or LANGUAGES,
        quiet_hours=_quiet_hours(root),
        checkpoint_to=root.text("checkpoint_to"),
        applies=root.texts("regimes"),
        outlets=root.by_id("outlets", read_outlet, bare=True),
        voice=read_voice(root.inner("notices")),
        channels=root.by_key("channels", _carriage),
        retention_years=_retention_years(root.inner("retention")),
    )
    for key in SETTINGS:
        root.node(key)
    root.close()
    return own


def _firm(fields: Fields) -> Firm:
    firm = Firm(
        name=fields.words("name"),
        institution=fields.text("institution", Firm().institution),
        bureau=fields.text("bureau"),
        kinds=fields.texts("kinds"),
    )
    fields.close()
    return firm


def _retention_years(fields: Fields) -> int:
    years = fields.whole("years", LEAST_YEARS)
    fields.close()
    return years


def _carriage(fields: Fields, name: str) -> Carriage:
    """What is left out is as it usually is with that channel."""
    usual = carriage({}, name)
    abroad = fields.flag("abroad") if fields.node("abroad") else usual.abroad
    return Carriage(abroad, fields.text("carries", usual.carries))


def _quiet_hours(root: Fields) -> QuietHours:
    node = root.node("quiet_hours")
    if node is None:
        return QuietHours()
    start, end = _ends(root.reading, node)
    if start is None or end is None:
        return QuietHours()
    from_, to = root.reading.time(start), root.reading.time(end)
    return QuietHours() if from_ is None or to is None else QuietHours(from_, to)


def _ends(reading: Reading, node: Node) -> tuple[Node | None, Node | None]:
    """The two ends, from `{start, end}` or from `22:00-07:30`."""
    if isinstance(node, Mapping):
        fields = Fields(reading, node)
        start = fields.node("start") or Scalar(node.where, "22:00")
        end = fields.node("end") or Scalar(node.where, "07:30")
        fields.close()
        return start, end
    start_text, dash, end_text = node.text.partition("-") if isinstance(node, Scalar) else ("",) * 3
    if not dash:
        what = Words("看不懂夜间时段", "These are no hours of the night")
        reading.refuse(node.where, what, _HOURS)
        return None, None
    return Scalar(node.where, start_text), Scalar(node.where, end_text)
