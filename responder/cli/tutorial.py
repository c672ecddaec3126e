"""`responder tutorial`: a drill of two minutes for one, in a sandbox, with a paper at its end."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from zoneinfo import ZoneInfo

import click

from responder import app
from responder.app import Stage
from responder.cli import show
from responder.cli.acting import settings_for
from responder.cli.drill_rehearsed import settings_in
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.cli.papers import PATH, put
from responder.cli.phone import Phone
from responder.commands.drills.after_action import after_action
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.conducting import EndDrill, Observe
from responder.commands.drills.starting import StartDrill
from responder.commands.firm import AcceptSite
from responder.domain.drill import DrillScenario, Expected, Kind, Objective, Result, Row, Script
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import Person, Way
from responder.domain.playbook import Step
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.inbound.language.conversation import Conversation
from responder.inbound.language.speak import Interpreter

YOU, LEADER = "you", "tutor"
DOOR = "tutorial"
PLAYBOOK, DECISION = "trading-outage", "level-two"
MINUTE = timedelta(minutes=1)
LASTS = 10 * MINUTE
LATE_AT_NIGHT = timedelta(hours=20, minutes=15)
TITLE = Words("集中交易系统中断（教程）", "Core trading system down (tutorial)")
OUTAGE = Words(
    "20:15，集中交易系统登录失败，委托量降为零",
    "20:15: nobody can log in to core trading, orders are down to zero",
)


@command(
    "tutorial",
    "两分钟教程：一个人、沙箱里走一遍接手、处置、决策，最后拿到自己的演练报告",
    "Two minutes, alone, in a sandbox: take it, handle it, decide; it ends with your own report",
)
@option("--name", default="", zh="您的姓名", en="Your name")
@option("--out", type=PATH, default="tutorial.pdf", metavar="FILE.pdf", zh="报告", en="The report")
def tutorial(given: Given, name: str, out: Path) -> None:
    """Guide a newcomer through a drill."""
    settings = settings_for(given)
    said = given.said
    show.line(
        said("这里的一切都不会离开这台电脑。", "Nothing here leaves this computer."), "bold green"
    )
    name = name or click.prompt(said("您怎么称呼", "Your name"), default=said("新同事", "Newcomer"))
    site = _site(app.files_of(settings.site), name[:40], given.language)
    with TemporaryDirectory(prefix="responder-tutorial-") as folder:
        zone = ZoneInfo(site.time_zone)
        today = app.system_clock().now().astimezone(zone)
        begins = today.replace(hour=0, minute=0, second=0, microsecond=0) + LATE_AT_NIGHT
        with app.staged(settings_in(Path(folder), settings), begins) as stage:
            stage.house.execute(AcceptSite(by=By("", DOOR), site=site))
            paper = _Tutorial(given, stage, begins).play()
    put(out, paper)
    show.line(said(f"这是您的演练报告：{out}", f"This is your report: {out}"), "bold green")
    show.line(
        said(
            "接下来：responder init 目录，把人员换成自己的。",
            "Next: responder init DIR, and put your own people in.",
        )
    )


# The firm and the drill of it


def _site(sample: Site, name: str, language: str) -> Site:
    """The sample firm with the newcomer on duty and in command, and nobody else to be rung."""
    you = Person(
        YOU,
        Words(name, name),
        "technology",
        title=Words("值班负责人", "Duty lead"),
        language=language,
        time_zone=sample.time_zone,
        reach=(Way("voice", "+8613800000000"), Way("sms", "+8613800000000")),
    )
    tutor = replace(you, id=LEADER, name=Words("教程", "Tutor"), reach=(Way("slack", "U0"),))
    playbook = sample.playbooks[PLAYBOOK]
    alone = replace(
        playbook,
        escalation=(Step((f"role:{DUTY_LEAD}",), LASTS),),
        decisions=tuple(point for point in playbook.decisions if point.id == DECISION),
        tasks=tuple(replace(task, role=DUTY_LEAD) for task in playbook.tasks if task.safety),
    )
    command = sample.command
    roles = {**sample.roles, DUTY_LEAD: replace(sample.roles[DUTY_LEAD], rotation="", primary=YOU)}
    return replace(
        sample,
        people={YOU: you, LEADER: tutor},
        roles=roles,
        rotations={},
        overrides=(),
        absences=(),
        grants={"coordinator": (LEADER,)},
        command=replace(command, body=replace(command.body, head=LEADER), succession=(YOU,)),
        playbooks={PLAYBOOK: alone},
        audiences={},
        applies=(),
        regimes={},
        scenarios={DOOR: _scenario()},
    )


def _scenario() -> DrillScenario:
    expects = (
        Expected("taken", "acknowledge", within=MINUTE, objective="you"),
        Expected("safety", "do", of="safety", within=2 * MINUTE, objective="you"),
        Expected("decided", "decide", of=DECISION, within=3 * MINUTE, objective="you"),
    )
    sender = Words("监控岗", "Monitoring")
    row = Row("outage", sender=sender, to=(YOU,), by=("sms",), text=OUTAGE, expects=expects)
    met = {one.id: Result.DONE for one in expects}
    return DrillScenario(
        DOOR,
        title=TITLE,
        kind=Kind.TABLETOP,
        playbook=PLAYBOOK,
        starts=LATE_AT_NIGHT,
        lasts=LASTS,
        plan=dict.fromkeys(PLAN_HEADINGS, Words("新人两分钟入门", "Two minutes for a newcomer")),
        recipients=(YOU,),
        controllers=(LEADER,),
        objectives={"you": Objective("you", Words("独自走完一遍", "Through it alone"), "7.1-ab")},
        rows={row.id: row},
        scripts={
            "full": Script("full", (), met),
            "failing": Script("failing", (), dict.fromkeys(met, Result.NOT_DONE)),
        },
    )


# The guide


@dataclass
class _Tutorial:
    given: Given
    stage: Stage
    begins: datetime

    def __post_init__(self) -> None:
        self.drill = ""
        self.began = monotonic()
        self.phone = Phone(self.given, self.stage.house, By(YOU, "handset"))

    def play(self) -> bytes:
        """From the first ring to the paper."""
        execute, tutor = self.stage.house.execute, By(LEADER, DOOR)
        execute(ApproveDrill(by=tutor, scenario=DOOR))
        self.drill = execute(StartDrill(by=tutor, scenario=DOOR)).id
        for ask, answers, is_done in self._steps():
            self._until(ask, answers, is_done)
        execute(Observe(by=tutor, incident=self.drill, text=self._praise(), strength=True))
        execute(EndDrill(by=tutor, incident=self.drill))
        found = self.stage.house.read(lambda uow, now: after_action(uow, self.drill, now))
        return app.papers_of().make("after-action", found, self.given.language).pdf

    def _praise(self) -> str:
        return self.given.said("独自完成了接手、处置和决策", "took, handled and decided alone")

    def _steps(self) -> Iterator[tuple[str, tuple[str, ...], Callable[[], bool]]]:
        said = self.given.said
        yield (
            said("电话响了。按 1 接手。", "Your phone rings. Press 1 to take it."),
            ("1",),
            self._is("Acknowledged"),
        )
        yield (
            said("先保人。输入：完成 safety", "People first. Type: done safety"),
            (said("完成 safety", "done safety"),),
            self._is("TaskDone"),
        )
        yield (
            said(
                "请您决策。按 4 同意，再按 1 确认。",
                "A decision is yours. Press 4, then 1 to confirm.",
            ),
            ("4", "1"),
            self._is("Decided"),
        )

    def _is(self, kind: str) -> Callable[[], bool]:
        def happened() -> bool:
            entries = self.stage.house.store.read(lambda uow: uow.ledger.of(self.drill))
            return any(entry.kind == kind for entry in entries)

        return happened

    def _until(self, ask: str, answers: tuple[str, ...], is_done: Callable[[], bool]) -> None:
        """Show the phone and take what is typed until the step is done.

        Whoever only presses Enter gives the answers, one after the other.
        """
        offered = cycle(answers)
        while not is_done():
            answer = next(offered)
            self._let_time_pass()
            self._show()
            show.line(ask, "bold yellow")
            typed = click.prompt(">", default=answer, show_default=True)
            self._let_time_pass()
            self._answer(str(typed).strip())

    def _let_time_pass(self) -> None:
        """The drill's clock runs with the newcomer's own."""
        passed = timedelta(seconds=int(monotonic() - self.began) + 1)
        asyncio.run(self.stage.until(self.begins + passed))

    def _show(self) -> None:
        found = self.phone.look()
        for call in found.calls[:1]:
            self.phone.select(call)
            show.line(self.phone.headline(call.message), "cyan")
            show.line(call.message.text)
        if not found.calls:
            for message in found.messages[-1:]:
                show.line(message.text)

    def _answer(self, typed: str) -> None:
        """A key of the phone, or a line of the chat."""
        try:
            if typed[:1] in "0123456789*" and len(typed) == 1:
                self.phone.press(typed)
                show.line(self.phone.said, "green")
                return
            chat = Conversation(incident=self.drill, language=self.given.language, alone=True)
            speaker = Interpreter(self.stage.house, app.words_for)
            show.line(speaker.speak(typed, By(YOU, "chat"), chat).text, "green")
        except ResponderError as refusal:
            show.line(refusal.said(self.given.language), "red")
