"""The evidence of an incident, in words."""

from collections.abc import Iterator, Mapping

from responder.commands.records.evidence import exhibits
from responder.inbound.language.world import World


def evidence_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a file: what it is, and who has custody of it."""
    found = exhibits(world.uow, values["incident"])
    if not found:
        yield world.said("还没有存证。", "There is no evidence yet.")
    for one in found:
        who, at = world.who(one["custodian"]), world.clock(one["added_at"])
        size, digest = f"{one['size']:,}", one["sha256"]
        yield world.said(
            f"{one['id']} {one['name']} · {size}字节 · {at}收存 · {who}保管 · SHA-256 {digest}",
            f"{one['id']} {one['name']} · {size} bytes · taken in {at} · custody: {who}"
            f" · SHA-256 {digest}",
        )
