"""A site loads if every file parses, keys are known and types fit; otherwise file and line."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from responder.domain.briefing import LEADERS
from responder.domain.drill import Result
from responder.domain.outlet import Outlet
from responder.domain.people import Way
from responder.domain.playbook import DecisionPoint, Entry, Playbook, Step
from responder.domain.site import QuietHours, Site
from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad
from responder.site.check import check
from responder.site.finding import Where
from responder.site.loader import load, survey
from tests.unit.site.broken import BROKEN, COMMAND, FIRE, PEOPLE, PLAN, REACH, ROTATIONS, SETTINGS
from tests.unit.site.conftest import FILES, LETTERS, NOW, SiteFolder


def utc(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}Z")


def test_values_arrive_as_written(folder):
    """Every kind of value of the contract reaches the domain."""
    site = load(folder.path).site
    boss = site.people["boss"]
    assert boss.name == Words("人0", "P0")
    assert boss.reach == (Way("slack", "U000"), Way("voice", "+8613800138000"))
    assert (boss.language, boss.time_zone) == ("zh", "Asia/Shanghai")
    assert site.units["u-bank"].reach == (Way("by_hand", "12386", "phone"),)
    assert site.units["u-bank"].verified_on == date(2026, 10, 1)
    assert site.rotations["duty"].starts == datetime(2026, 1, 5, 8, 30)  # noqa: DTZ001  wall time
    assert site.rotations["duty-backup"].shift == timedelta(days=1)
    assert site.command.hand_down_after == timedelta(minutes=5)
    assert site.execution_body.head == "head.technology"
    assert site.decisions["level-two"].by_succession
    assert site.decisions["notify"].who == ("role:it_lead", "role:duty_lead")
    assert site.profiles["urgent"][1] == Entry(("voice",), timedelta(0, 60), timedelta(0, 60))
    assert site.systems["core"].customers == 120000
    assert site.plan is not None
    assert "".join(site.plan.sections or ()) == LETTERS
    assert site.plan.filed[0].on == date(2026, 10, 1)


def test_a_playbook_arrives_as_written(folder):
    """Levels, steps, bare and full decisions, and tasks reach the domain."""
    fire = load(folder.path).site.playbooks["fire"]
    assert fire.profile_at(2) == "urgent"
    assert fire.profile_at(4) == ""
    assert fire.escalation[0].wait == timedelta(minutes=3)
    assert fire.escalation[2] == Step(("succession",))
    assert fire.decisions[0] == DecisionPoint("level-two")
    assert fire.decisions[1] == DecisionPoint("notify", timedelta(minutes=10), ("publish",), "look")
    assert [task.id for task in fire.tasks if task.safety] == ["safety"]
    assert fire.tasks[2].rollback == Words("送电", "送电")


def test_what_stands_beside_the_site_is_known(folder):
    """Templates, outlets and the place for checkpoints are found."""
    loaded = load(folder.path)
    assert loaded.wordings == {"fire"}
    assert loaded.notices == {"fire.first"}
    assert loaded.checkpoint_to == "kept"
    assert loaded.outlets == {"website": Outlet("website", Words("官网", "Website"))}
    assert loaded.site.firm.bureau == "u-regulator"


@pytest.mark.parametrize(
    ("path", "file", "snippet"),
    [
        (("people", "hand.3"), PEOPLE, "id: hand.3"),
        (("overrides", 0), ROTATIONS, "rotation: duty,"),
        (("command_body", "hand_down_after"), COMMAND, "hand_down_after"),
        (("command_body", "members", "head.guarding"), COMMAND, "head.guarding"),
        (("firm", "bureau"), SETTINGS, "bureau"),
        (("outlets", "website", "name"), SETTINGS, 'name = { zh = "官网"'),
        (("playbooks", "fire"), FIRE, "id: fire"),
        (("playbooks", "fire", "tasks", "cut"), FIRE, "id: cut"),
        (("playbooks", "fire", "decisions", "level-two"), FIRE, "- level-two"),
        (("playbooks", "fire", "tasks", "cut", "detail"), FIRE, "id: cut"),
        (("plan", "sections", "c"), PLAN, "  c:"),
    ],
)
def test_everything_has_its_line(folder, path, file, snippet):
    """A thing is found at its line; one that was left out, at the line of what should hold it."""
    assert load(folder.path).where(path) == Where(file, folder.line(file, snippet))


def test_what_is_nowhere_belongs_to_its_file(tmp_path):
    """In an empty folder a missing part is looked for in the file that should hold it."""
    loaded = load(tmp_path)
    assert loaded.where(("liaisons",)) == Where(COMMAND, 1)
    assert loaded.where(("firm", "name")) == Where(SETTINGS, 1)


def test_an_empty_folder_is_an_empty_site(tmp_path):
    """Missing files take their defaults; only ids are required. Leaders are told all the same."""
    assert load(tmp_path).site == Site(audiences={"leaders": LEADERS})


def test_a_minimal_site_takes_defaults(tmp_path):
    """Missing keys take their defaults."""
    site = SiteFolder(tmp_path)
    site.write(PEOPLE, "people: [{id: a}]\n")
    site.write(FIRE, "id: fire\n")
    site.write(ROTATIONS, "rotations:\n  empty:\n")
    site.write(COMMAND, "command_body:\n")
    loaded = load(site.path).site
    assert loaded.people["a"].language == "zh"
    assert loaded.playbooks["fire"] == Playbook("fire")
    assert loaded.rotations["empty"].on_shift(NOW) == ""


# Times


SHANGHAI, LONDON = "Asia/Shanghai", "Europe/London"


@pytest.mark.parametrize(
    ("zone", "start", "end", "from_", "to"),
    [
        (SHANGHAI, "2026-12-01", "2026-12-05", "2026-11-30T16:00", "2026-12-05T16:00"),
        (SHANGHAI, '"2026-12-01"', '"2026-12-01"', "2026-11-30T16:00", "2026-12-01T16:00"),
        (LONDON, "2026-12-01", "2026-12-01", "2026-12-01T00:00", "2026-12-02T00:00"),
        (SHANGHAI, "2026-12-01T09:00", "2026-12-01 10:30", "2026-12-01T01:00", "2026-12-01T02:30"),
        (
            LONDON,
            "2026-12-01T09:00Z",
            "2026-12-02T09:00-05:00",
            "2026-12-01T09:00",
            "2026-12-02T14:00",
        ),
        (LONDON, "2026-03-29", "2026-03-29T01:30", "2026-03-29T00:00", "2026-03-29T01:00"),
        (LONDON, "2026-10-25T01:30", "2026-10-25", "2026-10-25T00:30", "2026-10-26T00:00"),
    ],
)
def test_local_times_are_the_persons(folder, zone, start, end, from_, to):
    """Days include the last one; gaps and repeats of the clock resolve as the semantics say."""
    folder.change(PEOPLE, "id: hand.5,", f"id: hand.5, time_zone: {zone},")
    folder.change(ROTATIONS, "from: 2026-11-01, to: 2026-11-03", f"from: {start}, to: {end}")
    absence = load(folder.path).site.absences[0]
    assert (absence.start, absence.end) == (utc(from_), utc(to))


@pytest.mark.parametrize(
    ("rotation", "start"), [("duty", "2026-11-02T13:30"), ("gone", "2026-11-02T00:30")]
)
def test_local_times_of_overrides_are_the_rotations(folder, rotation, start):
    """An override is read in its rotation's zone, in the site's where there is no such rotation."""
    folder.change(ROTATIONS, "time_zone: Asia/Shanghai", "time_zone: America/New_York")
    folder.change(ROTATIONS, "{rotation: duty,", f"{{rotation: {rotation},")
    assert load(folder.path).site.overrides[0].start == utc(start)


def test_a_start_with_a_zone_becomes_wall_time(folder):
    """`starts` is local to the rotation, whatever zone it was written in."""
    folder.change(ROTATIONS, '"2026-01-05T08:30"', '"2026-01-05T00:30Z"')
    site = load(folder.path).site
    assert site.rotations["duty"].starts == datetime(2026, 1, 5, 8, 30)  # noqa: DTZ001  wall time


@pytest.mark.parametrize(
    ("written", "span"),
    [("90s", 90), ("5m", 300), ("2h", 7200), ("3d", 259200), ('"0s"', 0), ("0", 0), ("10s", 10)],
)
def test_durations(folder, written, span):
    """Durations are read as written, below the floors too."""
    folder.change(COMMAND, "hand_down_after: 5m", f"hand_down_after: {written}")
    assert load(folder.path).site.command.hand_down_after == timedelta(seconds=span)


@pytest.mark.parametrize(
    "written",
    [
        '"21:30-06:00"',
        '{ start = "21:30", end = "6:00" }',
        "{ start = 21:30:00, end = 06:00:00 }",
    ],
)
def test_quiet_hours(folder, written):
    """The hours of the night may be written in one text or as two times."""
    folder.change(SETTINGS, '"22:00-07:30"', written)
    assert load(folder.path).site.quiet_hours == QuietHours(time(21, 30), time(6, 0))


# Faults


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_file_that_does_not_load_names_itself_and_the_line(folder, case):
    """What does not load says which file, which line, what is wrong and what to do."""
    folder.change(case.file, case.old, case.new)
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    place = f"{case.file}:{folder.line(case.file, case.at)}: "
    for language, words in (("zh", case.zh), ("en", case.en)):
        said = caught.value.said(language)
        assert said.startswith(place)
        assert words in said


def test_not_utf8_names_the_line(folder):
    """A file in another encoding is named, with the line of the first odd byte."""
    folder.write(PEOPLE, "people:\n  - id: 张\n".encode("gb18030"))
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert caught.value.said("en").startswith(f"{PEOPLE}:2: This is not text in UTF-8")


def test_a_byte_order_mark_does_no_harm(folder):
    """Editors that begin a file with a byte-order mark are forgiven."""
    for file in (PEOPLE, SETTINGS):
        folder.write(file, b"\xef\xbb\xbf" + folder.text(file).encode())
    assert load(folder.path).site.people["boss"].id == "boss"


def test_a_huge_file_is_refused_unread(folder):
    """Ten megabytes are no register of people."""
    folder.write(PEOPLE, b"#" * 10_000_000)
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert "larger than 2 MB" in caught.value.said("en")


def test_a_bomb_of_aliases_is_refused(folder):
    """Aliases of aliases count as what they repeat."""
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    folder.write(PEOPLE, "\n".join(["a0: &a0 [x]", *lines]))
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert "aliases included" in caught.value.said("en")


def test_an_alias_repeats_what_it_names(folder):
    """Honest aliases are fine."""
    folder.change(REACH, "profiles:\n", "profiles:\n  other: &o [{via: [voice]}]\n  same: *o\n")
    profiles = load(folder.path).site.profiles
    assert profiles["same"] == profiles["other"] == (Entry(("voice",), timedelta(0)),)


@pytest.mark.parametrize("file", [PEOPLE, SETTINGS, FIRE])
def test_a_folder_in_the_place_of_a_file_is_refused(folder, file):
    """What cannot be read is named."""
    (folder.path / file).unlink()
    (folder.path / file).mkdir()
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert caught.value.said("en").startswith(f"{file}:1: The file cannot be read")


def test_no_folder_is_no_site(tmp_path):
    """A folder that is not there is not an empty site."""
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(tmp_path / "nowhere")
    assert "nowhere" in caught.value.said("en")


def test_the_same_playbook_twice(folder):
    """Two files may not hold the same playbook; the first is named."""
    folder.write("playbooks/zz.yaml", "id: fire\n")
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert caught.value.said("en").startswith("playbooks/zz.yaml:1: The id “fire” is already taken")
    assert f"{FIRE}:1" in caught.value.said("en")


def test_an_emptied_playbook_is_not_overlooked(folder):
    """A playbook that was cut off to nothing does not vanish."""
    folder.write(FIRE, "# to be written\n")
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert caught.value.said("en").startswith(f"{FIRE}:1: The id is missing")


JUNE = "playbooks/drills/june.yaml"


def test_a_drills_file_is_read(folder):
    """Offsets and times of day come to the same; a script ends as it says, else as expected."""
    folder.write(
        JUNE,
        'id: june\nstarts: "16:30"\nlasts: 2h\n'
        "msel:\n"
        "  - {id: a, at: T+1h30m, expects: [{id: x, does: note}, {id: y, does: note}]}\n"
        '  - {id: b, at: "18:00"}\n'
        '  - {id: c, at: "00:10"}\n'
        "scripts:\n"
        "  full: {cues: [{at: T+90s, who: role:duty_lead, says: 接手}]}\n"
        "  bad: {otherwise: not_done, results: {x: late}}\n",
    )
    june = load(folder.path).site.scenarios["june"]
    assert [row.at for row in june.rows.values()] == [
        timedelta(minutes=90),
        timedelta(minutes=90),
        timedelta(hours=7, minutes=40),
    ]
    assert june.scripts["full"].cues[0].at == timedelta(seconds=90)
    assert june.scripts["full"].results == {"x": Result.DONE, "y": Result.DONE}
    assert june.scripts["bad"].results == {"x": Result.LATE, "y": Result.NOT_DONE}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("anything: [at, all\n", f"{JUNE}:1: "),
        ("id: june\nanything: 1\n", f"{JUNE}:2: Unknown key “anything”"),
        ("id: june\nkind: party\n", f"{JUNE}:2: kind cannot be “party”"),
        ("id: june\nmsel:\n  - {id: a, at: soon}\n", f"{JUNE}:3: A time cannot be “soon”"),
    ],
)
def test_a_drills_file_that_does_not_load_names_its_line(folder, text, said):
    folder.write(JUNE, text)
    with pytest.raises(SiteDoesNotLoad) as caught:
        load(folder.path)
    assert caught.value.said("en").startswith(said)


def test_hidden_files_and_parts_of_templates_are_left_alone(folder):
    """Editors' files and the templates' common parts stand for nothing."""
    folder.write("playbooks/.fire.yaml", "{")
    folder.write("templates/notices/zh/_base.txt.j2", "")
    folder.write("templates/notices/en/_base.txt.j2", "")
    assert load(folder.path).notices == {"fire.first"}


# Whatever is written

_TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["boss", "succession", "role:it_lead", "5m", "0", "-1", "true", "~", "2026-10-10"]
    ),
)
_NODES = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


def _flow(value: object) -> str:
    """A value as YAML in flow style, every text quoted or plain as it happens to look."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    if text.isascii() and text.replace("-", "").replace(":", "").isalnum():
        return text
    return '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"'


def _loads_or_says_why(folder: SiteFolder) -> None:
    """Nothing but SiteDoesNotLoad; and `check` stands whatever loads."""
    loaded, faults = survey(folder.path)
    for fault in faults:
        assert "\n" not in fault.said("zh") + fault.said("en")
        fault.said("zh").encode()
    for now in (NOW, replace_year(NOW, 1975), replace_year(NOW, 2890)):
        for finding in check(loaded, now):
            assert "\n" not in finding.said("zh") + finding.said("en")


def replace_year(at: datetime, year: int) -> datetime:
    return at.replace(year=year)


_ANYTHING = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_ANYTHING
@given(file=st.sampled_from(sorted(FILES)), content=st.binary(max_size=200))
@example(file=PEOPLE, content=b'a: "\\UFFFFFFFF"')
@example(file=PEOPLE, content=b"%YAML 9999999999.1\n--- a")
@example(file=FIRE, content=b"\xff\xfe")
@example(file=SETTINGS, content=b"x = " + b"[" * 5000)
@example(file=SETTINGS, content=b"a" + b".a" * 5000 + b" = 1")
@example(file=SETTINGS, content=b"x = 0x" + b"f" * 9000)
def test_no_bytes_raise_anything_else(folder, file, content):
    """Whatever bytes a file holds, it loads or says why."""
    before = folder.text(file)
    folder.write(file, content)
    _loads_or_says_why(folder)
    folder.write(file, before)


@_ANYTHING
@given(data=st.data())
def test_no_values_raise_anything_else(folder, data):
    """Whatever value stands under whatever key, the site loads or says why."""
    file = data.draw(st.sampled_from(sorted(name for name in FILES if name.endswith(".yaml"))))
    before = folder.text(file)
    places = [n for n, char in enumerate(before) if char == ":" and before[n + 1 : n + 2] == " "]
    place = data.draw(st.sampled_from(places))
    rest = before[place + 2 :]
    end = min((n for n in map(rest.find, (",", "}", "\n")) if n >= 0), default=0)
    folder.write(file, f"{before[: place + 2]}{_flow(data.draw(_NODES))}{rest[end:]}")
    _loads_or_says_why(folder)
    folder.write(file, before)


def test_faults_come_all_at_once(folder):
    """One reading tells every fault, in the order of files and lines."""
    folder.change(FIRE, "need: 1", "need: many")
    folder.change(FIRE, "level: 2", "level: high")
    folder.write(PEOPLE, "[")
    loaded, faults = survey(folder.path)
    lines = folder.line(FIRE, "high"), folder.line(FIRE, "many")
    assert [(f.facts["file"], f.facts["line"]) for f in faults[1:]] == [(FIRE, n) for n in lines]
    assert faults[0].facts["file"] == PEOPLE
    assert replace(loaded.site.playbooks["fire"], need=1).level == 3
