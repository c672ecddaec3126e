"""A calendar feed: one person's dates at a secret address, known again, revoked at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from responder.commands.duty.feed import MakeFeed, RevokeFeeds
from responder.commands.duty.rota import OverrideRotation
from responder.commands.firm import RemovePerson
from responder.documents.calendar_feed import calendar_text
from responder.domain.drill_record import DrillRecord
from responder.domain.register import Plan
from responder.domain.rota import Rotation
from responder.domain.training import Course
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed
from responder.inbound.calendar_feed import CalendarFeeds, address
from tests.acceptance.test_duty import CHANGE, EVENING, HOUR, firm
from tests.fakes.web import serving
from tests.stage.play import Play, by

CLIENT = httpx.Client(trust_env=False, timeout=20)


@pytest.fixture(scope="module", autouse=True)
def hung_up() -> Iterator[None]:
    """No connection outlives the stories."""
    with CLIENT:
        yield


@pytest.fixture
def play(opened: Callable[..., Any]) -> Iterator[Play]:
    """The firm of the duty stories, with a drill, a course and a plan to review."""
    site = firm()
    drills = (DrillRecord("D1", title=Words("断网演练", "Network drill"), on=date(2026, 12, 12)),)
    courses = {
        "c1": Course("c1", Words("预案培训", "The plan"), date(2026, 12, 3), ("duty_lead",)),
        "c2": Course("c2", Words("机房", "Machine room"), date(2026, 12, 4), ("watch",)),
    }
    plan = Plan(version="3", keeper="duty", reviewed_on=date(2026, 1, 15))
    site = replace(site, drills_held=drills, courses=courses, plan=plan)
    play = Play.of(opened(), site, EVENING)
    yield play
    play.over()


@pytest.fixture
def base(play: Play) -> Iterator[str]:
    """The door, served on loopback."""

    def read(query: Any) -> Any:
        return play.store.read(lambda uow: query(uow, play.now))

    with serving(CalendarFeeds(read, calendar_text).routes) as port:
        yield f"http://127.0.0.1:{port}"


def secret(play: Play, who: str = "duty") -> str:
    made: str = play.do(MakeFeed(by=by(who), person=who)).facts["secret"]
    return made


def events(text: bytes) -> dict[str, Any]:
    """The events of a feed by uid."""
    return {str(one["uid"]): one for one in Calendar.from_ical(text).walk("VEVENT")}


def test_a_feed_holds_ones_dates_and_no_contact_detail(play: Play, base: str) -> None:
    """Shifts with an alarm an hour before, drills, courses of one's posts, the plan's review."""
    answer = CLIENT.get(address(base, secret(play)))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = events(answer.content)
    titles = [str(one["summary"]) for one in found.values()]
    assert {
        "值班：值班负责人",
        "备岗：值班负责人",
        "应急演练：断网演练",
        "应急培训：预案培训",
    } <= set(titles)
    assert "应急培训：机房" not in titles
    assert found["plan-review-2027@responder"]["dtstart"].dt == date(2027, 1, 15)
    shifts = {uid: one for uid, one in found.items() if uid.startswith("shift-")}
    last = max(one["dtend"].dt for one in shifts.values())
    assert last >= EVENING + timedelta(days=87)
    for one in shifts.values():
        (alarm,) = one.walk("VALARM")
        assert alarm["trigger"].dt == -HOUR
        assert one["dtstart"].params["TZID"] == "Asia/Shanghai"
    for line in ("sms:", "voice:", "slack:", "@example"):
        assert line not in answer.text
    assert answer.content.count(b"BEGIN:VTIMEZONE") == 1
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))


def test_a_changed_shift_keeps_the_uids_of_the_others(play: Play, base: str) -> None:
    """The overridden shift is gone, all others are the same events with a higher sequence."""
    url = address(base, secret(play, "deputy"))
    before = CLIENT.get(url)
    assert CLIENT.get(url, headers={"If-None-Match": before.headers["etag"]}).status_code == 304
    play.do(OverrideRotation(by=by("duty"), rotation="lead", start=CHANGE, end=CHANGE + 24 * HOUR,
                             person="duty", reason="x"))  # fmt: skip
    after = CLIENT.get(url, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    old, new = events(before.content), events(after.content)
    assert set(old) - set(new) == {f"shift-duty_lead-{int(CHANGE.timestamp())}@responder"}
    assert not set(new) - set(old)
    for uid, one in new.items():
        assert int(one["sequence"]) > int(old[uid]["sequence"])
        assert one["last-modified"].dt >= old[uid]["last-modified"].dt
        assert one["dtstart"].dt == old[uid]["dtstart"].dt
    play.now += timedelta(days=2)
    later = events(CLIENT.get(url).content)
    shared = set(later) & set(new)
    assert len(shared) > len(new) - 4
    assert all(later[uid]["dtstart"].dt == new[uid]["dtstart"].dt for uid in shared)
    play.tells()


@pytest.mark.parametrize(
    ("zone", "month"), [("Europe/London", 3), ("America/New_York", 11), ("Asia/Shanghai", 3)]
)
def test_local_times_hold_across_daylight_saving(
    opened: Callable[..., Any], zone: str, month: int
) -> None:
    """Each shift begins at 08:30 local, at the instant that the roster says."""
    starts = datetime(2026, 1, 5, 8, 30, tzinfo=UTC).replace(tzinfo=None)
    turns = Rotation("lead", starts, zone, timedelta(days=1), ("duty", "deputy", "third"))
    site = firm()
    people = site.people | {"duty": replace(site.people["duty"], time_zone=zone, language="en")}
    site = replace(site, people=people, rotations=site.rotations | {"lead": turns})
    play = Play.of(opened(), site, datetime(2026, month, 1, 12, tzinfo=UTC))

    def read(query: Any) -> Any:
        return play.store.read(lambda uow: query(uow, play.now))

    with serving(CalendarFeeds(read, calendar_text).routes) as port:
        url = address(f"http://127.0.0.1:{port}", secret(play))
        found = events(CLIENT.get(url).content)
    shifts = [one for uid, one in found.items() if uid.startswith("shift-")]
    assert len(shifts) > 25
    for one in shifts:
        assert str(one["summary"]) == "On duty: Duty lead"
        start = one["dtstart"].dt
        assert (start.hour, start.minute) == (8, 30)
        assert turns.handover(turns.turn(start)) == start.astimezone(UTC)
        assert turns.on_shift(start) == "duty"


def test_a_revoked_address_is_not_found_like_any_other(play: Play, base: str) -> None:
    """Revoked, unknown, badly written, of somebody removed: the very same answer."""
    mine, theirs = secret(play), secret(play, "night")
    play.do(RevokeFeeds(by=by("duty"), person="duty"))
    play.do(RemovePerson(by=by("root"), person="night", reason="离职"))
    answers = [CLIENT.get(address(base, one)) for one in (mine, theirs, "0" * 32, "x", "ÿ" * 32)]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    same = [{k: v for k, v in one.headers.items() if k != "date"} for one in answers]
    assert all(one == same[0] for one in same)


def test_only_the_hash_is_kept(play: Play) -> None:
    """The secret is in the reply alone: not on the shelf, not on the record."""
    made = secret(play)
    kept = play.store.read(lambda uow: uow.feeds.all())
    assert made not in repr(kept)
    assert made not in repr([e.payload for e in play.timeline("FIRM")])
    with pytest.raises(NotAllowed):
        play.do(MakeFeed(by=by("clerk"), person="duty"))
    play.do(MakeFeed(by=by("root"), person="clerk"))
    for _ in range(9):
        secret(play)
    with pytest.raises(BadInput):
        secret(play)


def test_nothing_thrown_at_the_door_opens_it(play: Play, base: str) -> None:
    """Whatever is asked for is not found, and never an error of ours."""
    made = secret(play)

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(
        st.text(min_size=1, max_size=80),
        st.text("0123456789abcdefghijkmnpqrstvwxyz", min_size=32, max_size=32),
        st.sampled_from([made.upper(), made[:-1], made + "0", made + "%00", "../" + made, "%2e"]),
    ))  # fmt: skip
    def thrown(token: str) -> None:
        if token == made:
            return
        path = "".join(f"%{byte:02x}" for byte in token.encode("utf-8", "surrogatepass"))
        answer = CLIENT.get(f"{base}/calendar/{path}.ics")
        assert answer.status_code == 404

    thrown()
    assert CLIENT.post(address(base, made)).status_code == 405
    assert CLIENT.head(address(base, made)).status_code == 200
