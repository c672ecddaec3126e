"""The manual, the vCards and the work cards on the command line."""

from tests.fakes.pdf import read

AS = ("--as", "qian.li", "--lang", "zh")
TWILIO = {
    "RESPONDER_TWILIO__ACCOUNT_SID": "AC1",
    "RESPONDER_TWILIO__AUTH_TOKEN": "x",
    "RESPONDER_TWILIO__FROM_NUMBER": "+12025550100",
}


def test_the_manual_is_written_as_paper_and_page(cli, tmp_path):
    """Both in one go; on A6 as well."""
    pdf, html = tmp_path / "m.pdf", tmp_path / "m.html"
    said = cli("contacts", "print", "--out", str(pdf), "--html", str(html), *AS)
    assert said.status == 0, said.err
    assert "应急处置联络手册" in read(pdf.read_bytes()).pages[0]
    assert "断网可用" in said.out
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    told = cli("contacts", "print", "--size", "a6", "--out", str(pdf), "--json", *AS).json
    assert told["pages"] == len(read(pdf.read_bytes()).pages)


def test_vcards_hold_the_numbers_that_call(cli, tmp_path):
    """With a provider there is the card to add to Favourites; without, that is said."""
    out = tmp_path / "c.vcf"
    assert "没有配置外呼号码" in cli("contacts", "vcard", "--out", str(out), *AS).err
    said = cli("contacts", "vcard", "zhang.wei", "--out", str(out), *AS, **TWILIO)
    assert "个人收藏" in said.out
    text = out.read_text(encoding="utf-8")
    assert text.count("BEGIN:VCARD") == 2
    assert "tel:+12025550100" in text
    assert cli("contacts", "vcard", "nobody", "--out", str(out), *AS).status == 1


def test_cards_are_printed_issued_received_and_listed(cli, tmp_path):
    """One file a person; the receipt turns the line of the list; the code needs an address."""
    folder = tmp_path / "cards"
    said = cli("contacts", "cards", "hu.bin", "zhang.wei", "--out", str(folder), *AS)
    assert "没有二维码" in said.err
    assert sorted(p.name for p in folder.iterdir()) == ["hu.bin.pdf", "zhang.wei.pdf"]
    told = cli("contacts", "cards", "issue", "hu.bin", "guo.liang", "--json", *AS).json
    assert told["issued"] == ["hu.bin", "guo.liang"]
    assert cli("contacts", "cards", "received", "--as", "hu.bin").status == 0
    listed = cli("contacts", "cards", "list", "--json").json["cards"]
    states = {one["person"]: one["state"] for one in listed}
    assert (states["hu.bin"], states["guo.liang"], states["chen.guo"]) == (
        "received",
        "awaited",
        "on_paper",
    )
    assert "待签收" in cli("contacts", "cards", "list", "--lang", "zh").out
    public = {"RESPONDER_PUBLIC_URL": "https://er.example.com"}
    said = cli("contacts", "cards", "hu.bin", "--out", str(folder), *AS, **public)
    assert "没有二维码" not in said.err
    assert "扫码看最新版" in read((folder / "hu.bin.pdf").read_bytes()).flat


def test_what_cannot_be_is_refused_with_the_mend(cli, tmp_path):
    """No right, no such person, nowhere to write, a day ahead: each says what to do."""
    out = str(tmp_path / "x.pdf")
    for words in (
        ("contacts", "print", "--out", out, "--as", "hu.bin"),
        ("contacts", "print", "--as", "qian.li"),
        ("contacts", "print", "--out", str(tmp_path / "none" / "x.pdf"), "--as", "qian.li"),
        ("contacts", "cards", "tao.jing", "--out", str(tmp_path), "--as", "qian.li"),
        ("contacts", "cards", "issue", "--lost", "--as", "qian.li"),
        ("contacts", "cards", "issue", "--as", "hu.bin"),
        ("contacts", "placed", "值班室", "--on", "2099-01-01", "--as", "qian.li"),
    ):
        said = cli(*words)
        assert said.status == 1, words
        assert said.err.strip(), words
    assert cli("contacts", "cards", "isue").status == 2
    assert cli("contacts", "placed", "值班室", "--as", "qian.li").status == 0


GATEWAY = """\
gateways:
  - id: mainland
    vias: [sms]
    url: https://sms.example.com/v1/send
    json: {mobile: "{national}", content: "{text}"}
    calls_from: ["+862150007000", "+12025550100"]
"""


def test_a_gateways_numbers_are_on_the_card_too(cli, tmp_path):
    """Every number that people see when we call, each once."""
    site = tmp_path / "site"
    cli("init", str(site))
    cli.site = site
    (site / "contacts" / "gateways.yaml").write_text(GATEWAY, encoding="utf-8")
    out = tmp_path / "c.vcf"
    told = cli("contacts", "vcard", "li.na", "--out", str(out), "--json", *AS, **TWILIO).json
    assert told["callers"] == ["+12025550100", "+862150007000"]
    assert out.read_text(encoding="utf-8").count("tel:+862150007000") == 1
