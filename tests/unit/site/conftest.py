"""A small site without a fault, and a way to spoil it in one place."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.duty import AREAS
from responder.site.check import check_folder
from responder.site.finding import Finding

NOW = datetime(2026, 10, 10, tzinfo=UTC)
TODAY = "2026-10-01"

DEPARTMENTS = (
    "business",
    "technology",
    "risk",
    "settlement",
    "finance",
    "customer_service",
    "guarding",
    "general",
)
KINDS = (
    "regulator",
    "association",
    "government",
    "police",
    "core_institution",
    "operating_institution",
    "bank",
    "power_telecom",
    "vendor",
    "service_provider",
    "property",
)
LETTERS = "abcdefghij"


def _people() -> str:
    """One line a person: the head, a head of each department, and ten hands."""
    heads = [(f"head.{department}", department) for department in DEPARTMENTS]
    hands = [(f"hand.{number}", "technology") for number in range(10)]
    lines = []
    for number, (id, department) in enumerate([("boss", "executive"), *heads, *hands]):
        head_of = f"head_of: {department}, " if id.startswith("head.") else ""
        lines.append(
            f"  - {{id: {id}, name: {{zh: 人{number}, en: P{number}}}, department: {department}, "
            f"{head_of}reach: [{{via: slack, to: U{number:03}}}, "
            f'{{via: voice, to: "+86138001380{number:02}"}}]}}\n'
        )
    return "people:\n" + "".join(lines)


def _units() -> str:
    return (
        "units:\n"
        + "".join(
            f"  - {{id: u-{kind}, kind: {kind}, name: {{zh: 单位, en: Unit}}, business: 事项, "
            f"contact: 值班室, reach: [{{via: by_hand, how: phone, to: 12386}}], "
            f"verified_on: {TODAY}}}\n"
            for kind in KINDS
        )
        + f"units_told:\n  - {{unit: u-association, on: {TODAY}, receipt: R1}}\n"
    )


def _plan() -> str:
    sections = "".join(
        f"  {x}: 本节写明有关要求、责任分工、工作步骤和时间限制，逐项落实。\n" for x in LETTERS
    )
    return (
        f'version: "1.0"\napprover: boss\nsensitivity: internal\npublished_on: {TODAY}\n'
        f"reviewed_on: {TODAY}\nfiled:\n  - {{on: {TODAY}, to: u-regulator}}\nsections:\n{sections}"
    )


ROLES = """\
roles:
  duty_lead: {name: {zh: 值班负责人, en: Duty lead}, rotation: duty, backup_rotation: duty-backup}
  it_lead: {name: {zh: 信息技术负责人, en: Head of IT}, primary: head.technology, backup: hand.0}
  machine_room_admin: {name: {zh: 机房, en: Room}, primary: hand.0, backup: hand.1}
  network_admin: {name: {zh: 网络, en: Network}, primary: hand.1, backup: hand.2}
  system_admin: {name: {zh: 系统, en: System}, primary: hand.2, backup: hand.3}
  database_admin: {name: {zh: 数据库, en: Database}, primary: hand.3, backup: hand.4}
  security_admin: {name: {zh: 安全, en: Security}, primary: hand.4, backup: hand.5}
grants:
  administrator: [hand.0]
"""
ROTATIONS = """\
rotations:
  duty:
    time_zone: Asia/Shanghai
    starts: "2026-01-05T08:30"
    shift: 24h
    people: [hand.6, hand.7, hand.8]
  duty-backup:
    starts: 2026-01-05T08:30:00
    shift: 1d
    people: [hand.7, hand.8, hand.6]
overrides:
  - {rotation: duty, from: "2026-11-02T08:30", to: "2026-11-03T08:30", person: hand.9}
absences:
  - {person: hand.5, from: 2026-11-01, to: 2026-11-03}
"""
COMMAND = """\
command_body:
  head: boss
  principal: true
  members: [boss, head.business, head.technology, head.risk, head.settlement,
            head.finance, head.customer_service, head.guarding, head.general]
  succession: [boss, head.technology, head.business, head.risk, head.finance]
  hand_down_after: 5m
execution_body:
  lead: head.technology
  duties: {prevention: 监控排查, handling: 抢修恢复, reporting: 按时报送, investigation: 查明原因}
  members: [head.technology, hand.0]
liaisons:
  - {person: head.technology, duty_phone: "+862150001111", fax: "+862150002222"}
  - {person: hand.0, duty_phone: "+862150001112", fax: "+862150002223"}
decisions:
  - id: level-two
    question: {zh: 启动Ⅱ级响应, en: Raise to level two}
    who: succession
    unanswered: 级别不变
  - id: notify
    question: 发布公告
    who: [role:it_lead, role:duty_lead]
    need: 2
    consult: [role:it_lead, team:risk]
    unanswered: 不发布
still_there: {after: 30m, grace: 5m}
"""
SYSTEMS = """\
systems:
  - id: core
    name: {zh: 集中交易系统, en: Core trading}
    core: true
    owner: head.business
    operator: role:system_admin
    markets: [XTST]
    customers: 120_000
    suppliers: [u-vendor]
"""
DRILLS = """\
drills:
  - id: spring
    scenario: fire
    on: 2026-04-11
    approved_by: boss
    participants: [hand.0, hand.1]
    recorded: 档案室
    evaluated_on: 2026-04-20
    plan:
      purpose: 检验
      content: 疏散
      time: 周六
      participants: 全体
      manner: 实操
      preparation: 通知
      recording: 计时
      recovery: 恢复
      verification: 核对
"""
CALENDAR = """\
name: {zh: 试验市场, en: Test market}
time_zone: Asia/Shanghai
since: 2026-01-01
until: 2027-12-31
off:
  - {from: 2026-10-01, to: 2026-10-07, name: 国庆节}
  - {on: 2027-01-01, name: 元旦}
working: [2026-10-10]
early:
  - {on: 2026-12-31, ends: "12:00"}
sessions:
  - {id: night, name: 夜盘, begins: "21:00", ends: "02:30", night: true}
  - {id: morning, name: 上午, begins: "09:30", ends: "11:30"}
  - {id: lunch, name: 午休, begins: "11:30", ends: "13:00", counts: false}
  - {id: afternoon, name: 下午, begins: "13:00", ends: "15:00"}
no_night: [2026-10-08]
source: 通知
"""
PACK = """\
name: {zh: 试验规则, en: Test rules}
time_zone: Asia/Shanghai
working_days: XTST
trading_days: XTST
source: {text: 规则, confidence: A, verified_on: 2026-10-01}
duties:
  - id: first
    name: {zh: 首报, en: First}
    limits: [{after: aware, within: at once}]
    steps: [phone, written]
    form: short
    first: [summary]
    grades: [major]
    opens: rest
    if_late: late
  - id: more
    limits: [{after: first, within: 1 hour}]
    every: 1 hour
    ends_with: restored
    form: short
  - {id: rest, limits: [{after: first, within: 2 trading days of XTST}], form: short}
  - id: last
    limits: [{after: stood_down, within: 5 working days, roll: next_working_day}]
    form: short
  - {id: late, form: short}
forms:
  - id: short
    parts: {one: 一}
    fields:
      - {id: summary, part: one, name: 经过}
      - {id: who, hub: contact_name, also: [contact_phone]}
gradings:
  - grade: major
    all: [full_outage]
    some: [loss >= 5, {any: [downtime > 3, customers > 9]}]
    need: 1
grading: true
"""
REACH = """\
profiles:
  urgent:
    - {via: [slack, voice], after: 0s}
    - {via: [voice], after: 60s, every: 60s}
"""
FIRE = """\
id: fire
title: {zh: 机房火情, en: Fire}
systems: [core]
level: 2
profile: {1: urgent, 2: urgent}
need: 1
owner: role:it_lead
command: [role:duty_lead, role:it_lead, succession]
escalation:
  - {page: [role:duty_lead, team:night, hand.9], wait: 3m}
  - {page: [role:it_lead]}
  - {page: [succession]}
decisions:
  - level-two
  - {id: notify, after: look, within: 10m, blocks: [publish]}
tasks:
  - {id: safety, title: 确认人员安全, role: duty_lead, due: 5m, safety: true}
  - {id: look, title: 查看, role: machine_room_admin}
  - {id: cut, title: 断电, role: machine_room_admin, danger: true, rollback: 送电}
  - {id: publish, title: 发布, role: it_lead}
  - {id: verify, title: 验证, role: it_lead, verifies_restoration: true}
wording: fire
precautions: [look]
report_path: [u-regulator, u-association]
notices: [fire.first]
"""
GATEWAYS = """
gateways:
  - id: mainland
    vias: [sms]
    regions: ["+86"]
    url: https://sms.example.com/v1/send
    json: {mobile: "{national}", content: "{text}"}
"""
DUTY = (
    "posts: [duty_lead]\ncheck_in_posts: [duty_lead]\ncheck_in_every: 2h\n"
    "check_in_grace: 10m\nareas:\n" + "".join(f"  {area}: 照章办理\n" for area in AREAS)
)
ALERTS = """\
alerts:
  - {match: {job: "trade*"}, system: core, playbook: fire, level: 2, important: true}
  - {playbook: fire}
"""
BRIEFINGS = """\
audiences:
  - {id: leaders, name: {zh: 领导, en: Leaders}, members: [team:command_body],
     every: {1: 60m, 2: 60m}, five_lines: true}
  - {id: staff, name: {zh: 网点, en: Branches}, members: [role:it_lead],
     levels: [1, 2], every: {1: 30m}, by: [slack]}
warnings: {report_within: 30m, open_for: 4h}
"""
DRILL = (
    "id: fire-drill\ntitle: 火情演练\nplaybook: fire\nstarts: '18:00'\nlasts: 1h\nplan:\n"
    + "".join(f"  {heading}: 按预案写明这一项\n" for heading in PLAN_HEADINGS)
    + """\
recipients: [role:duty_lead, role:it_lead]
objectives: [{id: reach, title: 有人接手}]
msel:
  - id: smoke
    to: [role:duty_lead]
    by: [voice]
    text: 机房冒烟
    expects: [{id: taken, does: acknowledge, objective: reach}]
scripts:
  full: {cues: [{at: T+1m, who: role:duty_lead, says: 接手}]}
  failing: {otherwise: not_done}
"""
)
REACHABILITY = """\
probes: {posts: [liaisons, it_lead], a_week: 1}
proved: [{on: 2026-09-01, people: [hand.1]}]
"""
CARDS = """\
cards: [{person: hand.1, received_on: 2026-09-01}]
manuals: [{where: {zh: 值班室, en: Duty room}, printed_on: 2026-09-01, size: a6}]
"""
REGISTERS = """\
provisions:
  - {id: line, register: agreement, kinds: [telecom], name: 专线协议, owner: hand.1, unit: u-vendor,
     contacts: 双方, means: 热线, service: 专线, emergency: 抢通, check_every: 90d,
     checked_on: 2026-10-01}
  - {id: papers, register: document, kinds: [topology], name: 拓扑图, owner: hand.2,
     systems: [core], places: [中心, 灾备], check_every: 90d, evidence: 核对表}
  - {id: disks, register: spare, name: 硬盘, owner: hand.2, quantity: 3, least: 2, check_every: 90d}
  - {id: lamps, register: supply, kinds: [fire], name: 灯, owner: hand.2, check_every: 90d}
  - {id: fund, register: fund, name: 资金, owner: hand.2, amount: 100_000, approver: role:it_lead,
     decision: notify, check_every: 90d}
"""
FAULTS = """\
faults:
  - {id: blaze, name: {zh: 火灾, en: Fire}, systems: [core], playbooks: [fire]}
"""
QUIZ = "questions:\n" + "".join(
    f"  - {{id: q{n}, section: h, ask: 先做什么, choices: [救人, 重启], answer: 1}}\n"
    for n in range(5)
)
TRAINING = """\
courses:
  - {id: spring, title: 培训, on: 2026-09-01, roles: [duty_lead], subjects: [plan]}
  - {id: autumn, title: 培训, on: 2026-11-01, subjects: [plan, rules]}
plan_read:
  - {person: boss, version: "1.0", on: 2026-10-02}
"""
EVENTS = """\
event_rules:
  matrix: [[1, 2, 2], [2, 3, 3], [3, 4, 4]]
  gathered:
    monitoring: {owner: hand.3, gathered_on: 2026-10-01}
"""
SETTINGS = """\
time_zone = "Asia/Shanghai"
languages = ["zh", "en"]
quiet_hours = "22:00-07:30"
checkpoint_to = "kept"
regimes = ["tst"]

[firm]
name = { zh = "示例证券", en = "Example" }
institution = "operating"
bureau = "u-regulator"

[[outlets]]
id = "website"
name = { zh = "官网", en = "Website" }

[twilio]
from_number = "+8613800138000"

[channels.slack]
abroad = true
carries = "minimal"
"""
FILES = {
    "responder.toml": SETTINGS,
    "contacts/people.yaml": _people(),
    "contacts/roles.yaml": ROLES,
    "contacts/rotations.yaml": ROTATIONS,
    "contacts/teams.yaml": "teams:\n  night: [hand.8, hand.9]\n",
    "contacts/command.yaml": COMMAND,
    "contacts/units.yaml": _units(),
    "contacts/systems.yaml": SYSTEMS,
    "contacts/reach.yaml": REACH,
    "contacts/alerts.yaml": ALERTS,
    "contacts/duty.yaml": DUTY,
    "contacts/drills.yaml": DRILLS,
    "contacts/briefings.yaml": BRIEFINGS,
    "contacts/gateways.yaml": GATEWAYS,
    "contacts/registers.yaml": REGISTERS,
    "contacts/reachability.yaml": REACHABILITY,
    "contacts/cards.yaml": CARDS,
    "contacts/events.yaml": EVENTS,
    "playbooks/fire.yaml": FIRE,
    "playbooks/drills/fire-drill.yaml": DRILL,
    "playbooks/plan.yaml": _plan(),
    "playbooks/faults.yaml": FAULTS,
    "playbooks/quiz.yaml": QUIZ,
    "contacts/training.yaml": TRAINING,
    "playbooks/calendars/XTST.yaml": CALENDAR,
    "playbooks/regimes/tst.yaml": PACK,
    "templates/wording/fire.yaml": (
        "id: fire\nline: {zh: 机房发生火情, en: There is a fire}\n"
        "never_say: {zh: ['没有人受伤'], en: ['Nobody was hurt']}\n"
    ),
    "templates/notices/zh/fire.first.txt.j2": "公告\n",
    "templates/notices/en/fire.first.txt.j2": "Notice\n",
}


@dataclass
class SiteFolder:
    """The small site on disk, to be spoilt by a test."""

    path: Path

    def write(self, file: str, content: str | bytes) -> None:
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Replace what stands exactly once in a file."""
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def line(self, file: str, snippet: str) -> int:
        """The first line that holds a snippet; the first of all holds the empty one."""
        text = self.text(file)
        assert snippet in text, f"{snippet!r} is not in {file}"
        return text.count("\n", 0, text.index(snippet)) + 1

    def findings(self, now: datetime = NOW) -> list[Finding]:
        return check_folder(self.path, now)


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    """The small site, without a fault."""
    site = SiteFolder(tmp_path / "site")
    for name, content in FILES.items():
        site.write(name, content)
    return site
