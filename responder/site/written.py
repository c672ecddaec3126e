"""The register as its files would say it: plain data by file, what takes its default left out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.domain.organisation import Body, Command, Decision, Liaison, Role, StillThere
from responder.domain.people import Person, Way
from responder.domain.register import Plan, Unit
from responder.domain.rota import BEGINNING, NEVER, Absence, Override, Rotation, begins, ends
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.folder import PLAN
from responder.site.in_place import Plain

Root = dict[str, Plain]
_UNITS = (
    ("h", timedelta(hours=1)),
    ("m", timedelta(minutes=1)),
    ("s", timedelta(seconds=1)),
)


def written(site: Site) -> dict[str, Root]:
    """Every file whose content a change in the database may concern, as plain data."""
    roles = {id: _role(role) for id, role in site.roles.items()}
    body = site.execution_body
    bodies = {
        "command_body": _command(site.command),
        "execution_body": _some(lead=body.head, **_body(body)),
        "liaisons": [_liaison(one) for one in site.liaisons],
        "decisions": [_decision(one) for one in site.decisions.values()],
        "still_there": _still_there(site.still_there),
    }
    rota = {
        "rotations": {id: _rotation(one, site) for id, one in site.rotations.items()},
        "overrides": [_override(one, site) for one in site.overrides],
        "absences": [_absence(one, site) for one in site.absences],
    }
    units = {
        "units": [_unit(one) for one in site.units.values()],
        "units_told": [
            _some(unit=one.unit, on=_day(one.on), receipt=one.receipt) for one in site.units_told
        ],
    }
    files: dict[str, Root] = {
        "people": {"people": [_person(one, site) for one in site.people.values()]},
        "roles": {"roles": roles, "grants": _lists(site.grants)},
        "rotations": rota,
        "teams": {"teams": _lists(site.teams)},
        "command": bodies,
        "units": units,
    }
    contacts = {f"contacts/{name}.yaml": _some(**root) for name, root in files.items()}
    return contacts | {PLAN: _plan(site.plan) if site.plan else {}}


def _some(**values: Any) -> Root:
    """The values that say something."""
    return {key: value for key, value in values.items() if _says(value)}


def _says(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], {})


def _words(words: Words) -> Plain:
    return words.zh if words.zh == words.en else _some(zh=words.zh, en=words.en)


def _lists(many: Mapping[str, Iterable[str]]) -> Root:
    return {id: list(found) for id, found in many.items()}


def _person(one: Person, site: Site) -> Root:
    return _some(
        id=one.id,
        name=_words(one.name),
        department=one.department,
        head_of=one.head_of,
        title=_words(one.title),
        language=one.language if one.language != site.language else "",
        time_zone=_zone(one.time_zone, site),
        reach=[_way(way) for way in one.reach],
    )


def _zone(zone: str, site: Site) -> str:
    return zone if zone != site.time_zone else ""


def _way(way: Way) -> Root:
    return _some(via=way.via, how=way.how, to=way.to, note=way.note)


def _role(one: Role) -> Root:
    return _some(
        name=_words(one.name),
        rotation=one.rotation,
        backup_rotation=one.backup_rotation,
        primary=one.primary,
        backup=one.backup,
    )


def _unit(one: Unit) -> Root:
    return _some(
        id=one.id,
        kind=one.kind,
        name=_words(one.name),
        business=_words(one.business),
        contact=_words(one.contact),
        reach=[_way(way) for way in one.reach],
        remarks=_words(one.remarks),
        receives_our_contacts=one.receives_our_contacts,
        verified_on=_day(one.verified_on),
    )


def _command(one: Command) -> Root:
    usual = Command().hand_down_after
    after = "" if one.hand_down_after == usual else span(one.hand_down_after)
    return _some(
        head=one.body.head,
        **_body(one.body),
        succession=list(one.succession),
        hand_down_after=after,
    )


def _body(one: Body) -> Root:
    duties = {duty: _words(words) for duty, words in one.duties.items()}
    return _some(members=list(one.members), principal=one.principal, duties=duties)


def _liaison(one: Liaison) -> Root:
    return _some(person=one.person, duty_phone=one.duty_phone, fax=one.fax)


def _plan(one: Plan) -> Root:
    """What the life of the plan changes; its text is written in the file itself."""
    return _some(
        version=one.version,
        number=one.number,
        keeper=one.keeper,
        approver=one.approver,
        sensitivity=one.sensitivity,
        published_on=_day(one.published_on),
        reviewed_on=_day(one.reviewed_on),
        references=list(one.references),
        filed=[
            _some(
                on=_day(filing.on),
                to=filing.to,
                by=filing.by,
                receipt=filing.receipt,
                channel=filing.channel,
                proof=filing.proof,
            )
            for filing in one.filed
        ],
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _decision(one: Decision) -> Root:
    usual = Decision(one.id)
    return _some(
        id=one.id,
        question=_words(one.question),
        who="" if one.by_succession else list(one.who),
        need=one.need if one.need != usual.need else None,
        consult=list(one.consult),
        unanswered=_words(one.unanswered),
    )


def _still_there(one: StillThere) -> Root:
    usual = StillThere()
    after = "" if one.after == usual.after else span(one.after)
    grace = "" if one.grace == usual.grace else span(one.grace)
    return _some(after=after, grace=grace)


# Times


def _rotation(one: Rotation, site: Site) -> Root:
    never = one.starts == NEVER.replace(tzinfo=None)
    return _some(
        time_zone=_zone(one.time_zone, site),
        starts="" if never else _clock(one.starts),
        shift=span(one.shift),
        people=list(one.people),
    )


def _override(one: Override, site: Site) -> Root:
    rotation = site.rotations.get(one.rotation)
    zone = rotation.time_zone if rotation else site.time_zone
    unknown = one.start == one.end == BEGINNING
    return _some(
        rotation=one.rotation,
        **{"from": "" if unknown else local_time(one.start, zone)},
        to="" if unknown else local_time(one.end, zone),
        person=one.person,
        reason=one.reason,
    )


def _absence(one: Absence, site: Site) -> Root:
    person = site.people.get(one.person)
    zone = person.time_zone if person else site.time_zone
    start = "" if one.start == BEGINNING else _day_or_time(one.start, zone)
    end = "" if one.end == NEVER else _last_day_or_time(one.end, zone)
    return _some(person=one.person, **{"from": start}, to=end, reason=one.reason)


def _day_or_time(at: datetime, zone: str) -> str:
    local = local_time(at, zone)
    day = date.fromisoformat(local[:10])
    return day.isoformat() if begins(day, zone) == at else local


def _last_day_or_time(at: datetime, zone: str) -> str:
    local = local_time(at, zone)
    day = date.fromisoformat(local[:10]) - timedelta(days=1)
    return day.isoformat() if ends(day, zone) == at else local


def local_time(at: datetime, zone: str) -> str:
    """An instant as local time of a zone; with its offset where that alone would be another."""
    local = at.astimezone(ZoneInfo(zone))
    naive = local.replace(tzinfo=None)
    return _clock(naive) if begins(naive, zone) == at else f"{_clock(naive)}{local:%z}"


def _clock(local: datetime) -> str:
    spec = "minutes" if local.time() == time(local.hour, local.minute) else "auto"
    return local.isoformat(timespec=spec)


def span(length: timedelta) -> str:
    """`24h`, `90s`; the largest unit that says it in whole numbers."""
    unit, of = next(((u, of) for u, of in _UNITS if not length % of), _UNITS[-1])
    return f"{length // of}{unit}"
