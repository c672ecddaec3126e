"""Progress told and warnings reported, from the command line, on the sample site."""


def test_an_audience_is_told_and_its_clock_listed(cli, outage):
    """A text or --no-change, one of the two; the list shows how well it was kept."""
    said = cli("brief", outage, "branches", "电话委托可用", "--as", "zhou.jian", "--json").json
    assert (said["id"], said["number"], said["text"]) == (outage, 1, "电话委托可用")
    assert said["people"] == ["zhou.jian", "wu.ting"]
    again = cli("brief", outage, "branches", "--no-change", "--as", "wu.ting")
    assert again.status == 0, "the backup of the role that keeps it"
    assert "--no-change" in cli.refused("brief", outage, "branches", "--as", "zhou.jian")
    assert "branches" in cli.refused("brief", outage, "branch", "…", "--as", "zhou.jian")
    found = {
        one["audience"]: one for one in cli("brief", "due", outage, "--json").json["briefings"]
    }
    assert list(found["branches"]["receipts"]) == ["zhou.jian", "wu.ting"]
    assert [one["late_s"] for one in found["branches"]["intervals"]] == [0, 0]
    assert found["leaders"]["itself"]
    assert found["exchange"]["number"] == 0
    shown = cli("brief", "due", "--lang", "en").out
    assert "Branches (branches)" in shown
    assert "no change" in shown


def test_a_note_may_be_starred(cli, outage):
    """It is a change from then on."""
    cli("brief", outage, "branches", "处置中", "--as", "zhou.jian")
    cli("note", outage, "备用通道可用", "--star", "--as", "zhang.wei")
    refused = cli.refused(
        "brief", outage, "branches", "--no-change", "--as", "zhou.jian", "--lang", "zh"
    )
    assert "标星的处置记录" in refused


def test_a_warning_is_reported_along_its_path(cli):
    """The path is shown with what came of each line."""
    raised = ("warn", "raise", "slow-matching", "--title", "磁盘将满", "--as", "tan.yi")
    id = cli(*raised, "--json").json["id"]
    units = cli("warn", "report", id, "--as", "zhang.wei", "--json").json["units"]
    assert units == ["csrc-bureau", "sse", "szse", "sac"]
    assert cli("call", "done", id, "1", "reached", "--as", "zhang.wei").status == 0
    found = cli("warn", "show", id, "--json").json
    assert [leg["line"] for leg in found["reported"]] == ["phone", "written"] * 4
    assert found["reported"][0]["told_at"]
    assert found["reporter"] == "zhang.wei"
    shown = cli("warn", "show", id, "--lang", "en").out
    assert "CSRC Shanghai Bureau" in shown
    assert "was reported" in cli.refused("warn", "report", id, "--as", "zhang.wei", "--lang", "en")
