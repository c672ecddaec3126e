"""What the surroundings say in place of `responder.toml`: the same values, the same checks."""

import pytest

from responder.domain.carriage import Carriage
from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad
from responder.settings.keys import TABLE
from responder.site.check import check_folder
from responder.site.loader import load
from responder.site.override import Override
from tests.unit.site.conftest import NOW

FILE = """\
time_zone = "Asia/Hong_Kong"
[firm]
name = "示例"
institution = "core"
[channels.mainland-sms]
abroad = false
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "responder.toml").write_text(FILE, encoding="utf-8")
    return tmp_path


def override(key, text):
    return Override(f"RESPONDER_{key.upper().replace('.', '__')}", tuple(key.split(".")), text)


def site(folder, **said):
    given = [override(key.replace("__", "."), text) for key, text in said.items()]
    return load(folder, given)


def test_every_key_can_be_overridden(folder):
    """Texts, lists, mappings, true and false; what is not named stays as it is in the file."""
    loaded = site(
        folder,
        time_zone="Asia/Tokyo",
        languages="[en, zh]",
        quiet_hours="23:00-06:00",
        firm__name__en="Example",
        firm__bureau="csrc-sh",
        outlets="[{id: website, name: {zh: 官网, en: Website}}, hotline]",
        channels__mainland_sms__carries="minimal",
        channels__slack__abroad="false",
    )
    found = loaded.site
    assert (found.time_zone, found.languages) == ("Asia/Tokyo", ("en", "zh"))
    assert f"{found.quiet_hours.start:%H:%M}" == "23:00"
    assert found.firm.name == Words("示例", "Example")
    assert (found.firm.institution, found.firm.bureau) == ("core", "csrc-sh")
    assert loaded.outlets["website"].name == Words("官网", "Website")
    assert list(loaded.outlets) == ["website", "hotline"]
    assert found.channels["mainland-sms"] == Carriage(False, "minimal")
    assert found.channels["slack"] == Carriage(False, "minimal")


def test_without_a_file_the_surroundings_are_enough(tmp_path):
    loaded = site(tmp_path, firm__name="{zh: 示例, en: Example}", firm__institution="core")
    assert loaded.site.firm.name == Words("示例", "Example")
    assert not loaded.has_settings


@pytest.mark.parametrize(
    ("key", "text", "what"),
    [
        ("languages", "zh,en", "This cannot be “zh,en”"),
        ("languages", "[zh", "Not YAML"),
        ("channels.slack.abroad", "perhaps", "This cannot be “perhaps”"),
        ("quiet_hours", "night", "no hours of the night"),
        ("firm", "us", "This cannot be “us”"),
        ("firm.name", "{zh: a, fr: b}", "Unknown key “fr”"),
    ],
)
def test_a_fault_names_the_variable_and_no_line(folder, key, text, what):
    """The same words as for the file, at the variable."""
    given = override(key, text)
    with pytest.raises(SiteDoesNotLoad) as refused:
        load(folder, [given])
    assert refused.value.said("en").startswith(f"{given.variable}: ")
    (found,) = check_folder(folder, NOW, [given])
    assert found.said("en").startswith(f"{given.variable}: error: site: ")
    assert what in found.said("en")


def test_a_finding_about_what_a_variable_says_names_it(folder):
    """What loads and does not hold up is found where it was said."""
    given = [override("time_zone", "Asia/Tokio"), override("firm.bureau", "nobody")]
    found = {one.file: one.said("en") for one in check_folder(folder, NOW, given)}
    assert "Asia/Tokyo" in found["RESPONDER_TIME_ZONE"]
    assert "RESPONDER_FIRM__BUREAU: " in found["RESPONDER_FIRM__BUREAU"]


def test_the_defaults_of_the_table_are_the_sites(tmp_path):
    """Saying a default aloud changes nothing."""
    keys = [key for key in TABLE if key.of_site and key.default]
    given = [Override(key.variable, tuple(key.name.split(".")), key.default) for key in keys]
    assert given
    assert load(tmp_path, given).site == load(tmp_path).site
