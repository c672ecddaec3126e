"""Our liaison officers and means told to those who rely on them (JR/T 0099 7.1 o and p)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from responder.domain.change_notice import ChangeNotice
from responder.domain.our_contacts import ALWAYS_TOLD
from responder.domain.register import Unit
from responder.domain.words import Words
from responder.readiness.contacts import UNITS_FILE, keeper, unit_name
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import oldest
from responder.readiness.situation import Situation

UNSENT_FOR = timedelta(days=1)
UNCONFIRMED_FOR = timedelta(days=3)


@control("7.1-o.2", "联络手册及时更新，变更通知关联单位", "Changes told to the related units")
def told(situation: Situation) -> Seen:
    """Every unit that is to hold our contacts was told them, and of every change since."""
    units = [u for u in situation.site.units.values() if u.receives_our_contacts]
    return _told(situation, [u for u in units if u.kind not in ALWAYS_TOLD])


@control(
    "7.1-p.3", "联络人及联系方式通知监管部门、协会", "Regulator and associations told of liaisons"
)
def regulators_told(situation: Situation) -> Seen:
    """The regulator and the associations hold our liaison officers and their means."""
    return _told(situation, [u for u in situation.site.units.values() if u.kind in ALWAYS_TOLD])


def _told(situation: Situation, units: list[Unit]) -> Seen:
    """Told at some time, and of every change since then."""
    records = [_record(situation, unit) for unit in units]
    gaps = tuple(gap for one in records for gap in _untold(situation, one))
    proof = Words(
        f"{len(units)}家单位均已告知，变更均有送达记录和回执",
        f"All {len(units)} units were told, and confirmed every change",
    )
    return Seen(gaps, proof, oldest(one.on for one in records))


@dataclass(frozen=True, slots=True)
class _Record:
    """What a unit was told, and last when."""

    unit: Unit
    on: date | None
    open: tuple[ChangeNotice, ...]


def _record(situation: Situation, unit: Unit) -> _Record:
    zone = ZoneInfo(situation.site.time_zone)
    notices = [one for one in situation.change_notices if one.unit == unit.id]
    days = [one.on for one in situation.site.units_told if one.unit == unit.id]
    days += [one.sent_at.astimezone(zone).date() for one in notices if one.sent_at]
    still_open = tuple(one for one in notices if one.is_open)
    return _Record(unit, max(days, default=None), still_open)


def _untold(situation: Situation, one: _Record) -> Iterator[Gap]:
    name, owner, now = unit_name(one.unit), keeper(situation.site), situation.at
    if one.on is None and not one.open:
        yield Gap(
            Words(
                f"没有向{name.zh}告知联络人和联系方式的记录",
                f"There is no record that {name.en} was told our liaison officers and means",
            ),
            Words(
                f"请告知后登记在 {UNITS_FILE} 的 units_told",
                f"Tell them, and record it under units_told in {UNITS_FILE}",
            ),
            owner=owner,
        )
    for notice in one.open:
        if notice.sent_at is None:
            late = now - notice.made_at > UNSENT_FOR
            what = Words(
                f"联络信息变更尚未通知{name.zh}（{notice.id}）",
                f"{name.en} was not told of our change yet ({notice.id})",
            )
            how = Words(
                f"请告知并登记：contacts told {notice.id} --note 方式",
                f"Tell them and record it: contacts told {notice.id} --note HOW",
            )
        else:
            late = now - notice.sent_at > UNCONFIRMED_FOR
            what = Words(
                f"{name.zh}尚未确认联络信息变更（{notice.id}）",
                f"{name.en} has not confirmed our change ({notice.id})",
            )
            how = Words(
                f"请催问并登记回执：contacts receipt {notice.id} --receipt 编号",
                f"Ask them, and record it: contacts receipt {notice.id} --receipt NO",
            )
        yield Gap(what, how, Light.RED if late else Light.AMBER, owner)
