"""A bundle stamped by an authority (RFC 3161): just this signature, and never in the way."""

import shutil
import subprocess
import sys

import pytest
from starlette.responses import RedirectResponse, Response

from tests.fakes.time_stamp_authority import authority

TSR = "signature.dsse.json.tsr"


@pytest.fixture
def tsa(tmp_path, monkeypatch):
    folder = tmp_path / "tsa"
    folder.mkdir()
    with authority(folder).served() as served:
        monkeypatch.setenv("RESPONDER_EVIDENCE__TSA_URL", served.url)
        yield served


def exported(cli, outage, out):
    return cli("evidence", "export", outage, "--out", str(out), "--json")


def test_a_stranger_verifies_the_stamp_with_openssl(cli, outage, tsa, tmp_path):
    """And our verifier the rest: only a hash left the house."""
    for out in (tmp_path / "bag", tmp_path / "bag.zip"):
        assert exported(cli, outage, out).json["time_stamped"] is True
        assert cli("evidence", "verify", str(out)).status == 0
    bag = tmp_path / "bag"
    assert tsa.verifies(bag / "signature.dsse.json", bag / TSR)
    run = subprocess.run([sys.executable, "-I", "verify.py"], cwd=bag, check=False)
    assert run.returncode == 0
    assert outage.encode() not in b"".join(tsa.asked)
    assert len(tsa.asked[0]) < 200


def test_a_stamp_that_is_changed_swapped_or_lost_is_named(cli, outage, tsa, tmp_path):
    bag, other = tmp_path / "bag", tmp_path / "other"
    exported(cli, outage, bag)
    cli.act("jin.lu", "note", outage, "另一条")
    exported(cli, outage, other)
    whole = (bag / TSR).read_bytes()
    changed = bytearray(whole)
    changed[-1] ^= 1
    for content in (bytes(changed), (other / TSR).read_bytes(), b""):
        (bag / TSR).write_bytes(content)
        assert f"file {TSR}" in cli("evidence", "verify", str(bag), "--lang", "en").err
    (bag / TSR).unlink()
    assert cli("evidence", "verify", str(bag)).status == 1


@pytest.mark.parametrize(
    "answer",
    [
        Response(b"not a time stamp"),
        Response(b"", 500),
        RedirectResponse("http://127.0.0.1:9/"),
        Response(b"x" * (1 << 20)),
    ],
    ids=["nonsense", "broken", "sends elsewhere", "endless"],
)
def test_without_a_stamp_the_bundle_is_there_all_the_same(cli, outage, tsa, tmp_path, answer):
    """At 3 am nobody waits for an authority; what is missing is said, with the mend."""
    tsa.answers = answer
    told = cli("evidence", "export", outage, "--out", str(tmp_path / "bag"), "--lang", "en")
    assert told.status == 0
    assert "gave no time stamp" in told.err
    assert not (tmp_path / "bag" / TSR).exists()
    assert cli("evidence", "verify", str(tmp_path / "bag")).status == 0


def test_a_stamp_of_an_earlier_request_is_none(cli, outage, tsa, tmp_path):
    """Its number used once is another."""
    exported(cli, outage, tmp_path / "bag")
    tsa.answers = Response((tmp_path / "bag" / TSR).read_bytes())
    shutil.rmtree(tmp_path / "bag")
    assert exported(cli, outage, tmp_path / "bag").json["time_stamped"] is False
