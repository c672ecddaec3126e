"""The register written back into its files: exactly what it says, and not a byte besides."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.domain.change_notice import UnitTold
from responder.domain.organisation import (
    BODY_DUTIES,
    GRANTS,
    Body,
    Command,
    Decision,
    Liaison,
    Role,
    StillThere,
)
from responder.domain.people import Person, Way
from responder.domain.register import Filing, Plan, Unit
from responder.domain.rota import BEGINNING, NEVER, Absence, Override, Rotation
from responder.domain.words import Words
from responder.errors import Refused, SiteDoesNotLoad
from responder.site.exporting import exported, put_in_place
from responder.site.loader import load
from responder.site.sample import sample_folder

TIDY = {
    "people": """# ★ 人员 / people
people:
  # ★ 领导 / the leaders
  - id: chen.guo
    name: {zh: 陈国, en: Chen Guo}   # 一把手 / the first
    department: executive
    title: {zh: 总经理, en: President}
    language: zh
    reach:
      # 手机 / mobile
      - {via: voice, to: "+8613800138001"}
      - {via: sms, to: "+8613800138001"}   # 同上

  - {id: li.na, name: 李娜, department: technology, reach: [{via: slack, to: U1}]}
  # ★ 夜班 / night
  - id: 'wang.fang'
    name: >-
      王
      芳
    time_zone: Europe/Berlin
    reach: []
# ★ 完 / the end
""",
    "roles": """roles:
  duty_lead:        # ★
    name: {zh: 值班负责人, en: Duty lead}
    rotation: duty
  it_lead: {primary: chen.guo, backup: li.na}
# ★ 授权
grants:
  administrator: [chen.guo, li.na]
  approver:
    - chen.guo  # 签发 / signs
    - wang.fang
""",
    "rotations": """rotations:
  duty:
    time_zone: Europe/Berlin
    starts: "2026-01-05T08:30"
    shift: 24h
    people: [chen.guo, li.na]   # ★ 轮流
overrides:
  # ★ 国庆
  - {rotation: duty, from: 2026-10-01, to: "2026-10-02", person: li.na, reason: 节假日}
  - rotation: duty
    from: "2026-10-25T02:30"
    to: "2026-10-26T08:30"
    person: chen.guo
absences:
- {person: wang.fang, from: "2026-10-01", to: "2026-10-04", reason: leave}
- {person: li.na, from: "2026-12-01T08:00+08:00"}
""",
    "teams": "teams: {night: [wang.fang, li.na], day: []}\n# ★",
    "command": """command_body:
  head: chen.guo
  members:
    - chen.guo   # ★ 组长
    - li.na
  succession: [chen.guo, li.na]
liaisons:
  - {person: chen.guo, duty_phone: "+862150001111", fax: "+862150002222"}
  - person: li.na
    duty_phone: "+862150001112"
    fax: '+862150002223'
decisions:
  - id: level-two
    question: {zh: 启动二级, en: Raise to two}
    who: succession
    unanswered: |
      维持现状。
      处置不停。
# ★ 还在吗
still_there: {after: 30m}
""",
    "units": """# ★ 关联单位
units:
  - &one
    id: csrc
    kind: regulator
    name: 证监局
    reach:
      - {via: by_hand, how: phone, to: 12386}
    receives_our_contacts: yes
    verified_on: 2026-09-01
""",
}
BARE = {"people": "", "units": "units:\n", "rotations": "# ★ 空\n"}
WINDOWS = {name: text.replace("\n", "\r\n") for name, text in TIDY.items()}
LAYOUTS = {"tidy": TIDY, "bare": BARE, "windows": WINDOWS}

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
SAID = st.sampled_from(
    ["张 伟", "a: b", "# no", "- x", "yes", "null", "~", "", " lead", "12", "1.5", "[a]", "a'b\"c",
     "多行\n文字", "2026-10-01", "24h", "“引号”", "x\u2028y", "ｆｕｌｌ"]
) | TEXT  # fmt: skip
SOME = SAID.filter(bool)
WORDS = st.builds(Words, SAID, SAID)
IDS = st.sampled_from(["chen.guo", "li.na", "wang.fang", "a.b", "duty", "no", "7", "新"])
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]
)
SPANS = st.integers(60, 10**6).map(lambda seconds: timedelta(seconds=seconds))
DAYS = st.dates(date(1972, 1, 1), date(2800, 1, 1))
CLOCKS = st.datetimes(datetime(1972, 1, 1), datetime(2800, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
)
DST = st.integers(0, 6 * 60).map(
    lambda m: datetime(2026, 10, 24, 22, tzinfo=UTC) + timedelta(minutes=m)
)
INSTANTS = CLOCKS.map(lambda at: at.replace(tzinfo=UTC)) | DST
WAYS = st.lists(st.builds(Way, SOME, SAID, SAID, SAID), max_size=3).map(tuple)
MANY = st.lists(IDS, max_size=4).map(tuple)


def by_id(kind, /, **fields):
    """Things by their ids, in any order."""

    def made(ids):
        return st.fixed_dictionaries({id: st.builds(kind, st.just(id), **fields) for id in ids})

    return st.lists(IDS, unique=True, max_size=5).flatmap(made)


def lists_of(kind, /, **fields):
    return st.lists(st.builds(kind, **fields), max_size=4).map(tuple)


BODIES = st.builds(
    Body,
    SAID,
    MANY,
    st.booleans(),
    st.dictionaries(st.sampled_from(list(BODY_DUTIES)), WORDS.filter(lambda w: w != Words())),
)
SECTIONS = {
    "people": by_id(
        Person, name=WORDS, department=SAID, head_of=SAID, title=WORDS,
        language=SOME, time_zone=ZONES, reach=WAYS,
    ),
    "roles": by_id(
        Role, name=WORDS, rotation=SAID, backup_rotation=SAID, primary=SAID, backup=SAID
    ),
    "grants": st.dictionaries(st.sampled_from(GRANTS), MANY.filter(bool)),
    "rotations": by_id(
        Rotation, starts=CLOCKS | st.just(NEVER.replace(tzinfo=None)),
        time_zone=ZONES, shift=SPANS, people=MANY,
    ),
    "overrides": lists_of(
        Override, rotation=IDS, start=INSTANTS, end=INSTANTS, person=IDS, reason=SAID
    ),
    "absences": lists_of(
        Absence, person=IDS, start=INSTANTS | st.just(BEGINNING),
        end=INSTANTS | st.just(NEVER), reason=SAID,
    ),
    "teams": st.dictionaries(IDS, MANY, max_size=3),
    "command": st.builds(Command, BODIES, MANY, SPANS),
    "execution_body": BODIES,
    "liaisons": lists_of(Liaison, person=SAID, duty_phone=SAID, fax=SAID),
    "decisions": by_id(
        Decision, question=WORDS, who=MANY.filter(bool), need=st.integers(0, 5),
        consult=MANY, unanswered=WORDS,
    ),
    "still_there": st.builds(StillThere, SPANS, SPANS),
    "units": by_id(
        Unit, kind=SAID, name=WORDS, business=WORDS, contact=WORDS, reach=WAYS, remarks=WORDS,
        receives_our_contacts=st.booleans(), verified_on=st.none() | DAYS,
    ),
    "plan": st.builds(
        Plan, version=SOME, number=SAID, keeper=SAID, approver=SAID, sensitivity=SAID,
        published_on=st.none() | DAYS, reviewed_on=st.none() | DAYS, sections=st.just({}),
        filed=lists_of(Filing, on=DAYS, to=SAID, by=SAID, receipt=SAID, channel=SAID, proof=SAID),
        references=MANY,
    ),
    "units_told": lists_of(UnitTold, unit=SAID, on=DAYS, receipt=SAID),
}  # fmt: skip
CHANGES = st.lists(
    st.one_of([st.tuples(st.just(name), made) for name, made in SECTIONS.items()]),
    min_size=1,
    max_size=4,
)


def laid(folder: Path, texts: dict[str, str]) -> Path:
    for name in ("contacts", "playbooks"):
        (folder / name).mkdir()
    for name, text in texts.items():
        (folder / "contacts" / f"{name}.yaml").write_bytes(text.encode())
    return folder


def stars(folder: Path) -> dict[str, list[str]]:
    """The marked comments of each file, in order."""
    return {
        file.name: [
            line[line.index("★") :] for line in file.read_text("utf-8").splitlines() if "★" in line
        ]
        for file in sorted((folder / "contacts").iterdir())
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_export_then_load_gives_the_same_register(layout, data):
    """Whatever the database changed, once and again: the files then say exactly that."""
    with TemporaryDirectory() as name:
        folder = laid(Path(name), LAYOUTS[layout])
        for _ in range(2):
            site = replace(load(folder).site, **dict(data.draw(CHANGES)))
            put_in_place(folder, exported(folder, site))
            assert load(folder).site == site
            assert exported(folder, site) == {}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_did_not_change_keeps_every_byte(layout, data):
    """Files of sections that did not change are not touched, nor are comments between things."""
    with TemporaryDirectory() as name:
        folder = laid(Path(name), LAYOUTS[layout])
        before = {f.name: f.read_bytes() for f in (folder / "contacts").iterdir()}
        teams = data.draw(SECTIONS["teams"])
        put_in_place(folder, exported(folder, replace(load(folder).site, teams=teams)))
        after = {f.name: f.read_bytes() for f in (folder / "contacts").iterdir()}
        assert {n: c for n, c in after.items() if n != "teams.yaml"} == {
            n: c for n, c in before.items() if n != "teams.yaml"
        }


def test_the_sample_unchanged_is_untouched():
    """The sample, its file as full of comments as one is, needs no change to say what it says."""
    folder = sample_folder()
    assert exported(folder, load(folder).site) == {}


@pytest.fixture
def folder(tmp_path):
    return laid(tmp_path, TIDY)


def changed(folder, **sections):
    """The lines that an export takes away and puts in, file by file."""
    found = exported(folder, replace(load(folder).site, **sections))
    return {
        name.removeprefix("contacts/"): (
            [line for line in old.decode().splitlines() if line not in new.decode().splitlines()],
            [line for line in new.decode().splitlines() if line not in old.decode().splitlines()],
        )
        for name, (old, new) in found.items()
    }


def test_one_number_is_one_line(folder):
    """A new number rewrites its line alone, the comment behind it kept."""
    person = load(folder).site.people["chen.guo"]
    reach = (person.reach[0], replace(person.reach[1], to="+8613900139000"))
    people = {**load(folder).site.people, "chen.guo": replace(person, reach=reach)}
    assert changed(folder, people=people) == {
        "people.yaml": (
            ['      - {via: sms, to: "+8613800138001"}   # 同上'],
            ['      - {via: sms, to: "+8613900139000"}   # 同上'],
        )
    }


def test_a_day_that_is_no_longer_known_takes_its_line_with_it(folder):
    """An empty text is no day: what the file says of the plan must load again."""
    site = load(folder).site
    for published in (date(2026, 5, 8), None):
        plan = Plan("1.0", published_on=published, reviewed_on=date(2026, 6, 27), sections={})
        put_in_place(folder, exported(folder, replace(site, plan=plan)))
        assert load(folder).site.plan == plan


def test_a_member_who_goes_takes_one_line(folder):
    """A line goes with its comment; the lines beside it stay."""
    site = load(folder).site
    body = replace(site.command.body, members=("li.na",))
    assert changed(folder, command=replace(site.command, body=body)) == {
        "command.yaml": (["    - chen.guo   # ★ 组长"], [])
    }


def test_somebody_new_stands_where_the_database_has_them(folder):
    """After the one before, written as the sample writes people."""
    people = dict(load(folder).site.people)
    new = Person("bai.ru", Words("白如", "Bai Ru"), "general", reach=(Way("voice", "+861"),))
    order = ["chen.guo", "bai.ru", "li.na", "wang.fang"]
    people["bai.ru"] = new
    found = exported(folder, replace(load(folder).site, people={id: people[id] for id in order}))
    assert (
        "# 同上\n"
        "  - id: bai.ru\n"
        "    name: {zh: 白如, en: Bai Ru}\n"
        "    department: general\n"
        "    reach:\n"
        '      - {via: voice, to: "+861"}\n'
        "\n"
        "  - {id: li.na"
    ) in found["contacts/people.yaml"][1].decode()


def test_a_zone_that_moves_local_times_moves_what_is_written_in_them(folder):
    """Overrides keep their instants when their rotation's zone changes."""
    site = load(folder).site
    rotations = {"duty": replace(site.rotations["duty"], time_zone="Asia/Shanghai")}
    put_in_place(folder, exported(folder, replace(site, rotations=rotations)))
    after = load(folder).site
    assert after.overrides == site.overrides
    assert after.rotations == rotations


def test_comments_between_things_stay(folder):
    """Whoever goes, the headings of the file stay in their order."""
    before = stars(folder)
    site = load(folder).site
    put_in_place(folder, exported(folder, replace(site, people={}, overrides=(), units={})))
    after = stars(folder)
    assert after["people.yaml"] == before["people.yaml"]
    assert after["rotations.yaml"] == before["rotations.yaml"]
    assert after["units.yaml"] == before["units.yaml"]


def test_a_file_that_changed_meanwhile_is_left_alone(folder):
    """Between reading and writing somebody saved: nothing is replaced, of any file."""
    site = load(folder).site
    found = exported(folder, replace(site, people={}, teams={}))
    (folder / "contacts/teams.yaml").write_text("teams: {}\n")
    people = (folder / "contacts/people.yaml").read_bytes()
    with pytest.raises(Refused, match=r"teams\.yaml"):
        put_in_place(folder, found)
    assert (folder / "contacts/people.yaml").read_bytes() == people
    assert not list((folder / "contacts").glob(".*"))


def test_what_lies_in_no_file_of_contacts_is_refused(folder):
    """The firm's name stands in responder.toml: it is said which change cannot be written."""
    site = load(folder).site
    firm = replace(site.firm, name=Words("别的", "Other"))
    with pytest.raises(Refused, match=r"firm\.name"):
        exported(folder, replace(site, firm=firm))


def test_what_is_written_once_for_two(tmp_path):
    """An alias that is to say something else is written out; what it repeated stays."""
    folder = laid(tmp_path, {"teams": "teams:\n  night: &n [a, b]\n  day: *n   # ★\n"})
    put_in_place(
        folder,
        exported(folder, replace(load(folder).site, teams={"night": ("a", "b"), "day": ("c",)})),
    )
    text = (folder / "contacts/teams.yaml").read_text()
    assert text == "teams:\n  night: &n [a, b]\n  day: [c]   # ★\n"


def test_what_others_repeat_is_not_broken(tmp_path):
    """A change that would leave an alias without its anchor is refused, and nothing is written."""
    folder = laid(tmp_path, {"teams": "teams:\n  night: &n [a, b]\n  day: *n\n"})
    with pytest.raises(SiteDoesNotLoad, match=r"\*n"):
        exported(folder, replace(load(folder).site, teams={"night": ("c",), "day": ("a", "b")}))


def test_what_would_not_load_again_is_not_written(folder):
    """A file may only grow as large as the loader takes: more is refused before anything moves."""
    site = load(folder).site
    units = {"csrc": replace(site.units["csrc"], remarks=Words("长" * 700_000))}
    with pytest.raises(SiteDoesNotLoad, match="2 MB"):
        exported(folder, replace(site, units=units))


WRITTEN = {
    Person: "id name department head_of title language time_zone reach",
    Way: "via to how note",
    Role: "id name rotation backup_rotation primary backup",
    Rotation: "id starts time_zone shift people",
    Override: "rotation start end person reason",
    Absence: "person start end reason",
    Liaison: "person duty_phone fax",
    Body: "head members principal duties",
    Command: "body succession hand_down_after",
    Decision: "id question who need consult unanswered",
    StillThere: "after grace",
    Unit: "id kind name business contact reach remarks receives_our_contacts verified_on",
    UnitTold: "unit on receipt",
    Filing: "on to by receipt channel proof",
    Plan: "version number keeper approver sensitivity published_on reviewed_on sections filed"
    " references",
}


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.__name__)
def test_every_field_is_written(kind):
    """A field that is added has to be written too, and drawn above."""
    assert {one.name for one in fields(kind)} == set(WRITTEN[kind].split())
