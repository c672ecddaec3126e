"""Whatever is done to a bundle, the verifier names it; and it verifies what is whole."""

import ast
import base64
import json
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.errors import BadInput, VaultUnusable
from responder.evidence import verify
from responder.evidence.chain import HeadRow
from responder.evidence.verify import Broken, judged
from responder.store.bag import drafted
from tests.unit.evidence.bundles import KEY, PUBLIC, STAMP, Shelf, ledger, sample, written

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
LEDGER = "data/ledger.jsonl"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("whole") / "bag")


@pytest.fixture
def bag(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "bag"))


def fault(path: Path, key: str = "") -> Broken:
    with pytest.raises(Broken) as found:
        judged(path, key)
    assert found.value.zh
    return found.value


def names(bag: Path) -> list[str]:
    return sorted(p.relative_to(bag).as_posix() for p in bag.rglob("*") if p.is_file())


def resigned(bag: Path) -> None:
    """An insider with a key of the site signs anew what lies there."""
    made = sample()
    texts = {name: (bag / name).read_bytes() for name in made.texts if (bag / name).exists()}
    digests = {n: sha256((bag / n).read_bytes()).hexdigest() for n in names(bag)}
    for name in (verify.ENVELOPE, verify.TAG_MANIFEST, "manifest-sha256.txt"):
        digests.pop(name, None)
    texts["manifest-sha256.txt"] = verify.listing(digests, tags=False)
    digests["manifest-sha256.txt"] = sha256(texts["manifest-sha256.txt"]).hexdigest()
    old = json.loads(made.texts[verify.ENVELOPE])
    said = json.loads(base64.b64decode(old["payload"]))
    said["subject"] = [{"name": n, "digest": {"sha256": digests[n]}} for n in sorted(digests)]
    body = verify.canonical(said)
    sealed = verify.sealed(body, KEY.sign(verify.pae(body)), PUBLIC.hex())
    texts[verify.ENVELOPE] = verify.canonical(sealed) + b"\n"
    digests[verify.ENVELOPE] = sha256(texts[verify.ENVELOPE]).hexdigest()
    texts[verify.TAG_MANIFEST] = verify.listing(digests, tags=True)
    for name, text in texts.items():
        (bag / name).write_bytes(text)


def rewrite(bag: Path, change) -> None:
    lines = (bag / LEDGER).read_bytes().splitlines(keepends=True)
    (bag / LEDGER).write_bytes(b"".join(change(lines)))


def test_a_whole_bundle_is_intact(whole):
    found = judged(whole)
    assert found[:5] == ("INC-1", 11, 1, 17, 2)
    assert judged(whole, PUBLIC.hex().upper()) == found
    assert all("INC-1" in line and PUBLIC.hex() in line for line in found.said())


def test_the_slice_holds_what_it_needs_and_nobody_elses(whole):
    """Other incidents' entries stay at home; one file stands for the same content twice."""
    text = (whole / LEDGER).read_text(encoding="utf-8")
    assert not any(words in text for words in ("行情", "别的事件"))
    assert len(list((whole / "data/files").iterdir())) == 2
    told = json.loads((whole / "data/evidence.json").read_bytes())["evidence"]
    assert [one["file"] for one in told] == [
        "data/files/1-文件 1.log",
        "data/files/2-文件 2.log",
        "data/files/2-文件 2.log",
    ]
    assert [one["person"] for one in told[1]["custody"]] == ["zhang", "li"]


def test_the_same_state_gives_the_same_bytes(whole, tmp_path):
    again, archives = written(tmp_path / "again"), [tmp_path / "a.zip", tmp_path / "b.zip"]
    assert names(again) == names(whole)
    assert all((again / n).read_bytes() == (whole / n).read_bytes() for n in names(whole))
    first, second = (written(archive).read_bytes() for archive in archives)
    assert first == second
    assert judged(archives[0])[:5] == judged(whole)[:5]


@SHARED
@given(data=st.data())
def test_a_flipped_byte_anywhere_is_named(whole, bag, data):
    name = data.draw(st.sampled_from(names(whole)))
    content = bytearray((whole / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    (bag / name).write_bytes(content)
    said = str(fault(bag))
    (bag / name).write_bytes((whole / name).read_bytes())
    if name == LEDGER:
        line = content[:place].count(b"\n")
        seq = json.loads((whole / LEDGER).read_bytes().splitlines()[line])["seq"]
        named = (f"line {line + 1} of {LEDGER}:", f"entry {seq}:", "entry ")
        assert said.startswith(named[:2] if b'"seq"' not in content[place - 8 : place] else named)
    else:
        assert said.startswith(f"file {name}:"), (name, place, said)


def test_every_file_removed_renamed_or_cut_is_named(whole, bag):
    for name in names(whole):
        content = (bag / name).read_bytes()
        (bag / name).unlink()
        assert str(fault(bag)).startswith(f"file {name}:"), name
        (bag / f"{name}.old").write_bytes(content)
        assert name in str(fault(bag)), name
        (bag / f"{name}.old").unlink()
        (bag / name).write_bytes(content[:-1])
        assert name in str(fault(bag)) or name == LEDGER, name
        (bag / name).write_bytes(content)
    judged(bag)


@pytest.mark.parametrize("name", ["extra.txt", "data/files/9-planted.log", ".DS_Store"])
def test_a_file_added_is_named(bag, name):
    (bag / name).write_text("planted")
    assert str(fault(bag)).startswith(f"file {name}:")


def test_entries_swapped_cut_or_doubled_are_named(bag):
    whole = (bag / LEDGER).read_bytes()
    for change, said in (
        (lambda lines: [lines[1], lines[0], *lines[2:]], "entry"),
        (lambda lines: [*lines[:3], *lines[4:]], "entry 6:"),
        (lambda lines: lines[:-2], "entry 12:"),
        (lambda lines: [*lines, lines[-1]], "entry 14:"),
        (lambda lines: [], "entry 1:"),
        (lambda lines: [b"{}\n", *lines], f"line 1 of {LEDGER}:"),
        (lambda lines: [b"[" * 100_000 + b"\n"], f"line 1 of {LEDGER}:"),
    ):
        rewrite(bag, change)
        assert str(fault(bag)).startswith(said), said
        (bag / LEDGER).write_bytes(whole)


def test_signing_anew_does_not_help(bag):
    """Whoever holds the key still cannot change an entry without breaking the chain."""
    whole = (bag / LEDGER).read_bytes()
    for change, said in (
        (lambda lines: [*lines[:3], lines[3].replace(b"zhang", b"zhong"), *lines[4:]], "entry 5:"),
        (lambda lines: [*lines[:4], *lines[5:]], "entry"),
        (lambda lines: [line for line in lines if b"SigningKey" not in line], "entry"),
        (lambda lines: [line for line in lines if b'"PayloadRemoved"' not in line], "entry 7:"),
        (lambda lines: [line.replace(b'"salt":"', b'"salt":"A') for line in lines], "entry 1:"),
    ):
        rewrite(bag, change)
        resigned(bag)
        assert str(fault(bag)).startswith(said), said
        (bag / LEDGER).write_bytes(whole)
    resigned(bag)
    judged(bag)


def test_evidence_is_what_the_record_took_in(bag):
    """A file the record knows must be there, and none it does not know; signed or not."""
    file = bag / "data/files/1-文件 1.log"
    content = file.read_bytes()
    file.unlink()
    resigned(bag)
    assert str(fault(bag)).startswith("entry 4:")
    file.write_bytes(content)
    (bag / "data/files/planted.log").write_text("planted")
    resigned(bag)
    assert str(fault(bag)).startswith("file data/files/planted.log:")


def test_another_key_is_not_the_firms(bag, tmp_path):
    """A bundle signed by a stranger is told from one by the firm's key."""
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    stamp = replace(STAMP, public_key=other.public_key().public_bytes_raw(), sign=other.sign)
    forged = written(tmp_path / "forged", sample(stamp=stamp))
    assert "its key is not on the record" in str(fault(forged))
    assert "signed by" in str(fault(bag, "00" * 32))


def test_a_forged_checkpoint_is_named(tmp_path):
    """A checkpoint counts by its signature, whoever signed the bundle."""
    told = ledger()
    seq = next(row.seq for row in told.entries if row.kind == "CheckpointSigned")
    taken = json.loads(told.payloads[seq].payload)["checkpoint"]
    signature = "00" + taken["signature"][2:]
    told.entries = told.entries[: seq - 1]
    told.payloads = {n: payload for n, payload in told.payloads.items() if n < seq}
    last = told.entries[-1]
    told.heads = [HeadRow(1, last.seq, last.at, last.hash)]
    told.say("CheckpointSigned", "ledger", 5, checkpoint=taken | {"signature": signature})
    told.say("PayloadRemoved", "ledger", 6, seqs=[7], reason="retention")
    bag = written(tmp_path / "bag", sample(told))
    assert str(fault(bag)).startswith(f"entry {seq}: its checkpoint")


def test_links_are_refused(bag, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    (bag / "data/link").symlink_to(secret)
    assert str(fault(bag)) == "file data/link: it is no plain file"


@pytest.mark.parametrize(
    "name",
    [
        "../out",
        "/etc/passwd",
        "INC-1/../../out",
        "INC-1/a\\b",
        "INC-1/./x",
        "INC-1/a\u202eb",
        "x//y",
    ],
)
def test_path_tricks_in_an_archive_are_refused(tmp_path, name):
    archive = written(tmp_path / "b.zip")
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(name, "x")
    assert "its name is not safe" in str(fault(archive))


def test_bombs_and_doubles_are_refused(tmp_path):
    """Nothing is unpacked to find out; a second file of the same name hides nothing."""
    bomb, double = tmp_path / "bomb.zip", written(tmp_path / "double.zip")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("INC-1/signature.dsse.json", b"0" * 100_000_000)
    assert "far too much" in str(fault(bomb))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(double, "a") as opened:
        opened.writestr("INC-1/README.txt", "x")
    assert "doubles a name" in str(fault(double))


@SHARED
@given(data=st.data())
def test_a_damaged_archive_is_named_or_unharmed(whole, tmp_path, data):
    """A byte of the container may not matter; then every file in it is still as it was signed."""
    archive = tmp_path / "b.zip"
    content = bytearray(archive.read_bytes() if archive.exists() else written(archive).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = bytearray(content)
    damaged[place] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "damaged.zip").write_bytes(damaged)
    with suppress(Broken):
        assert judged(tmp_path / "damaged.zip") == judged(whole)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + b"\0" * 18, b"not a bundle"])
def test_what_is_no_bundle_is_refused(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert fault(path).en
    assert "No such file" in str(fault(tmp_path / "nowhere"))


def test_it_stands_alone(bag):
    """A stranger runs it with Python and nothing of ours, from anywhere; both languages."""
    command = [sys.executable, "-I", "-S", str(bag / "verify.py")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert (run.returncode, run.stderr) == (0, "")
    assert [line.split("INC")[0] for line in run.stdout.splitlines()] == ["完好：", "Intact: "]
    (bag / "README.txt").write_text("changed")
    for words in ([], [str(bag)], [str(bag), "--key", PUBLIC.hex()]):
        run = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
        assert (run.returncode, run.stdout) == (1, "")
        zh, en = run.stderr.splitlines()
        assert zh.startswith("文件 README.txt：")
        assert en.startswith("file README.txt: ")
    ast.parse((bag / "verify.py").read_text(encoding="utf-8"), feature_version=(3, 9))


def test_a_bag_is_checked_by_other_tools(whole):
    """RFC 8493: the declaration, the manifests in the form of sha256sum, the payload's octets."""
    assert (whole / "bagit.txt").read_text() == (
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    )
    listed = (whole / "manifest-sha256.txt").read_text() + (
        whole / "tagmanifest-sha256.txt"
    ).read_text()
    said = dict(reversed(line.split("  ", 1)) for line in listed.splitlines())
    assert sorted({*said, "tagmanifest-sha256.txt"}) == names(whole)
    assert all(sha256((whole / n).read_bytes()).hexdigest() == d for n, d in said.items())
    payload = [whole / name for name in said if name.startswith("data/")]
    oxum = f"{sum(p.stat().st_size for p in payload)}.{len(payload)}"
    assert f"Payload-Oxum: {oxum}\n" in (whole / "bag-info.txt").read_text()


def test_nothing_is_written_over(bag, tmp_path):
    with pytest.raises(BadInput, match="something already"):
        written(bag)
    lost = Shelf(dict.fromkeys(sample().files.values(), b"changed"))
    with pytest.raises(VaultUnusable), drafted(sample(), lost, tmp_path / "new"):  # type: ignore[arg-type]
        pass
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*"))
