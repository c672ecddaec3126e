"""Each rule of `check`: spoil the small site in one place, and hear of it there."""

from datetime import timedelta

import pytest

from responder.domain.people import DEPARTMENT_NAMES, DEPARTMENTS
from responder.domain.register import PLAN_SECTIONS, UNIT_KIND_NAMES, UNIT_KINDS
from responder.site.check import RULES, notes_on_folder, register
from responder.site.check.view import View
from responder.site.loader import load
from tests.unit.site.conftest import NOW
from tests.unit.site.spoilt import CASES, COMMAND, FIRE, GATEWAYS, PEOPLE, PLAN, ROTATIONS, SETTINGS


def test_the_small_site_has_no_fault(folder):
    """The site that every test here spoils is clean to begin with."""
    assert [finding.said("en") for finding in folder.findings()] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_found_where_it_is(folder, case):
    """A fault is told with its file and line, its severity and clause, in both languages."""
    folder.change(case.file, case.old, case.new)
    file = case.at_file or case.file
    start = f"{file}:{folder.line(file, case.at)}: {case.severity}: {case.clause}: "
    findings = folder.findings()
    for language, words in (("zh", case.zh), ("en", case.en)):
        lines = [finding.said(language) for finding in findings]
        assert any(line.startswith(start) and words in line for line in lines), "\n".join(
            [start + words, *lines]
        )


def test_a_chat_account_may_be_linked_later(folder):
    """The account is bound by its owner; the manual need not know it."""
    folder.change(PEOPLE, "{via: slack, to: U001}", "{via: telegram}")
    assert [finding.said("en") for finding in folder.findings()] == []


def test_every_rule_is_tried(folder):
    """No rule is without a case that breaks it."""
    untried = set(RULES)
    for case in CASES:
        before = folder.text(case.file)
        folder.change(case.file, case.old, case.new)
        view = View(load(folder.path), NOW)
        untried -= {rule for rule in untried if any(rule(view))}
        folder.write(case.file, before)
    assert {rule.__name__ for rule in untried} == {"files_are_read"}  # tried by a test of its own


def test_a_notice_in_one_language_only_is_found(folder):
    """A notice that one language lacks is named with that language and the file to write."""
    (folder.path / "templates/notices/en/fire.first.txt.j2").unlink()
    (finding,) = folder.findings()
    assert (finding.clause, finding.severity) == ("7.1-R.b", "error")
    assert "英文" in finding.what.zh
    assert "templates/notices/en/fire.first.txt.j2" in finding.mend.zh


def test_a_missing_plan_lacks_all_ten_sections(folder):
    """Without a plan each of the ten sections is missing by name."""
    (folder.path / PLAN).unlink()
    clauses = [finding.clause for finding in folder.findings()]
    assert clauses == [f"7.1-P.{letter}" for letter in PLAN_SECTIONS]


def test_files_nobody_reads_are_told(folder):
    """A misnamed file does not vanish in silence."""
    folder.write("contacts/peeple.yaml", "people: []\n")
    folder.write("playbooks/flood.yml", "id: flood\n")
    said = [finding.said("en") for finding in folder.findings()]
    assert said[0].startswith("contacts/peeple.yaml:1: warning: site: ")
    assert "Did you mean contacts/people.yaml" in said[0]
    assert said[1].startswith("playbooks/flood.yml:1: warning: site: ")


def test_a_folder_without_settings_is_told(folder):
    """A folder that lacks responder.toml may be the wrong folder."""
    (folder.path / SETTINGS).unlink()
    assert [f.file for f in folder.findings() if f.clause == "site"] == [SETTINGS]


def test_a_core_institution_files_with_the_commission(folder):
    """The kind of institution decides whom the plan is to be filed with (7.1 e)."""
    folder.change(SETTINGS, '"operating"', '"core"')
    folder.change(PLAN, "filed:\n  - {on: 2026-10-01, to: u-regulator}\n", "")
    (finding,) = folder.findings()
    assert "中国证监会" in finding.mend.zh


def test_gaps_after_the_horizon_are_not_told(folder):
    """Only the coming ninety days count; a gap later than that is for later."""
    leave = "".join(
        f"  - {{person: hand.{n}, from: 2027-03-01, to: 2027-03-02}}\n" for n in (6, 7, 8)
    )
    folder.change(ROTATIONS, "absences:\n", f"absences:\n{leave}")
    assert folder.findings() == []
    later = folder.findings(NOW + timedelta(days=60))
    assert {finding.clause for finding in later} == {"7.1-k", "5.1-2"}


def test_load_faults_are_findings_and_come_all_at_once(folder):
    """What keeps a site from loading is told by `check` too, one finding for each fault."""
    folder.change(FIRE, "owner:", "ownr:")
    folder.change(COMMAND, "hand_down_after: 5m", "hand_down_after: soon")
    said = [finding.said("en") for finding in folder.findings()]
    at = folder.line(COMMAND, "soon"), folder.line(FIRE, "ownr")
    assert said[0].startswith(f"{COMMAND}:{at[0]}: error: site: This cannot be “soon”: Write a dur")
    assert said[1] == f"{FIRE}:{at[1]}: error: site: Unknown key “ownr”: Did you mean owner?"


def test_the_texts_name_every_kind(folder):
    """The standard's lists and their names in the texts are the same lists."""
    assert tuple(UNIT_KIND_NAMES) == UNIT_KINDS
    assert tuple(register._SECTIONS) == PLAN_SECTIONS
    assert tuple(DEPARTMENT_NAMES) == DEPARTMENTS


def test_minute_shifts_do_not_keep_anybody_waiting(folder):
    """A rotation of one-minute shifts is a finding, not an endless computation."""
    folder.change(ROTATIONS, "shift: 24h", "shift: 60s")
    assert any("不足一小时" in finding.what.zh for finding in folder.findings())


def test_where_each_channels_data_goes_is_said(folder):
    """`check` lists every channel that goes abroad or is spoken of, and that is no fault."""
    folder.change(SETTINGS, '"minimal"', '"minimal"\n\n[channels.gateway]\ncarries = "full"')
    notes = [note.said("en") for note in notes_on_folder(folder.path, NOW)]
    said = [note for note in notes if "Channel " in note]
    line = folder.line(SETTINGS, "[channels.slack]")
    left = "leaves the mainland: carries id, level and link only"
    assert said[0] == f"responder.toml:{line}: note: site: Channel slack: {left}"
    assert [one.split("Channel ")[1] for one in said[1:]] == [
        f"telegram: {left}",
        f"twilio: {left}",
        "gateway: stays: carries everything",
    ]
    assert folder.findings() == []


def test_a_firm_abroad_may_send_whole_texts(folder):
    """Only what leaves the mainland is warned of; elsewhere the firm is abroad itself."""
    folder.change(SETTINGS, '"minimal"', '"full"')
    folder.change(SETTINGS, '"Asia/Shanghai"', '"Asia/Hong_Kong"')
    assert folder.findings() == []


def test_twilio_does_not_call_the_mainland(folder):
    """Whoever it touches is named, until a gateway reaches them; and that is no fault."""
    notes = [note.said("en") for note in notes_on_folder(folder.path, NOW)]
    touched = [note for note in notes if "Twilio does not call mainland China" in note]
    assert touched
    assert all("no gateway carries voice to" in note for note in touched), "SMS is carried"
    folder.change(GATEWAYS, "vias: [sms]", "vias: [sms, voice]")
    notes = [note.said("en") for note in notes_on_folder(folder.path, NOW)]
    assert not [note for note in notes if "Twilio" in note]
