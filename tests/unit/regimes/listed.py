"""What is in the list and how firmly, by what was told."""
# ruff: noqa: E501  a table reads best a row a line

from typing import NamedTuple


class Listed(NamedTuple):
    """Told, and what the list then says: `first=owed`, or `first=` where it is no longer there."""

    pack: str
    told: str
    says: str


AWARE = "aware 2026-11-23 10:00"
SENT = f"{AWARE}; first 2026-11-23 10:20"
ENDED = f"{SENT}; continuing-other 2026-11-23 11:00 states restored"
SUMMED = "stood_down 2026-11-23 12:00; summary 2026-11-23 13:00"
# fmt: off
LISTED = [
    Listed("cn-securities", AWARE, "first=owed continuing-core=depends continuing-other=to_come summary=to_come supplement= classify=to_come"),
    Listed("cn-securities", f"{AWARE}; restored 2026-11-23 10:10; no core_system", "first=owed continuing-other=to_come continuing-core=not_demanded"),
    Listed("cn-securities", f"{AWARE}; is core", "first=owed first-exchange="),
    Listed("cn-securities", f"{SENT}; restored 2026-11-23 10:30; closed 2026-11-23 10:40", "first= continuing-other=owed"),
    Listed("cn-securities", f"{SENT} states resolved", "continuing-other=owed continuing-data="),
    Listed("cn-securities", f"{ENDED}", "continuing-other= continuing-core= continuing-data=to_come classify="),
    Listed("cn-securities", f"{ENDED}; reopened 2026-11-23 14:00; {SUMMED}", "continuing-other=owed summary=owed first="),
    Listed("cn-securities", f"{SUMMED}", "summary= supplement="),
    Listed("cn-securities", f"{SUMMED} preliminary", "summary= supplement=owed"),
    Listed("cn-securities", f"{SUMMED} preliminary; supplement 2026-11-24 10:00 preliminary", "supplement=owed"),
    Listed("cn-securities", f"{SUMMED} preliminary; supplement 2026-11-24 10:00", "supplement="),
    Listed("cn-cac-2025", AWARE, "first=depends first-cii= classify=owed rest= summary=depends"),
    Listed("cn-cac-2025", f"grade ordinary; {AWARE}", "first=not_demanded classify= summary=not_demanded"),
    Listed("cn-cac-2025", f"grade larger; is cii; {AWARE}", "first= first-cii=owed"),
    Listed("cn-order218", "drilled 2026-04-24 17:00", "drill= classify="),
    Listed("eu-dora", AWARE, "initial=depends classify=owed late-initial= reclassification=depends"),
    Listed("eu-dora", f"grade major; {AWARE}", "initial=owed classify= intermediate=to_come reclassification=not_demanded"),
    Listed("eu-dora", f"grade not_major; {AWARE}", "initial=not_demanded reclassification=to_come"),
    Listed("eu-dora", f"grade major; {AWARE}; late initial 2026-11-24 09:00", "initial=owed late-initial=owed"),
    Listed("eu-dora", f"grade major; {AWARE}; late initial 2026-11-24 09:00; late-initial 2026-11-24 09:10", "initial=owed late-initial="),
    Listed("eu-dora", f"grade major; {AWARE}; late initial 2026-11-24 09:00; initial 2026-11-24 09:30", "initial= late-initial="),
    Listed("eu-dora", "grade major; initial 2026-11-23 13:00; intermediate 2026-11-24 10:00; restored 2026-11-25 09:00", "intermediate= intermediate-update=owed"),
    Listed("eu-dora", "grade major; initial 2026-11-23 13:00; restored 2026-11-24 09:00; intermediate 2026-11-25 10:00", "intermediate-update="),
    Listed("eu-nis2", "grade significant; notification 2026-01-31 10:00; resolved 2026-02-28 10:00", "progress= final=owed"),
    Listed("eu-nis2", "grade significant; notification 2026-01-31 10:00; resolved 2026-02-28 10:01", "progress=owed final=owed"),
    Listed("eu-nis2", "grade significant; notification 2026-01-31 10:00; progress 2026-02-28 09:00", "progress= final=to_come"),
    Listed("us-regsci", "occurred 2026-01-31 09:00; determined 2026-01-31 09:30; closed 2026-03-02 09:00", "interim= quarterly=to_come written=owed classify="),
    Listed("us-regsci", "occurred 2026-01-31 09:00; determined 2026-01-31 09:30; yes de_minimis", "interim=not_demanded quarterly=owed written=not_demanded"),
    Listed("us-8k-105", AWARE, "filing=depends classify=to_come amendment="),
]
# fmt: on
