"""A small firm to play stories with, written as values so that each story can change it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from responder.domain.organisation import Body, Command, Decision, Role
from responder.domain.people import Person, Way
from responder.domain.playbook import DecisionPoint, Entry, Playbook, Step, Task
from responder.domain.register import System
from responder.domain.site import Firm, Site
from responder.domain.words import Words

MINUTE = timedelta(minutes=1)


def person(id: str, *vias: str, department: str = "technology", **more: Any) -> Person:
    """Somebody with one line of each way; the number is made from the name."""
    ways = tuple(Way(via, f"{via}:{id}") for via in vias or ("slack", "sms", "voice"))
    return replace(
        Person(id, Words(id, id.title()), department, "", Words("岗", "post"), reach=ways),
        **more,
    )


URGENT = (
    Entry(("slack", "telegram", "sms", "voice")),
    Entry(("voice",), MINUTE, MINUTE),
)

TASKS = (
    Task(
        "safety",
        Words("确认人员安全", "People are safe"),
        role="duty_lead",
        due=5 * MINUTE,
        safety=True,
    ),
    Task("halt", Words("暂停委托", "Halt orders"), role="it_lead", due=20 * MINUTE),
    Task(
        "restart",
        Words("重启报盘", "Restart the gateway"),
        role="system_admin",
        danger=True,
        rollback=Words("切回", "Switch back"),
    ),
    Task("verify", Words("业务验证", "Verify business"), role="it_lead", verifies_restoration=True),
)

OUTAGE = Playbook(
    id="outage",
    title=Words("交易中断", "Trading outage"),
    fault="outage",
    systems=("core",),
    level=2,
    profile={0: "urgent"},
    escalation=(
        Step(("role:duty_lead", "role:system_admin"), 3 * MINUTE),
        Step(("role:it_lead",), 3 * MINUTE),
    ),
    decisions=(DecisionPoint("halt-orders", 5 * MINUTE, ("halt",)),),
    tasks=TASKS,
    precautions=("safety",),
)

LEAK = Playbook(
    id="leak",
    title=Words("数据泄露", "Data leak"),
    fault="leak",
    systems=("crm",),
    level=3,
    profile={0: "urgent"},
    escalation=(Step(("role:it_lead",), 3 * MINUTE),),
)


def small_firm(**changes: Any) -> Site:
    """duty (backup deputy), admin, head of IT; boss, second and head in the succession."""
    site = Site(
        firm=Firm(Words("示例证券", "Example Securities")),
        people={
            p.id: p
            for p in (
                person("duty"),
                person("deputy"),
                person("admin"),
                person("head"),
                person("boss", "voice", department="general"),
                person("second", "voice", department="business"),
                person("root", "sms"),
                person("clerk", "slack"),
            )
        },
        roles={
            "duty_lead": Role(
                "duty_lead", Words("值班负责人", "Duty lead"), primary="duty", backup="deputy"
            ),
            "system_admin": Role(
                "system_admin", Words("系统管理员", "System admin"), primary="admin"
            ),
            "it_lead": Role("it_lead", Words("信息技术负责人", "Head of IT"), primary="head"),
        },
        grants={"administrator": ("root",)},
        command=Command(Body("boss", ("boss", "second", "head")), ("boss", "second", "head")),
        decisions={
            "halt-orders": Decision("halt-orders", Words("暂停委托？", "Halt orders?")),
            "police": Decision("police", Words("报警？", "Call the police?"), ("role:duty_lead",)),
        },
        systems={
            "core": System("core", Words("集中交易系统", "core trading system")),
            "crm": System("crm", Words("客户系统", "customer system")),
        },
        profiles={"urgent": URGENT},
        playbooks={"outage": OUTAGE, "leak": LEAK},
    )
    return replace(site, **changes)
