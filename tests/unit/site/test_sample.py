"""The sample site, and the copy that `init` writes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from responder.errors import Refused
from responder.site.check import check, regimes
from responder.site.finding import Finding
from responder.site.loader import LoadedSite, load
from responder.site.sample import SAMPLE_DATE, sample_folder, write_sample

TO_VERIFY = regimes.CLAUSE
DAYS = [date(2025, 2, 27), SAMPLE_DATE, SAMPLE_DATE + timedelta(days=6), date(2026, 11, 29)]
DAYS += [date(2028, 2, 29), date(2031, 12, 31)]


def findings(loaded: LoadedSite, day: date) -> list[Finding]:
    return check(loaded, datetime.combine(day, time(12), UTC))


def test_the_sample_has_no_fault():
    """The sample is clean on its own date, and without an error ever after.

    But for the rule packs: a line each says that their values are to be verified.
    """
    loaded = load(sample_folder())
    found = findings(loaded, SAMPLE_DATE)
    assert [one.clause for one in found] == [TO_VERIFY] * len(loaded.site.applies)
    assert all("regime show" in one.mend.en for one in found)
    for weeks in range(0, 120, 8):
        later = findings(loaded, SAMPLE_DATE + timedelta(weeks=weeks))
        assert [finding.said("en") for finding in later if finding.severity == "error"] == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_copy_is_clean_today(tmp_path, today):
    """Whenever it is written, the copy's dated records are as fresh as the sample's were.

    Calendars and rule packs are the release's: calendars end when they end, and are warned of.
    """
    write_sample(tmp_path / "site", today)
    found = [one for one in findings(load(tmp_path / "site"), today) if one.clause != TO_VERIFY]
    assert [one for one in found if not one.file.startswith("playbooks/calendars/")] == []


def test_the_same_people_are_on_shift(tmp_path):
    """Dates move by whole weeks: who is on shift at the same hour of the week stays."""
    write_sample(tmp_path, SAMPLE_DATE + timedelta(weeks=7, days=3))
    sample, copy = load(sample_folder()).site, load(tmp_path).site
    for id, rotation in sample.rotations.items():
        for hours in range(0, 24 * 30, 5):
            at = datetime.combine(SAMPLE_DATE, time(), UTC) + timedelta(hours=hours)
            assert rotation.on_shift(at) == copy.rotations[id].on_shift(at + timedelta(weeks=7))
    moved = [override.start - timedelta(weeks=7) for override in copy.overrides]
    assert moved == [override.start for override in sample.overrides]


def test_only_dated_records_change(tmp_path):
    """Comments, receipts and every other word stay as they are."""
    write_sample(tmp_path, SAMPLE_DATE + timedelta(weeks=1))
    source = sample_folder()
    for copy in tmp_path.rglob("*"):
        if not copy.is_file():
            continue
        name = copy.relative_to(tmp_path)
        before = (source / name).read_text("utf-8").split("\n")
        after = copy.read_text("utf-8").split("\n")
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            assert old == new or any(key in old for key in ("from:", "starts:", "on:"))
            assert old.partition("#")[2] == new.partition("#")[2]


@pytest.mark.parametrize("today", [SAMPLE_DATE, SAMPLE_DATE + timedelta(days=6)])
def test_within_the_week_nothing_changes(tmp_path, today):
    """In the sample's own week the copy is the sample."""
    write_sample(tmp_path, today)
    for copy in tmp_path.rglob("*.yaml"):
        assert copy.read_bytes() == (sample_folder() / copy.relative_to(tmp_path)).read_bytes()


def test_a_folder_in_use_is_refused(tmp_path):
    """Nothing is written over what somebody has."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused):
        write_sample(tmp_path, SAMPLE_DATE)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_folder(tmp_path):
    """A path that cannot become a folder is refused with the reason."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused):
        write_sample(tmp_path / "file", SAMPLE_DATE)
    with pytest.raises(Refused):
        write_sample(tmp_path / "file" / "site", SAMPLE_DATE)
