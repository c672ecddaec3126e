"""Rule packs from the command line."""

from responder.site.fields import Fields
from responder.site.packs import shipped_packs, shipped_regime
from responder.site.regimes import read_regime
from responder.site.shapes import Reading
from responder.site.yaml_source import parse_yaml


def test_the_packs_in_use_are_listed(cli):
    """With what awaits a check; those that are not in use are offered by `--all`."""
    found = {one["id"]: one for one in cli("regime", "list", "--json").json["regimes"]}
    assert list(found) == ["cn-securities", "cn-order218", "cn-cac-2025"]
    assert all(one["applies"] and one["in_force"] for one in found.values())
    assert len(found["cn-securities"]["to_verify"]) == 9
    everything = cli("regime", "list", "--all", "--json").json["regimes"]
    assert {one["id"] for one in everything} == shipped_packs()
    assert "2027-03-18 – …" in cli("regime", "list", "--all", "--lang", "en").out


def test_a_pack_says_what_is_due_by_when(cli):
    """In words of the trade, with the source; a name that is none is told with one that is."""
    zh = cli("regime", "show", "cn-securities", "--lang", "zh").out
    assert "报出“应急报告（首报）”后30分钟内" in zh
    assert "此后每30分钟一次，直至报告恢复正常" in zh
    assert "待核对：" in zh
    facts = cli("regime", "show", "eu-dora", "--json").json
    due = {one["id"]: [words["en"] for words in one["due"]] for one in facts["reports"]}
    assert due["initial"] == [
        "within 4 hours of the classification, or noon of the next working day",
        (
            "within 24 hours of becoming aware, or noon of the next working day"
            " (unless the classification comes later)"
        ),
    ]
    assert due["late-initial"] == ["before the limit of “Initial notification”"]
    assert len(facts["forms"][0]["fields"]) == 76
    assert "Did you mean eu-dora" in cli.refused("regime", "show", "eu-dara", "--lang", "en")


def test_a_pack_of_the_release_can_be_copied(cli):
    """The copy says what the release's says, and replaces it whole."""
    text = cli("regime", "show", "cn-cac-2025", "--text").out
    reading = Reading()
    copied = read_regime(Fields(reading, parse_yaml("x.yaml", text)), "cn-cac-2025")
    assert reading.faults == []
    assert copied == shipped_regime("cn-cac-2025")


def test_stand_ins_propose_no_grade(cli):
    """Whatever the facts: a named person says it."""
    incident = cli(
        "declare", "trading-outage", "--title", "交易中断", "--as", "jin.lu", "--json"
    ).json["id"]
    grades = cli("grade", incident, "--json").json["grades"]
    assert [one["regime"] for one in grades] == ["cn-securities", "cn-order218", "cn-cac-2025"]
    assert {one["grade"] for one in grades} == {None}
