"""Page one of the incident report: what a leader reads in a minute."""

from collections.abc import Callable, Iterator
from functools import partial

from responder.documents.paper.incident_chart import overview_of
from responder.documents.paper.section import Section
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.known import AT_MOST
from responder.domain.obligation import Obligation

MOST = 4
LABEL = {"zh": 30.0, "en": 38.0}
LONGEST = {"zh": 160, "en": 310}
"""Characters of an answer."""


class PageOne(Section):
    """What happened, how long, who was affected, what was done, is it over, what is owed next."""

    def parts(self) -> Iterator[Callable[[], None]]:
        """All of it, and that it is a page."""
        yield self._page
        yield self.paper.page_break

    def _page(self) -> None:
        paper = self.paper
        paper.callout(*self._state())
        paper.figures(self._figures())
        paper.space(1)
        answers = [(name, self._short(said)) for name, said in self._answers()]
        paper.key_values(answers, label=LABEL[self.naming.language], large=True)
        chart = overview_of(self.facts, self.naming)
        paper.space(6)
        paper.picture(chart.height, partial(chart.draw, room=paper.room), dispensable=True)

    def _short(self, said: str) -> str:
        """At most three lines or so: this is the page that is read standing."""
        said = said[:1].upper() + said[1:]
        longest = LONGEST[self.naming.language]
        return (
            said if len(said) <= longest else said[:longest].rstrip() + self.naming.said("…", "...")
        )

    def _state(self) -> tuple[str, str]:
        """Whether it is over, in one sentence."""
        facts, naming = self.facts, self.naming
        phase, restored = facts.incident.phase, facts.restored_at()
        title = naming.said("现在：", "Now: ") + naming.words(PHASE_NAMES[phase])
        if phase is Phase.CANCELLED:
            return naming.said(
                "经核实不构成事件，已撤销。", "It was found to be no incident."
            ), title
        if restored is None:
            over = naming.said("尚未恢复，处置仍在进行。", "It is not over: work goes on.")
        else:
            at, took = naming.moment(restored), naming.span(facts.lasted())
            over = naming.said(f"{at} 恢复，历时{took}。", f"Restored {at}, after {took}.")
        owed = facts.owed()
        overdue = [one for one in owed if facts.is_late(one)]
        if overdue:
            what = naming.listed(naming.words(one.title) for one in overdue[:MOST])
            n = len(overdue)
            over += naming.said(f"逾期未报 {n} 项：{what}。", f" Overdue, {n}: {what}.")
        elif owed and owed[0].due_at:
            by, what = naming.moment(owed[0].due_at), naming.words(owed[0].title)
            over += naming.said(
                f"下一项对外义务：{what}，{by} 前。", f" Owed next: {what}, by {by}."
            )
        return over, title

    def _figures(self) -> list[tuple[str, str]]:
        """Three numbers."""
        return [self._minutes(), self._customers(), self._promptness()]

    def _minutes(self) -> tuple[str, str]:
        facts, naming = self.facts, self.naming
        trading = facts.hub.get("trading_minutes")
        within = naming.said("中断时长", "of disruption")
        if facts.restored_at() is None:
            within = naming.said("至今仍未恢复", "and not yet restored")
        if trading and trading.plain.isdigit():
            n = trading.plain
            within += naming.said(f"，其中交易时间 {n} 分钟", f", {n} min in trading")
        return naming.minutes(facts.lasted()), within

    def _customers(self) -> tuple[str, str]:
        naming, known = self.naming, self.facts.hub.get("customers")
        if known is None or not known.plain.isdigit():
            unknown = naming.said("受影响客户数仍在核实", "customers, being established")
            return naming.said("待核", "not known"), unknown
        number = f"{int(known.plain):,}"
        if known.source == AT_MOST:
            label = naming.said("户：登记客户上限，实际待核", "customers at most, to be verified")
            return f"≤ {number}", label
        label = naming.said("户受影响", "customers affected")
        return number, label + (naming.said("（估计）", " (estimate)") if known.estimate else "")

    def _promptness(self) -> tuple[str, str]:
        facts, naming = self.facts, self.naming
        kept, all_due = facts.punctuality()
        if all_due:
            return f"{kept} / {all_due}", naming.said(
                "项对外报告等按时", "reports and duties in time"
            )
        took = facts.in_hand_after()
        if took is None:
            return naming.said("无", "none"), naming.said("尚无人接手", "has taken it in hand yet")
        return naming.span(took), naming.said("有人接手", "until a human took it in hand")

    def _answers(self) -> Iterator[tuple[str, str]]:
        said = self.naming.said
        yield said("发生了什么", "What happened"), self._what()
        yield said("多长时间", "How long"), self._how_long()
        yield said("影响了谁", "Who was affected"), self._who()
        yield said("做了什么", "What was done"), self._done()
        yield said("是否结束", "Is it over"), self._over()
        yield said("接下来欠什么", "What is owed next"), self._next()

    def _what(self) -> str:
        facts, naming = self.facts, self.naming
        incident = facts.incident
        about = self.text(naming.title(incident))
        first = naming.said(
            f"{about}（{naming.systems(incident.systems)}）。",
            f"{about} ({naming.systems(incident.systems)}).",
        )
        at, level = naming.moment(incident.declared_at), naming.level(incident.level)
        second = naming.said(
            f"{at} 启动应急预案，{level}。", f" Declared {at}, the plan active, {level}."
        )
        causes = facts.investigation.causes if facts.investigation else []
        told = facts.hub.get("cause")
        said = causes[0].said if causes else (told.said.said(naming.language) if told else "")
        cause = self.text(said)
        unknown = naming.said("原因仍在查。", " The cause is still being established.")
        known = naming.said(f"原因：{cause.rstrip('。')}。", f" Cause: {cause.rstrip('.')}.")
        return first + second + (known if cause else unknown)

    def _how_long(self) -> str:
        facts, naming = self.facts, self.naming
        began, over = facts.began_at(), facts.restored_at()
        until = naming.moment(over) if over else naming.said("仍在继续", "going on")
        estimated = facts.hub.get("occurred_at")
        about = naming.said("（起点为估计）", " (its beginning is an estimate)")
        return naming.said(
            f"{naming.moment(began)} 至 {until}，共{naming.span(facts.lasted())}",
            f"From {naming.moment(began)} to {until}: {naming.span(facts.lasted())}",
        ) + (about if estimated and estimated.estimate else "")

    def _who(self) -> str:
        number, label = self._customers()
        scope = self.facts.hub.get("scope")
        told = f"{number} {label}"
        roll = self.facts.incident.roll_call
        if scope and not scope.is_open:
            told += self.naming.said("；", "; ") + self.text(scope.said.said(self.naming.language))
        if roll:
            told += self.naming.said(
                f"；现场人员平安 {len(roll.safe)} 人，需要救助 {len(roll.in_need)} 人，"
                f"未应答 {len(roll.silent)} 人",
                f"; staff on site: {len(roll.safe)} safe, {len(roll.in_need)} in need of help,"
                f" {len(roll.silent)} silent",
            )
        return told

    def _done(self) -> str:
        facts, naming = self.facts, self.naming
        done, took = facts.tasks_done(), facts.in_hand_after()
        told = []
        if took is not None:
            told.append(
                naming.said(
                    f"{naming.span(took)}后有人接手", f"taken in hand after {naming.span(took)}"
                )
            )
        if facts.commander():
            who = naming.person(facts.commander())
            told.append(naming.said(f"现场指挥{who}", f"{who} in command"))
        for one in [one for one in facts.decisions if one.decided_at][:MOST]:
            answer = (
                naming.said("同意", "approved") if one.approved else naming.said("不同意", "no")
            )
            told.append(
                f"{naming.decision(one.id)}：{answer}"
                if naming.language == "zh"
                else f"{naming.decision(one.id)}: {answer}"
            )
        told.append(
            naming.said(
                f"任务完成 {len(done)}/{len(facts.tasks)}",
                f"{len(done)}/{len(facts.tasks)} tasks done",
            )
        )
        published = sum(one.published_at is not None for one in facts.notices)
        if published:
            told.append(naming.said(f"对外公告 {published} 份", f"public notices: {published}"))
        return naming.said("；", "; ").join(told) + naming.said("。", ".")

    def _over(self) -> str:
        facts, naming = self.facts, self.naming
        phase = naming.words(PHASE_NAMES[facts.incident.phase])
        verifying = [task for task in facts.tasks if task.verifies_restoration]
        done = [task for task in verifying if task.done_at]
        if verifying and len(done) == len(verifying):
            what = naming.listed(naming.words(task.title, task.id) for task in done)
            return naming.said(f"{phase}；业务已验证：{what}。", f"{phase}; verified: {what}.")
        return naming.said(
            f"{phase}；业务恢复验证未完成。", f"{phase}; not yet verified by business."
        )

    def _by(self, one: Obligation) -> str:
        naming = self.naming
        if self.facts.is_late(one):
            return naming.said("，已逾期", " (overdue)")
        at = naming.clock(one.due_at, "%m-%d %H:%M")
        return naming.said(f"，{at} 前", f" (by {at})")

    def _next(self) -> str:
        facts, naming = self.facts, self.naming
        owed = [f"{naming.words(one.title)}{self._by(one)}" for one in facts.owed()[:MOST]]
        owed += [
            f"{self.text(one.title)} {naming.person(one.owner)} {naming.day(one.due_on)}"
            for one in [one for one in facts.measures if one.is_open][:MOST]
        ]
        left = [task for task in facts.tasks if task.is_open]
        if left:
            first, n = naming.words(left[0].title, left[0].id), len(left)
            more = "等" if n > 1 else ""
            owed.append(
                naming.said(f"未完成任务 {n} 项：{first}{more}", f"tasks open: {n}, first {first}")
            )
        unsigned = sum(one.to_be_signed for one in facts.decisions)
        if unsigned:
            owed.append(
                naming.said(f"待补签决策 {unsigned} 项", f"decisions to be signed: {unsigned}")
            )
        if not owed:
            return naming.said("没有尚欠的事项。", "Nothing.")
        return naming.said("；", "; ").join(owed)
