"""`contacts/gateways.yaml`: telephone providers described as data, and what is wrong with them."""

from collections.abc import Iterator

from responder.domain.words import Words
from responder.ports.phone import EVERYWHERE, Gateway, Terms
from responder.site.fields import Fields


def read_gateways(root: Fields) -> dict[str, Gateway]:
    """The gateways, in the file's order: of two that reach a number alike, the first goes first."""
    gateways = root.by_id("gateways", _gateway)
    root.close()
    return gateways


def _gateway(fields: Fields, id: str) -> Gateway:
    as_json = fields.node("form") is None
    return Gateway(
        id=id,
        vias=fields.texts("vias"),
        terms=Terms(
            regions=fields.texts("regions") or EVERYWHERE,
            spares=fields.texts("not_in"),
            hears_keys=fields.flag("hears_keys"),
            rings_per_hour=fields.whole("rings_per_hour", 0) or None,
            cost=fields.text("cost"),
        ),
        url=fields.text("url"),
        method=fields.text("method", "POST").upper(),
        headers=dict(_texts(fields, "headers")),
        body=dict(_texts(fields, "json" if as_json else "form")),
        as_json=as_json,
        id_at=fields.text("id_at"),
        success_at=fields.text("success_at"),
        success=fields.text("success"),
        per_minute=fields.whole("per_minute", 0),
        calls_from=fields.texts("calls_from"),
    )


def _texts(fields: Fields, key: str) -> Iterator[tuple[str, str]]:
    for name, node in fields.inner(key).all().items():
        text = fields.reading.text(node)
        if text is not None:
            yield name, text


def faults_of(gateway: Gateway) -> Iterator[tuple[str, Words, Words]]:
    """What keeps a gateway from sending: the key, what is wrong with it, and the mend."""
    if not set(gateway.vias) or not set(gateway.vias) <= {"voice", "sms"}:
        yield (
            "vias",
            Words("网关只能承载 voice 与 sms", "A gateway carries voice and sms"),
            Words("请写 vias: [sms] 或 [voice]。", "Write vias: [sms] or [voice]."),
        )
    if not gateway.url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        yield (
            "url",
            Words("网关地址须为 https", "A gateway's address begins with https"),
            Words("请填写 https 地址。", "Write its https address."),
        )
    said = " ".join(gateway.body.values())
    if "{text}" not in said or not ("{to}" in said or "{national}" in said):
        yield (
            "json" if gateway.as_json else "form",
            Words("请求中没有号码或内容", "The request carries no number or no text"),
            Words(
                "请用空位 {to} 或 {national}，以及 {text}。",
                "Use the blanks {to} or {national}, and {text}.",
            ),
        )
    for region in (*gateway.terms.regions, *gateway.terms.spares):
        if not region.startswith("+"):
            yield (
                "regions",
                Words(f"地区“{region}”不是国际号码的开头", f"“{region}” begins no E.164 number"),
                Words("请写如 “+86”。", "Write it as “+86”."),
            )
