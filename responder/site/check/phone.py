"""Which numbers which provider calls: gateways that can send, and people nobody could reach."""

from collections.abc import Iterator

from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import THE_FILES, Finding
from responder.site.gateways import faults_of

NUMBERED = ("voice", "sms")
MAINLAND = "+86"


def gateways_can_send(view: View) -> Iterator[Finding]:
    """Each gateway says what it carries, where to, and what its request holds."""
    for id, gateway in view.loaded.gateways.items():
        for key, what, mend in faults_of(gateway):
            said = Words(f"网关{id}：{what.zh}", f"Gateway {id}: {what.en}")
            yield view.error(("gateways", id, key), THE_FILES, said, mend)


def mainland_numbers_need_a_gateway(view: View) -> Iterator[Finding]:
    """Twilio does not call mainland China: said of each person it touches."""
    for person in view.site.people.values():
        beyond = [
            way.via
            for way in person.reach
            if way.via in NUMBERED
            and way.to.startswith(MAINLAND)
            and not _reached(view, way.via, way.to)
        ]
        if beyond and person.id in view.paged:
            who, ways = view.person(person.id), dict.fromkeys(beyond)
            yield view.note(
                ("people", person.id, "reach"),
                "7.1-n",
                Words(
                    f"Twilio 不呼叫中国大陆号码，{who.zh}的{'、'.join(ways)}没有网关承载",
                    f"Twilio does not call mainland China; no gateway carries {', '.join(ways)}"
                    f" to {who.en}",
                ),
                Words(
                    "真实外呼前，请在 contacts/gateways.yaml 中配置境内网关。",
                    "Before calling for real, describe a gateway in contacts/gateways.yaml.",
                ),
            )


def _reached(view: View, via: str, number: str) -> bool:
    gateways = view.loaded.gateways.values()
    return any(via in one.vias and one.terms.reach(number) for one in gateways)
