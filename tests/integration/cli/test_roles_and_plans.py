"""Roles of an incident, playbooks and codes for oneself, from the command line."""


def test_a_role_is_given_taken_and_listed(cli, outage):
    """Each on the record; the list says who fills what, in words and in JSON."""
    assert cli("ack", outage, "--as", "zhang.wei").status == 0
    said = cli("role", "give", outage, "business_lead", "wu.ting", "--as", "zhang.wei", "--json")
    assert said.json["person"] == "wu.ting"
    assert "verify-business" in said.json["tasks"]
    assert cli("role", "take", outage, "risk_lead", "--as", "zhang.wei").status == 0
    found = {one["role"]: one for one in cli("role", "list", outage, "--json").json["roles"]}
    assert found["business_lead"]["person"] == "wu.ting"
    assert found["business_lead"]["given"]
    assert found["risk_lead"]["person"] == "zhang.wei"
    assert not found["settlement_lead"]["given"]
    shown = cli("role", "list", outage, "--lang", "en").out
    assert "Wu Ting" in shown
    assert "for this incident" in shown
    assert "roles here" in cli("incident", "show", outage, "--lang", "en").out
    assert "wu.tin" in cli.refused(
        "role", "give", outage, "business_lead", "wu.tin", "--as", "zhang.wei"
    )
    kinds = [e["kind"] for e in cli("incident", "timeline", outage, "--json").json["entries"]]
    assert kinds[-2:] == ["RoleGiven", "RoleTaken"]


def test_playbooks_are_listed_and_shown(cli):
    """Without a database too; whole, whatever their length."""
    found = cli("plan", "list", "--json").json
    assert {"id", "title", "fault", "level", "owner"} <= found["playbooks"][0].keys()
    assert found["reviewed_on"]
    assert "core_trading_outage" in cli("plan", "list", "--lang", "en").out
    shown = cli("plan", "show", "trading-outage", "--lang", "zh").out
    for part in ("现象：", "1 【人身安全】", "【危险】", "；回退：", "决策：", "何时算结束："):
        assert part in shown
    assert "…" not in shown
    tasks = cli("plan", "show", "trading-outage", "--json").json["tasks"]
    assert tasks[0]["due"] == 300
    assert "trading-outage" in cli.refused("plan", "show", "trading-outag")


def test_an_incident_shows_the_copy_it_runs_by(cli, outage):
    """With who fills each role and the instants its tasks are due."""
    shown = cli("plan", "show", outage, "--lang", "zh").out
    assert f"{outage}所用的版本" in shown
    assert "分钟内" not in shown
    found = cli("plan", "show", outage, "--json").json
    assert (found["incident"], found["id"]) == (outage, "trading-outage")
    assert found["tasks"][0]["open"]
    assert "INC-2026-0099" in cli.refused("plan", "show", "INC-2026-0099")


def test_a_code_for_oneself_needs_no_name(cli):
    """Whoever acts; somebody else's takes an administrator."""
    assert cli("link", "--as", "tan.yi", "--json").json["id"] == "tan.yi"
    assert cli("link", "tan.yi", "--as", "qian.li", "--json").json["id"] == "tan.yi"
    assert "--as" in cli.refused("link")
    cli.refused("link", "qian.li", "--as", "tan.yi")
