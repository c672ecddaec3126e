"""Two small rule packs for stories: the fifteen elements of the CSRC form, DORA's three stages."""

from dataclasses import replace

from responder.domain.organisation import Liaison
from responder.domain.people import Way
from responder.domain.regime import Duty, Form, FormField, Limit, Regime, Source, Span, Unit
from responder.domain.register import System
from responder.domain.site import Site
from responder.domain.words import Words
from tests.stage.firm import person, small_firm

ELEMENTS = (
    ("occurred_at", "事件发生时间", "occurred_at", ()),
    ("place", "地点", "place", ()),
    ("summary", "简要经过", "summary", ()),
    ("scope_estimate", "影响范围初步评估", "scope", ()),
    ("severity_estimate", "影响程度初步评估", "severity", ()),
    ("people_estimate", "影响人数初步评估", "customers", ()),
    ("loss_estimate", "经济损失初步评估", "loss", ()),
    ("consequence_estimate", "后果初步判断", "consequence", ()),
    ("cause_estimate", "原因初步判断", "cause", ()),
    ("nature_estimate", "事件性质初步判断", "nature", ()),
    ("measures_and_effect", "已采取的措施及效果", "measures", ()),
    ("help_needed", "需要有关部门和单位协助处置的有关事宜", "help_needed", ()),
    (
        "reporter_signer_time",
        "报告单位、签发人和报告时间",
        "reporting_entity",
        ("signer", "reported_at"),
    ),
    ("contact", "联系人与联系方式", "contact_name", ("contact_phone",)),
    ("other", "与本事件有关的其他内容", "other", ()),
)
"""Field, its printed name, the hub field it is filled from, what else stands in it (Art. 17)."""

EMERGENCY = Form(
    "emergency",
    Words("网络安全事件情况报告书", "Written emergency report"),
    fields=tuple(FormField(id, Words(zh, id), hub, also) for id, zh, hub, also in ELEMENTS),
    source=Source(needs_verification=True),
)
CN = Regime(
    "cn",
    Words("证券期货业网络安全事件报告", "Securities incident reporting"),
    jurisdiction="CN",
    forms={"emergency": EMERGENCY},
    duties=(
        Duty(
            "first",
            Words("应急报告（首报）", "Emergency report"),
            limits=(Limit("aware", Span(1, Unit.HOURS)),),
            steps=("phone", "written"),
            addressee=Words("住所地证监局", "the CSRC bureau"),
            form="emergency",
        ),
        Duty(
            "continuing",
            Words("持续报告", "Continuing report"),
            stage="continuing",
            limits=(Limit("first", Span(30)),),
            every=Span(30),
            ends_with="restored",
            form="emergency",
        ),
        Duty(
            "first-two",
            Words("网信报告", "Report in parts"),
            form="emergency",
            first=("occurred_at", "summary"),
        ),
    ),
)

STAGED = Form(
    "dora",
    Words("重大事件报告", "Major ICT-related incident report"),
    fields=(
        FormField("1.1", Words("提交类型", "Type of submission"), "submission_type"),
        FormField("2.2", Words("发现时间", "Time of detection"), "detected_at"),
        FormField("2.4", Words("事件描述", "Description"), "summary"),
        FormField(
            "2.8",
            Words("源自第三方", "Originates from a third party"),
            "from_third_party",
            needed={"initial": "c", "intermediate": "c", "final": "c"},
            when=Words("源自第三方的", "if it does"),
        ),
        FormField(
            "3.4",
            Words("受影响客户数", "Clients affected"),
            "customers",
            needed={"intermediate": "y", "final": "y"},
        ),
        FormField(
            "3.15",
            Words("持续时间", "Duration"),
            "duration",
            needed={"intermediate": "y", "final": "y"},
        ),
        FormField("4.1", Words("根本原因", "Root cause"), "cause", needed={"final": "y"}),
    ),
)
EU = Regime(
    "eu",
    Words("DORA", "DORA"),
    jurisdiction="EU",
    time_zone="Europe/Paris",
    forms={"dora": STAGED},
    duties=tuple(
        Duty(stage, Words(stage, stage.title()), stage=stage, form="dora")
        for stage in ("initial", "intermediate", "final")
    ),
)
CORE = System("core", Words("集中交易系统", "core trading system"), core=True, customers=120_000)


def reporting_firm() -> Site:
    """The small firm with both packs, liaison officers, an approver and a size."""
    site = small_firm()
    boss = person("boss", "voice", "email", department="general")
    people = site.people | {"liaison": person("liaison", "slack", "email"), "boss": boss}
    people["liaison"] = replace(
        people["liaison"], reach=(*people["liaison"].reach, Way("email", "liaison@example.com"))
    )
    return replace(
        site,
        people=people,
        grants=site.grants | {"approver": ("clerk",), "compliance": ("second",)},
        liaisons=(Liaison("liaison", "+862150001111", "+862150002222"),),
        systems=site.systems | {"core": CORE},
        regimes={"cn": CN, "eu": EU},
    )
