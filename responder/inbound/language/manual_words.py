"""Verbs about the contact manual: a change proposed by one, agreed to by another."""

from responder.domain.contact_edit import FIELDS
from responder.domain.words import Words
from responder.inbound.language.verb import Kind, Slot, Verb

WHOM = Slot(
    "whom", Kind.CONTACT, Words("请指明人员或关联单位", "Name a person or a unit"), ("谁", "对象")
)
FIELD = Slot(
    "field",
    Kind.CHOICE,
    Words("请写明改哪一项", "Say what is to be changed"),
    ("项", "栏目"),
    needed=True,
    among=FIELDS,
)
VALUE = Slot("value", Kind.TEXT, Words("请写明新的内容", "Say the new value"), ("改为", "to"), True)

MANUAL = (
    Verb(
        "change",
        "改通讯录",
        Words(
            "提出修改联系方式：自己的，或所辖人员、关联单位的；另一人同意后生效",
            "propose to change a contact: your own, your people's, a unit's; a second one agrees",
        ),
        Words("改号码 13900139000", "change number 13900139000"),
        (WHOM, FIELD, VALUE),
        ("change contact", "修改通讯录", "修改联系方式"),
        presets={
            "改号码": {"field": "phone"},
            "修改号码": {"field": "phone"},
            "换号码": {"field": "phone"},
            "change number": {"field": "phone"},
            "change phone": {"field": "phone"},
            "改邮箱": {"field": "email"},
            "change email": {"field": "email"},
            "改值守电话": {"field": "duty_phone"},
            "改传真": {"field": "fax"},
        },
    ),
)
