"""The calendars a site holds: those it refers to, its own before the release's."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from responder.domain.regime import Duty, Limit, Regime, Span, Unit
from responder.site.calendars import calendars_wanted, shipped_calendar
from responder.site.check.calendars import calendars_are_there, calendars_reach_far_enough
from responder.site.check.view import View
from responder.site.loader import load
from responder.store.codec import decoder, encode
from tests.unit.site.conftest import CALENDAR, NOW

SYSTEMS = "contacts/systems.yaml"
FILES = Path(__file__).parents[3] / "responder/regimes/calendars"
SHIPPED = sorted(file.stem for file in FILES.glob("*.yaml"))


@pytest.mark.parametrize("id", SHIPPED)
def test_a_shipped_calendar_says_where_it_comes_from(id):
    """Each has its names, its end, its source and how far that is to be trusted."""
    calendar = shipped_calendar(id)
    assert calendar is not None
    assert calendar.name.zh
    assert calendar.name.en
    assert calendar.until >= date(2026, 12, 31)
    assert calendar.source
    assert calendar.confidence in {"A", "B", "C"}
    assert calendar.confidence != "C" or calendar.needs_verification
    assert calendar.verified_on


def test_a_site_holds_the_calendars_it_refers_to(folder):
    """No others: each version of the site keeps a copy, which comes back as it was."""
    folder.change(SYSTEMS, "[XTST]", "[XSHG, XTST, XSHG]")
    site = load(folder.path).site
    assert sorted(site.calendars) == ["XSHG", "XTST"]
    assert site.calendars["XSHG"] == shipped_calendar("XSHG")
    test = site.calendars["XTST"]
    assert [day.day for day in test.off if day.year == 2026] == [1, 2, 3, 4, 5, 6, 7]
    assert [session.counts for session in test.sessions] == [True, True, False, True]
    assert decoder(type(site)).decode(encode(site)) == site


def test_the_firms_own_calendar_replaces_the_releases(folder):
    """A file of the same id, whole."""
    folder.change(SYSTEMS, "[XTST]", "[XSHG]")
    folder.write("playbooks/calendars/XSHG.yaml", CALENDAR)
    own = load(folder.path).site.calendars["XSHG"]
    assert (own.id, own.source, own.until) == ("XSHG", "通知", date(2027, 12, 31))


def test_an_ended_calendar_is_warned_of_at_its_own_line(folder):
    """In the firm's file at `until`; for the release's, at the file that is to be written."""
    folder.change(SYSTEMS, "[XTST]", "[XSHG, XTST]")
    found = load(folder.path)
    later = View(found, datetime(2028, 1, 1, tzinfo=UTC))
    ended = [(one.file, one.line, one.what.en) for one in calendars_reach_far_enough(later)]
    assert sorted(file for file, _, _ in ended) == [
        "playbooks/calendars/XSHG.yaml",
        "playbooks/calendars/XTST.yaml",
    ]
    assert sorted(line for _, line, _ in ended) == [1, 4]
    assert any("ended 2027-12-31" in what for *_, what in ended)


def test_a_rule_without_its_calendar_is_an_error(folder):
    """Its limits cannot be set."""
    duty = Duty("final", limits=(Limit("restored", Span(5, Unit.WORKING_DAYS, "mars")),))
    loaded = load(folder.path)
    site = replace(loaded.site, regimes={"r": Regime("r", working_days="cn", duties=(duty,))})
    found = list(calendars_are_there(View(replace(loaded, site=site), NOW)))
    assert [one.severity for one in found] == ["error", "error"]
    assert [one.mend.en.split("calendars/")[1] for one in found] == ["cn.yaml.", "mars.yaml."]


def test_every_calendar_that_a_rule_counts_by_is_wanted():
    """That of its days of work and trading, and those of its spans."""
    duty = Duty(
        "a",
        limits=(Limit("aware", Span(4, Unit.HOURS)), Limit("aware", Span(1, Unit.DAYS, "uk"))),
        every=Span(1, Unit.WORKING_DAYS, "sg"),
    )
    regime = Regime("r", working_days="cn", trading_days="XSHG", duties=(duty, Duty("b")))
    assert calendars_wanted([regime, regime], ()) == ("cn", "XSHG", "uk", "sg")


def test_an_id_that_climbs_out_of_the_folder_opens_nothing(folder):
    """A market is a name, never a path."""
    folder.write("playbooks/XTST.yaml", folder.text("playbooks/calendars/XTST.yaml"))
    (folder.path / "playbooks/XTST.yaml").rename(folder.path / "XTST.yaml")
    folder.change(SYSTEMS, "[XTST]", '["../../XTST", "../packs/x"]')
    assert list(load(folder.path).site.calendars) == ["XTST"], "the one that the rules count by"


def test_a_calendar_that_ends_in_yml_is_nobodys(folder):
    """It looks as if it were meant to be read."""
    folder.write("playbooks/calendars/XSHE.yml", CALENDAR)
    assert load(folder.path).strays == ("playbooks/calendars/XSHE.yml",)
