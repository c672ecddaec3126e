"""Values of which there are few, in the words of tables: departments, kinds of unit, bodies."""

from collections.abc import Mapping
from functools import cached_property

from responder.domain.organisation import BODY_DUTIES
from responder.domain.people import DEPARTMENT_NAMES
from responder.domain.plain_value import ANSWERS
from responder.domain.register import UNIT_KIND_NAMES
from responder.domain.tables.columns import plain
from responder.domain.words import Words

Also = Mapping[str, tuple[str, ...]]


class Vocabulary:
    """Values with their words, what else people write for them, and what may be hung on a word."""

    def __init__(
        self, names: Mapping[str, Words], also: Also | None = None, endings: tuple[str, ...] = ()
    ) -> None:
        self.names = names
        self._also = also or {}
        self._endings = endings

    def said(self, value: str, language: str) -> str:
        """The word of a value; the value itself where that word means something else."""
        word = self.names[value].said(language) if value in self.names else value
        return word if self.meant(word) == value else value

    def meant(self, text: str) -> str | None:
        """The value that a text means, None if it is none of them."""
        wanted = plain(text)
        words = (wanted, *(wanted.removesuffix(one) for one in self._endings))
        return next((self._values[word] for word in words if word in self._values), None)

    @cached_property
    def _values(self) -> dict[str, str]:
        return {
            plain(word): value
            for value, words in self.names.items()
            for word in (*self._also.get(value, ()), words.zh, words.en, value)
        }


DEPARTMENTS = Vocabulary(
    DEPARTMENT_NAMES,
    {
        "business": ("经纪业务", "经纪", "零售业务", "brokerage"),
        "technology": ("信息技术", "金融科技", "信息科技", "科技", "it"),
        "risk": ("风控", "风险管理", "风险"),
        "settlement": ("清算", "运营结算", "存管结算", "clearing"),
        "finance": ("计划财务", "资金财务"),
        "customer_service": ("客户服务", "customer services"),
        "guarding": ("保卫", "安全保卫"),
        "general": ("综合管理", "行政", "办公", "general"),
    },
    ("总部", "管理部", "部门", "中心", "部", "处", "室", "科", "department", "dept"),
)
UNIT_KINDS = Vocabulary(
    UNIT_KIND_NAMES,
    {
        "regulator": ("监管机构", "监管", "证监会", "证监局", "regulator"),
        "association": ("行业协会", "自律组织", "association"),
        "government": ("政府部门", "政府", "地方政府", "government"),
        "police": ("公安", "police"),
        "core_institution": ("核心机构", "市场核心机构", "交易所", "exchange", "core institution"),
        "operating_institution": ("经营机构", "其他经营机构", "同业", "operating institution"),
        "bank": ("银行", "存管银行", "bank"),
        "power_telecom": ("电力通信", "电力", "通信", "电信", "运营商", "power", "telecom"),
        "vendor": ("供应商", "软硬件厂商", "厂商", "vendor"),
        "service_provider": ("服务商", "技术服务", "service provider"),
        "property": ("物业", "property"),
    },
)
LANGUAGES = Vocabulary(
    {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")},
    {"zh": ("汉语", "普通话", "简体中文", "zh-cn", "cn"), "en": ("英语", "en-us", "en-gb")},
)
ANSWER = Vocabulary(ANSWERS, {"yes": ("y", "√", "✓", "true", "有", "1"), "no": ("n", "×", "false")})
BODIES = Vocabulary(
    {
        "command_body": Words("应急指挥决策机构", "command body"),
        "execution_body": Words("执行机构", "executing body"),
    },
    {
        "command_body": ("应急领导小组", "领导小组", "指挥机构", "决策机构"),
        "execution_body": ("应急工作小组", "工作小组", "应急执行机构"),
    },
)
PARTS = Vocabulary(
    {
        "head": Words("组长", "head"),
        "member": Words("成员", "member"),
        "succession": Words("递补顺序", "succession"),
        "wait": Words("递补等待", "hand down after"),
        "principal": Words("由主要领导负责", "led by the principal leader"),
        **BODY_DUTIES,
    },
    {
        "head": ("总指挥", "负责人"),
        "member": ("组员", "副组长"),
        "succession": ("决策递补", "递补"),
    },
)
ZONES = Vocabulary(
    {
        "Asia/Shanghai": Words("北京时间", "China Standard Time"),
        "Asia/Hong_Kong": Words("香港时间", "Hong Kong Time"),
    },
    {
        "Asia/Shanghai": ("北京", "上海", "中国", "中国标准时间", "utc+8", "gmt+8", "东八区"),
        "Asia/Hong_Kong": ("香港", "hong kong", "hkt"),
    },
)
VOCABULARIES = {
    "department": DEPARTMENTS,
    "unit_kind": UNIT_KINDS,
    "language": LANGUAGES,
    "flag": ANSWER,
    "body": BODIES,
    "part": PARTS,
}
"""By what a column holds."""
