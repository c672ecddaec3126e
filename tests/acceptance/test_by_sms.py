"""Stories by SMS: a digit answers one request, words speak the language, strangers hear nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from responder.commands.incidents.incident import Declare
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.record import By
from tests.stage.by_phone import NUMBERS, Scene, firm_on_the_phone, played

INC = "INC-2026-0001"
DUTY, HEAD, BOSS = NUMBERS["duty"], NUMBERS["head"], NUMBERS["boss"]
MINUTE = timedelta(minutes=1)


def declared(playbook: str = "leak", **more: Any) -> Declare:
    return Declare(by=By("clerk", "handset"), playbook=playbook, title="客户数据泄露", **more)


def test_one_digit_takes_it(tmp_path: Path) -> None:
    """The SMS says how to answer, and a bare 1 does while exactly one request is open."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        (said,) = scene.twilio.texts_to(HEAD)
        assert "回1接手" in said
        assert (await scene.twilio.writes(HEAD, "１ ")).startswith("已登记，20:15由您接手")
        (taken,) = scene.record(INC, "Acknowledged")
        assert (taken.actor, taken.door) == ("head", "sms")
        assert await scene.twilio.writes(HEAD, "1") == "您已于20:15接手。"

    played(tmp_path, story)


def test_an_sms_told_twice_counts_once(tmp_path: Path) -> None:
    """Twilio redelivers under the same id: silence, and nothing changes."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        sid = "SM" + "d" * 32
        assert await scene.twilio.writes(HEAD, "1", sid)
        seen = len(scene.record(INC))
        assert await scene.twilio.writes(HEAD, "1", sid) == ""
        assert len(scene.record(INC)) == seen

    played(tmp_path, story)


def test_a_bare_digit_that_may_mean_two_things_means_none(tmp_path: Path) -> None:
    """With two requests open the codes are sent back; with a code, in either order, it counts."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        await scene.do(declared(separate="another database"))
        said = await scene.twilio.writes(HEAD, "1")
        assert said == "待您答复：0001请接手；0002请接手。请回编号加数字，如0001 1。"
        assert not scene.payloads(INC, "Acknowledged")
        assert (await scene.twilio.writes(HEAD, "0002 1")).startswith("已登记")
        assert (await scene.twilio.writes(HEAD, "1，0001")).startswith("已登记")
        assert len(scene.payloads("INC-2026-0002", "Acknowledged")) == 1

    played(tmp_path, story)


def test_a_warning_and_an_incident_that_share_a_code(tmp_path: Path) -> None:
    """The reply tells them apart by a letter, and so can the answer."""

    async def story(scene: Scene) -> None:
        warning = RaiseWarning(by=By("clerk", "handset"), playbook="leak", title="磁盘将满")
        await scene.do(warning)
        await scene.do(declared("outage"))
        for ambiguous in ("1", "0001 1"):
            said = await scene.twilio.writes(DUTY, ambiguous)
            assert "W0001请核实预警" in said
            assert "I0001请接手" in said
        assert (await scene.twilio.writes(DUTY, "i0001 1")).startswith("已登记，20:15由您接手")
        assert not scene.payloads("WRN-2026-0001", "VerificationTaken")
        assert "由您核实" in await scene.twilio.writes(DUTY, "W0001，1")

    played(tmp_path, story)


def test_a_page_and_a_decision_of_one_incident(tmp_path: Path) -> None:
    """1 may mean either: it takes the page first, says so, and is then about the decision."""

    async def story(scene: Scene) -> None:
        await scene.do(declared("outage"))
        await scene.wait(3 * MINUTE)
        said = await scene.twilio.writes(HEAD, "0001 1")
        assert said.startswith("已登记，20:18由您接手"), said
        assert not scene.payloads(INC, "Extended")
        assert "逾期转下一位" in await scene.twilio.writes(HEAD, "0001 1"), "that was to decide"
        assert len(scene.payloads(INC, "Acknowledged")) == 1

    site = firm_on_the_phone()
    first = replace(site.command, succession=("head", "boss", "second"))
    played(tmp_path, story, site=replace(site, command=first))


def test_an_old_request_needs_its_code(tmp_path: Path) -> None:
    """After half an hour a bare 1 may have been meant for anything."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        scene.stage.clock.pass_by(31 * MINUTE)
        assert (await scene.twilio.writes(HEAD, "1")).startswith("待您答复：0001请接手。")
        assert (await scene.twilio.writes(HEAD, "0001 1")).startswith("已登记")

    once = firm_on_the_phone(profiles={})
    played(tmp_path, story, site=once)


def test_a_decision_by_sms_is_read_back(tmp_path: Path) -> None:
    """4 is confirmed by 1, as on the phone; the 1 is not taken for anything else."""

    async def story(scene: Scene) -> None:
        await scene.do(declared("outage"))
        assert await scene.twilio.writes(BOSS, "4") == "0001您选择：同意。确认请回1。"
        assert not scene.payloads(INC, "Decided")
        assert await scene.twilio.writes(BOSS, "1") == "已决策：同意。"

    site = firm_on_the_phone()
    boss = site.people["boss"]
    reach = (*boss.reach, replace(boss.reach[0], via="sms"))
    played(
        tmp_path,
        story,
        site=replace(site, people={**site.people, "boss": replace(boss, reach=reach)}),
    )


def test_words_speak_the_language(tmp_path: Path) -> None:
    """Everything else is a line of the language, with choices to answer by their number."""

    async def story(scene: Scene) -> None:
        asked = await scene.twilio.writes(NUMBERS["clerk"], "启动 leak level=3")
        assert "已发起" in asked
        await scene.turn()
        assert (await scene.twilio.writes(HEAD, "接手 0001")).startswith("已登记")
        await scene.do(declared(separate="another"))
        choices = await scene.twilio.writes(NUMBERS["admin"], "状态")
        assert "1. INC-2026-0002" in choices
        assert "2. INC-2026-0001" in choices
        assert "现场指挥：head" in await scene.twilio.writes(NUMBERS["admin"], "2")

    played(tmp_path, story)


def test_strangers_hear_nothing(tmp_path: Path) -> None:
    """Unknown numbers get silence, and one line on the record that does not hold the numbers."""

    async def story(scene: Scene) -> None:
        assert await scene.twilio.writes("+85299999999", "状态") == ""
        assert await scene.twilio.writes("+85299999998", "启动") == ""
        (refused,) = scene.record("FIRM", "Refused")
        assert refused.door == "sms"
        assert "99999999" not in str(refused)

    played(tmp_path, story)


def test_two_machines_stop_talking(tmp_path: Path) -> None:
    """At most five answers an hour to what did nothing; an act is always answered."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        replies = [await scene.twilio.writes(HEAD, "I am out of office") for _ in range(7)]
        assert [bool(said) for said in replies] == [True] * 5 + [False] * 2
        assert (await scene.twilio.writes(HEAD, "1")).startswith("已登记")
        scene.stage.clock.pass_by(61 * MINUTE)
        assert await scene.twilio.writes(HEAD, "I am out of office")

    played(tmp_path, story)


def test_a_drill_says_so_in_every_answer(tmp_path: Path) -> None:
    """An answer about a drill begins with 演练 (P5)."""

    async def story(scene: Scene) -> None:
        await scene.do(declared(drill=True))
        assert (await scene.twilio.writes(HEAD, "1")).startswith("演练：已登记")

    played(tmp_path, story)
