"""Who hears of readiness: owners of what is theirs, leaders once a week, nobody without reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from responder.commands import subjects
from responder.commands.daily import DAILY, ROUNDS
from responder.commands.firm import HEARTBEAT, AcceptSite
from responder.domain.reachability import Probe
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.stage.play import Play

DAY = timedelta(days=1)
TUESDAY = datetime.fromisoformat("2026-09-29T09:30+08:00")
MARK = ("应急准备有", "Readiness:")
WEEKLY = ("应急准备每周情况", "Readiness this week")


@pytest.fixture(scope="module")
def sample() -> Site:
    return load(sample_folder()).site


@pytest.fixture
def play(store: Any, sample: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """The sample firm on a Tuesday after the morning's round; other rounds are another tale."""
    assert subjects.digest.look_at_readiness.__name__ in ROUNDS
    for name in [name for name in ROUNDS if name != "look_at_readiness"]:
        monkeypatch.delitem(ROUNDS, name)
    monkeypatch.setitem(ROUNDS, "beat", (time(8, 39), beat))
    play = Play.of(store, sample, TUESDAY)
    store.run(start)
    yield play
    play.over()


def beat(uow: UnitOfWork, now: datetime) -> None:
    """The engine runs."""
    uow.notes.put(HEARTBEAT, now.isoformat())


def start(uow: UnitOfWork) -> None:
    """From the next morning on; the duty's own clocks are another tale, too."""
    for name, (at, _) in ROUNDS.items():
        morning = datetime.combine(TUESDAY.date() + DAY, at, TUESDAY.tzinfo)
        uow.timers.set(DAILY, name, morning)


def told(play: Play, opening: tuple[str, ...]) -> dict[str, str]:
    """Each person's latest message of that kind about 7.2-6a; takes what went out.

    That papers are to be handed out anew after a change is another tale.
    """
    found: dict[str, str] = {}
    for _, message in play.outgoing:
        said = str(message.facts.get("what", ""))
        if said.startswith(opening) and "7.2-6a" in said:
            found[message.person] = said
    play.outgoing.clear()
    return found


def without_substitutes(site: Site) -> Site:
    """The website no longer says what clients can do: up to its owner."""
    systems = dict(site.systems)
    systems["website"] = replace(systems["website"], substitutes=type(site.firm.name)())
    return replace(site, systems=systems)


def assessments(play: Play) -> dict[str, Any]:
    return play.store.read(lambda uow: uow.assessments.all())


def test_a_firm_in_order_hears_nothing(play: Play) -> None:
    """Day after day all is green: the days are kept, and nobody is told."""
    play.wait(3 * DAY)
    assert play.outgoing == []
    days = assessments(play)
    assert sorted(days) == ["2026-09-30", "2026-10-01", "2026-10-02"]
    assert {state for one in days.values() for state in one.states.values()} == {"green"}


def test_an_owner_hears_once_of_what_is_theirs(play: Play, sample: Site) -> None:
    """A gap goes to its owner alone, with the mend; unchanged it is silent for a week."""
    play.do(AcceptSite(site=without_substitutes(sample)))
    play.wait(DAY)
    owner = sample.systems["website"].owner
    assert not [message for _, message in play.outgoing if message.via in ("sms", "voice")]
    said = told(play, MARK)
    assert list(said) == [owner]
    assert "7.2-6a" in said[owner]
    assert "contacts/systems.yaml" in said[owner]
    play.wait(DAY)
    assert play.outgoing == []


def test_what_is_mended_is_silent(play: Play, sample: Site) -> None:
    """Once mended nothing is said; broken again it is news."""
    play.do(AcceptSite(site=without_substitutes(sample)))
    play.wait(DAY)
    assert told(play, MARK)
    play.do(AcceptSite(site=sample))
    play.wait(DAY)
    assert play.outgoing == []
    play.do(AcceptSite(site=without_substitutes(sample)))
    play.wait(8 * DAY)  # over the holiday, on which nobody is told
    assert told(play, MARK)


def test_leaders_hear_once_a_week(play: Play, sample: Site) -> None:
    """The head of the command body and the head of IT: counts, what changed, the worst."""
    play.do(AcceptSite(site=without_substitutes(sample)))
    play.wait(9 * DAY)  # over the holiday, on which nobody is told
    said = told(play, WEEKLY)
    assert sorted(said) == ["chen.guo", "zhang.wei"]
    assert "7.2-6a" in said["chen.guo"]
    assert "不合格1项" in said["chen.guo"]


def test_the_duty_phones_are_told_of_in_a_months_first_week(
    store: Any, sample: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Last month's probes, answered and missed, as a percentage that is never rounded up."""
    for name in [name for name in ROUNDS if name != "look_at_readiness"]:
        monkeypatch.delitem(ROUNDS, name)
    sunday = datetime.fromisoformat("2026-11-01T12:00+08:00")
    play = Play.of(store, sample, sunday)

    def probed(uow: UnitOfWork) -> None:
        for number in range(3):
            at = sunday - timedelta(days=10 + number)
            one = Probe(f"PRB-{number}", "liaisons", at, lines=["li.na"], rung=[at])
            one.answered_by, one.answered_at = ("li.na", at) if number else ("", None)
            one.missed_at = None if number else at
            uow.probes.put(one.id, one)
        uow.timers.set(DAILY, "look_at_readiness", sunday + timedelta(hours=20, minutes=40))

    store.run(probed)
    play.wait(DAY)
    weekly = [str(m.facts["what"]) for _, m in play.outgoing if m.person == "chen.guo"]
    assert any("10月值守电话抽查3次，可用率66%" in said for said in weekly)
