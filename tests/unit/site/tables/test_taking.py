from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from responder.domain.organisation import Body, Command, Liaison, Role
from responder.domain.people import Person, Way
from responder.domain.register import Unit
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.site import Site
from responder.domain.tables.sheet import letters
from responder.domain.tables.taking import taken
from responder.domain.words import Words
from tests.unit.site.tables.tables import drafted, read_table

MOBILE = (Way("voice", "+8613800138031"), Way("sms", "+8613800138031"))
ZHANG = Person(
    "zhang.san",
    Words("张三", "Zhang San"),
    "technology",
    reach=(Way("slack", "U012AB3CD"), *MOBILE, Way("by_hand", "8023", "phone", "总机转")),
)
LI = Person("li.si", Words("李四", "Li Si"), "risk", reach=(Way("email", "li@example.com"),))
ROTATION = Rotation("duty", datetime(2026, 1, 5, 8, 30), people=("zhang.san", "li.si"))  # noqa: DTZ001
SITE = Site(
    people={one.id: one for one in (ZHANG, LI)},
    roles={"duty_lead": Role("duty_lead", Words("值班负责人", "Duty lead"), rotation="duty")},
    rotations={"duty": ROTATION},
    units={"bank": Unit("bank", "bank", Words("示例银行", "Example Bank"))},
    liaisons=(Liaison("zhang.san", "+862150001111"),),
    command=Command(Body("zhang.san", ("zhang.san",)), ("zhang.san",)),
)


def words(draft):
    return [one.said("zh") for one in draft.remarks]


def test_new_changed_unchanged_and_missing_are_told_apart():
    """The preview says of everybody what would become of them; the site itself stays."""
    draft = drafted(SITE, [["姓名", "部门"], ["张三", "技术"], ["王五", "财务部"]])
    assert [one.id for one in draft.new] == ["wang.wu"]
    assert draft.unchanged == {"people": 1}
    assert [one.id for one in draft.missing] == ["li.si"]
    assert draft.site.people["wang.wu"].department == "finance"
    assert "li.si" in draft.site.people
    assert list(SITE.people) == ["zhang.san", "li.si"]


def test_what_is_missing_goes_only_if_asked_for():
    """With remove-missing the others go, and where they are still named is told."""
    rows = read_table([["姓名", "部门"], ["李四", "风控"]]).rows
    draft = taken(SITE, rows, remove_missing=True)
    assert list(draft.site.people) == ["li.si"]
    assert [one.id for one in draft.removed] == ["zhang.san"]
    assert "zhang.san被移除，但仍在 rotations 中。请另行指定人员。" in words(draft)


def test_who_stands_on_a_faulty_row_is_not_missing():
    """A row that cannot be read still says that its person is in the table."""
    rows = read_table([["姓名", "手机"], ["张三", "13800138031"], ["李四", "12"]]).rows
    assert taken(SITE, rows).missing == []


def test_only_what_a_column_says_is_changed():
    """A new mobile number takes the place of the old one; other lines, and their order, stay."""
    draft = drafted(SITE, [["姓名", "手机"], ["张三", "13900139031"]])
    assert draft.site.people["zhang.san"].reach == (
        Way("slack", "U012AB3CD"),
        Way("voice", "+8613900139031"),
        Way("sms", "+8613900139031"),
        Way("by_hand", "8023", "phone", "总机转"),
    )
    (changed,) = draft.changed
    assert [field for field, _, _ in changed.fields] == ["reach"]


def test_a_column_emptied_takes_its_lines_away():
    """无 under 手机 takes the mobile lines away, and nothing else."""
    draft = drafted(SITE, [["姓名", "手机"], ["张三", "无"]])
    assert [way.via for way in draft.site.people["zhang.san"].reach] == ["slack", "by_hand"]


def test_the_same_row_twice_is_taken_once():
    """Duplicates are told; where they differ, the second is a fault and is not taken."""
    draft = drafted(Site(), [["姓名", "职务"], ["王五", "主任"], ["王五", "主任"]])
    assert words(draft) == ["“人员”表第3行：与“人员”表第2行重复，只取一次。"]
    draft = drafted(Site(), [["姓名", "职务"], ["王五", "主任"], ["王五", "专员"]])
    assert len(draft.faults) == 1
    assert draft.faults[0].place.cell == "A3"
    assert draft.site.people["wang.wu"].title.zh == "主任"


def test_two_people_of_one_name_need_an_id():
    """Who of two is meant is never guessed; a way or a department may tell."""
    twins = {
        id: Person(id, Words("王伟"), department)
        for id, department in (("a", "risk"), ("b", "finance"))
    }
    site = Site(people=twins)
    draft = drafted(site, [["姓名", "职务"], ["王伟", "主任"]])
    assert "请加一列“编号”，写明是哪一位：a、b。" in words(draft)[0]
    draft = drafted(site, [["姓名", "部门", "职务"], ["王伟", "财务部", "主任"]])
    assert draft.site.people["b"].title.zh == "主任"


def test_names_that_sound_alike_get_ids_of_their_own():
    """张伟 and 章伟 are two people, and neither takes the other's id."""
    draft = drafted(Site(), [["姓名"], ["张伟"], ["章伟"]])
    assert {id: one.name.zh for id, one in draft.site.people.items()} == {
        "zhang.wei": "张伟",
        "zhang.wei.2": "章伟",
    }


def test_two_people_with_one_number_are_told():
    """A shared number is told; a shared chat account is a fault, for its word is one person's."""
    draft = drafted(SITE, [["姓名", "手机"], ["王五", "13800138031"]])
    assert words(draft) == ["“人员”表第2行：张三与王五号码相同。请核对；共用座机的可不理会。"]
    assert "wang.wu" in draft.site.people
    draft = drafted(SITE, [["姓名", "Slack"], ["王五", "U012AB3CD"]])
    assert [one.grave for one in draft.remarks] == [True]
    assert "wang.wu" not in draft.site.people
    assert not draft.changes_something


def test_posts_beside_people():
    """岗位 and 备岗 of a table of people fill the roles that the standard or the register names."""
    rows = [["姓名", "岗位", "备岗"], ["张三", "网络管理员", "李四"], ["李四", "交易员", ""]]
    draft = drafted(SITE, rows)
    role = draft.site.roles["network_admin"]
    assert (role.primary, role.backup, role.name.zh) == ("zhang.san", "li.si", "网络管理员")
    assert "“交易员”不在岗位表中" in words(draft)[0]
    rows = [["姓名", "岗位", "备岗"], ["张三", "网络管理员", ""], ["李四", "网络管理员", "是"]]
    assert drafted(SITE, rows).site.roles["network_admin"] == role


def test_roles_name_people_that_there_are():
    """A person may be named by name or id; one that nobody knows is a fault with its cell."""
    draft = drafted(SITE, [["岗位", "主岗", "备岗"], ["值班负责人", "张三", "王五"]], "岗位")
    (fault,) = draft.faults
    assert fault.said("zh") == "“岗位”表第2行（C2）：人员表中没有“王五”。请先把此人列入人员表。"
    draft = drafted(SITE, [["岗位", "主岗", "备岗"], ["值班负责人", "张三", "li.si"]], "岗位")
    assert draft.site.roles["duty_lead"] == replace(
        SITE.roles["duty_lead"], primary="zhang.san", backup="li.si"
    )


def test_related_units_in_the_five_columns_of_the_standard():
    """A known unit is changed by its name; a new one gets an id; nobody there is rung."""
    head = ["类别", "单位名称", "业务事项", "联系人", "联系方式", "备注"]
    rows = [head, ["银行", "示例银行", "存管", "王经理", "95588", "工作日"]]
    rows.append(["公安", "示例分局", "报案", "值班室", "110", ""])
    draft = drafted(SITE, rows, "联系表")
    assert draft.site.units["bank"].contact.zh == "王经理"
    assert draft.site.units["bank"].reach == (Way("by_hand", "95588", "phone"),)
    assert draft.site.units["shi-li-fen-ju"].kind == "police"


def test_a_roster_by_date_becomes_overrides():
    """Whoever is not on shift anyway takes the shift of that day, from its hour of handover."""
    rows = [["日期", "值班负责人"], [date(2026, 12, 1), "张三"], [date(2026, 12, 2), "张三"]]
    draft = drafted(SITE, rows, "值班表")
    day = (
        date(2026, 12, 1) if ROTATION.on_shift(instant(date(2026, 12, 1))) != "zhang.san" else None
    )
    day = day or date(2026, 12, 2)
    assert draft.site.overrides == (
        Override("duty", instant(day), instant(day) + timedelta(days=1), "zhang.san"),
    )
    assert draft.unchanged == {"overrides": 1}


def instant(day):
    return datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)


def test_a_roster_names_rotations_that_there_are():
    """A column that is no rotation is told, with those that there are."""
    draft = drafted(SITE, [["日期", "白班"], [date(2026, 12, 1), "张三"]], "值班表")
    assert "没有“白班”这个轮值表。现有：duty。" in words(draft)[0]


def test_absences_and_overrides_that_end_before_they_begin():
    """Such a span is a fault, and is not taken; a day as the end is the last day."""
    rows = [["缺勤人员", "自", "至", "事由"], ["张三", "2026-12-05", "2026-12-01", "休假"]]
    assert [one.place.cell for one in drafted(SITE, rows, "缺勤").faults] == ["C2"]
    rows[1][2] = "2026-12-05"
    (one,) = drafted(SITE, rows, "缺勤").site.absences
    begins = datetime(2026, 12, 4, 16, tzinfo=UTC)
    assert one == Absence("zhang.san", begins, begins + timedelta(days=1), "休假")


def test_an_override_over_a_change_of_the_clock():
    """Local times of a zone with daylight saving become the right instants."""
    site = replace(SITE, rotations={"duty": replace(ROTATION, time_zone="Europe/London")})
    rows = [
        ["轮值表", "自", "至", "顶班人"],
        ["duty", "2026-10-24 08:30", "2026-10-25 08:30", "李四"],
    ]
    (one,) = drafted(site, rows, "调班").site.overrides
    assert one.end - one.start == timedelta(hours=25)


def test_the_command_body_is_as_the_table_says():
    """A part that is named is then exactly so, in order; what is not named stays."""
    head = ["机构", "身份", "姓名"]
    rows = [head, ["应急领导小组", "组长", "李四"], ["应急领导小组", "递补", "李四"]]
    draft = drafted(SITE, [*rows, ["应急领导小组", "递补", "张三"]], "机构")
    command = draft.site.command
    assert (command.body.head, command.body.members) == ("li.si", ("zhang.san",))
    assert command.succession == ("li.si", "zhang.san")


@pytest.mark.parametrize(
    ("place", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_of_columns(place, said):
    """Columns are named as spreadsheets name them."""
    assert letters(place) == said
