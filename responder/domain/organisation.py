"""Roles, bodies, liaisons, grants and the catalogue of decisions (JR/T 0099 7.1)."""

from dataclasses import dataclass, field
from datetime import timedelta

from responder.domain.words import Words

SUCCESSION = "succession"
DUTY_LEAD = "duty_lead"
IT_LEAD = "it_lead"
EVENT_MANAGER = "event_manager"
KEY_POSTS = {
    "machine_room_admin": Words("机房管理员", "machine-room administrator"),
    "network_admin": Words("网络管理员", "network administrator"),
    "system_admin": Words("系统管理员", "system administrator"),
    "database_admin": Words("数据库管理员", "database administrator"),
    "security_admin": Words("安全管理员", "security administrator"),
}
"""The posts whose holders know the plan well (4.1, 7.1 l)."""
BODY_DUTIES = {
    "prevention": Words("预防预警", "prevention and warning"),
    "handling": Words("应急处置", "handling"),
    "reporting": Words("报告", "reporting"),
    "investigation": Words("调查处理", "investigation"),
}
"""What the bodies between them are there for (7.1, first paragraph)."""
GRANTS = ("administrator", "approver", "coordinator", "compliance", "auditor")


@dataclass(frozen=True, slots=True)
class Role:
    """A post; held by a rotation's person on shift, else by `primary`, else by the backup."""

    id: str
    name: Words = Words()
    rotation: str = ""
    backup_rotation: str = ""
    primary: str = ""
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A standing body of people: the command body under `head`, the executing body under it.

    `duties` says in words what it does in each of `BODY_DUTIES` that it answers for. `principal`
    is true where its head is the firm's principal leader (主要领导), who leads the command body.
    """

    head: str = ""
    members: tuple[str, ...] = ()
    principal: bool = False
    duties: dict[str, Words] = field(default_factory=dict)

    @property
    def everyone(self) -> tuple[str, ...]:
        """The members in the list's order; the head first where the list omits the head."""
        listed = (self.head, *self.members) if self.head not in self.members else self.members
        return tuple(dict.fromkeys(person for person in listed if person))


@dataclass(frozen=True, slots=True)
class Command:
    """The command and decision body, its order of succession and how long each has to answer."""

    body: Body = Body()
    succession: tuple[str, ...] = ()
    hand_down_after: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Liaison:
    """A notification liaison officer with the two means 7.1 p demands."""

    person: str
    duty_phone: str = ""
    fax: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the catalogue: what is asked, who may decide, what follows if nobody does.

    `who` is `("succession",)` or roles (`role:…`), all of whose holders are asked at once.
    """

    id: str
    question: Words = Words()
    who: tuple[str, ...] = (SUCCESSION,)
    need: int = 1
    consult: tuple[str, ...] = ()
    unanswered: Words = Words()

    @property
    def by_succession(self) -> bool:
        """Whether authority over the incident answers it, and not the holders of roles."""
        return self.who == (SUCCESSION,)


@dataclass(frozen=True, slots=True)
class StillThere:
    """How long a commander may be silent, and how long they have to answer when asked."""

    after: timedelta = timedelta(minutes=30)
    grace: timedelta = timedelta(minutes=5)
