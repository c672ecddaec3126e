"""The columns of each kind of table, and what people call them."""

import re
import unicodedata
from dataclasses import dataclass

from responder.domain.words import Words

_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")
_SIGNS = re.compile(r"[\s*_:：()（）\[\]【】/、.,，\-]+")
_NUMBERED = re.compile(r"(?<=\D)\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Column:
    """One field: how our own tables head it, what its cells hold, what others call it.

    One that is not `kept` is understood and never written: another column says the same.
    """

    field: str
    heading: Words
    takes: str = "text"
    also: tuple[str, ...] = ()
    kept: bool = True

    @property
    def names(self) -> frozenset[str]:
        """Every heading that means it, in plain form."""
        return frozenset(map(plain, (self.field, self.heading.zh, self.heading.en, *self.also)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its title, its columns, and fields of which a row has to have one each."""

    name: str
    title: Words
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]

    def column(self, field: str) -> Column | None:
        """The column of a field."""
        return next((one for one in self.columns if one.field == field), None)

    def meant(self, heading: str) -> Column | None:
        """The column that a heading means; numbered ones (`联系方式2`) mean the same."""
        for wanted in _readings(heading):
            for column in self.columns:
                if wanted in column.names:
                    return column
        return None


def plain(heading: str) -> str:
    """A heading without what makes no difference: width, case, spaces, stars, strokes."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading).casefold())


def _readings(heading: str) -> tuple[str, ...]:
    whole, bare = plain(heading), plain(_BRACKETED.sub("", heading))
    return tuple(dict.fromkeys([whole, bare, _NUMBERED.sub("", bare)]))


def _c(field: str, zh: str, en: str, takes: str = "text", *also: str, kept: bool = True) -> Column:
    return Column(field, Words(zh, en), takes, also, kept)


def _id(zh: str, en: str, *also: str) -> Column:
    return _c("id", zh, en, "id", *also)


PEOPLE = Kind(
    "people",
    Words("人员", "People"),
    (
        _id("编号", "Id", "人员编号", "工号", "员工编号", "用户名", "employee id", "staff id"),
        _c("name.zh", "姓名", "Chinese name", "text", "名字", "中文姓名", "姓名（中文）"),
        _c("name.en", "英文姓名", "English name", "text", "英文名", "姓名（英文）", "姓名拼音"),
        _c("name", "人名", "Name", "script", "full name", "person", kept=False),
        _c(
            "department", "部门", "Department", "department", "所属部门", "所在部门", "部室", "dept"
        ),
        _c("head_of", "负责部门", "Head of", "head", "部门负责人", "分管部门"),
        _c("title.zh", "职务", "Chinese title", "text", "职位", "头衔", "职务（中文）"),
        _c("title.en", "英文职务", "English title", "text", "职务（英文）", "英文职位"),
        _c("title", "职称", "Title", "script", "job title", "position", kept=False),
        _c("post", "岗位", "Role", "text", "应急岗位", "关键岗位", "post", "key post", kept=False),
        _c("backup", "备岗", "Backup", "text", "备岗人员", "后备", "B角", "备份人员", kept=False),
        _c("language", "语言", "Language", "language", "语种", "lang"),
        _c("time_zone", "时区", "Time zone", "zone", "timezone", "tz"),
        _c(
            "mobile",
            "手机",
            "Mobile",
            "mobile",
            *("手机号", "手机号码", "移动电话", "联系电话", "电话", "电话号码", "cell", "phone"),
            *("mobile phone", "cell phone", "phone number", "telephone", "tel"),
            kept=False,
        ),
        _c(
            "landline",
            "固定电话",
            "Landline",
            "landline",
            *("座机", "固话", "办公电话", "办公室电话", "office phone", "work phone", "分机"),
            kept=False,
        ),
        _c("fax", "传真", "Fax", "fax", "传真号码", "fax number", kept=False),
        _c(
            "email",
            "邮箱",
            "E-mail",
            "email",
            *("电子邮箱", "电子邮件", "邮件", "邮箱地址", "email address", "mail"),
            kept=False,
        ),
        _c("slack", "Slack", "Slack", "slack", "slack id", "slack账号", kept=False),
        _c("telegram", "Telegram", "Telegram", "telegram", "telegram id", "电报", kept=False),
        _c("way", "联系方式", "Way", "way", "contact way", "reach"),
    ),
    (("id", "name.zh", "name.en", "name"),),
)
ROLES = Kind(
    "roles",
    Words("岗位", "Roles"),
    (
        _id("岗位编号", "Role id"),
        _c("name.zh", "岗位", "Chinese role name", "text", "岗位名称", "关键岗位", "应急岗位"),
        _c("name.en", "岗位英文名", "English role name"),
        _c("name", "岗位名", "Role", "script", "post", "role name", kept=False),
        _c("rotation", "轮值表", "Rotation"),
        _c("backup_rotation", "备岗轮值表", "Backup rotation"),
        _c("primary", "主岗", "Primary", "person", "主岗人员", "A角", "主责人", "岗位人员"),
        _c("backup", "备岗", "Backup", "person", "备岗人员", "B角", "备份人员", "后备"),
    ),
    (("id", "name.zh", "name.en", "name"), ("primary", "backup", "rotation")),
)
ROTATIONS = Kind(
    "rotations",
    Words("轮值表", "Rotations"),
    (
        _id("轮值表编号", "Rotation id", "轮值表", "轮值", "rotation"),
        _c("time_zone", "时区", "Time zone", "zone", "timezone"),
        _c("starts", "首班开始", "First shift starts", "local", "起始时间", "starts"),
        _c("shift", "班长", "Shift", "span", "每班时长", "shift length"),
        _c("people", "轮值人员", "People in turn", "people", "人员次序", "轮值次序", "people"),
    ),
    (("id",), ("people",), ("starts", "shift")),
)
OVERRIDES = Kind(
    "overrides",
    Words("调班", "Overrides"),
    (
        _c("rotation", "轮值表", "Rotation", "text", "轮值"),
        _c("start", "自", "From", "moment", "开始", "开始时间", "start"),
        _c("end", "至", "To", "moment", "结束", "结束时间", "end"),
        _c("person", "顶班人", "On duty", "person", "当班人", "值班人", "值班人员", "替班人"),
        _c("reason", "事由", "Reason", "text", "原因"),
    ),
    (("rotation",), ("start",), ("end",), ("person",)),
)
ROSTER = Kind(
    "roster",
    Words("值班表", "Roster"),
    (_c("day", "日期", "Date", "day", "值班日期", "day"),),
    (("day",),),
)
"""A roster by date: every other column is a post, headed by its name or its rotation's."""
ABSENCES = Kind(
    "absences",
    Words("缺勤", "Absences"),
    (
        _c("person", "缺勤人员", "Away", "person", "请假人", "休假人员", "缺勤人", "absent"),
        _c("start", "自", "From", "moment", "开始", "开始时间", "start"),
        _c("end", "至", "To", "moment", "结束", "结束时间", "end"),
        _c("reason", "事由", "Reason", "text", "原因"),
    ),
    (("person",), ("start", "end")),
)
TEAMS = Kind(
    "teams",
    Words("班组", "Teams"),
    (
        _id("班组", "Team", "班组编号", "小组"),
        _c("people", "班组成员", "Team members", "people", "成员", "组员", "members"),
    ),
    (("id",), ("people",)),
)
UNITS = Kind(
    "units",
    Words("关联单位", "Related units"),
    (
        _id("单位编号", "Unit id"),
        _c("kind", "类别", "Kind", "unit_kind", "单位类别", "类型", "unit kind", "category"),
        _c("name.zh", "单位名称", "Chinese unit name", "text", "关联单位", "单位", "机构名称"),
        _c("name.en", "单位英文名称", "English unit name"),
        _c("name", "单位名", "Unit", "script", "unit name", "related unit", kept=False),
        _c("business.zh", "业务事项", "Chinese business matter", "text", "业务", "事项"),
        _c("business.en", "业务事项（英文）", "English business matter"),
        _c("business", "业务内容", "Business matter", "script", "business", kept=False),
        _c("contact.zh", "联系人", "Chinese contact", "text", "联络人"),
        _c("contact.en", "联系人（英文）", "English contact"),
        _c("contact", "联系人员", "Contact", "script", "contact person", kept=False),
        _c("way", "联系方式", "Way", "unit_way", "联系电话", "电话", "means", "reach", "phone"),
        _c("fax", "传真", "Fax", "fax", kept=False),
        _c("email", "邮箱", "E-mail", "email", "电子邮件", "电子邮箱", kept=False),
        _c("remarks.zh", "备注", "Chinese remarks", "text", "说明"),
        _c("remarks.en", "备注（英文）", "English remarks"),
        _c("remarks", "附注", "Remarks", "script", "notes", kept=False),
        _c("receives_our_contacts", "告知我方联系方式", "Receives our contacts", "flag"),
        _c("verified_on", "核对日期", "Verified on", "day", "最近核对", "核实日期", "更新日期"),
    ),
    (
        ("id", "name.zh", "name.en", "name"),
        ("business.zh", "business", "contact.zh", "way", "kind"),
    ),
)
LIAISONS = Kind(
    "liaisons",
    Words("通报联络人", "Liaison officers"),
    (
        _c("person", "通报联络人", "Liaison officer", "person", "联络人", "liaison"),
        _c("duty_phone", "应急值守电话", "Duty phone", "number", "值守电话", "值班电话"),
        _c("fax", "传真", "Fax", "number", "传真号码"),
    ),
    (("person",), ("duty_phone", "fax")),
)
BODIES = Kind(
    "bodies",
    Words("组织体系", "Bodies"),
    (
        _c("body", "机构", "Body", "body", "组织机构"),
        _c("part", "身份", "Part", "part", "组内职务", "组内身份"),
        _c("person", "机构成员", "Body member", "person", "成员", "姓名", "人员", "member", "name"),
        _c("wait", "递补等待", "Hand down after", "span"),
        _c("says.zh", "职责", "Chinese duty", "text"),
        _c("says.en", "职责（英文）", "English duty"),
    ),
    (("body",), ("part",), ("person",)),
)
KINDS = {
    one.name: one
    for one in (
        *(PEOPLE, ROLES, ROTATIONS, OVERRIDES, ABSENCES, TEAMS, UNITS, LIAISONS, BODIES),
        ROSTER,
    )
}
"""In the order in which they are taken: what is named later may refer to what is named before."""
