"""Settings: environment over file, secrets from files, every mistake named with its mend."""

from pathlib import Path

import pytest

from responder import settings
from responder.errors import BadInput, SettingError


def read(folder: Path, here: Path | None = None, is_sample: bool = False, **environ: str):
    return settings.read(folder, is_sample, environ, here or folder)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def no_sample():
    raise BadInput("没有示例", "no sample")


def test_what_nobody_sets(site):
    """A site alone is enough: its var/, SQLite there, loopback only."""
    found = read(site)
    assert found.var == site / "var"
    assert found.database_url == f"sqlite:///{site / 'var' / 'responder.db'}"
    assert (found.host, found.port) == ("127.0.0.1", 8080)
    assert found.site_key_file == site / "var" / "site.key"
    assert not found.key_is_given
    assert found.mode == "live"
    assert found.checkpoint_to is None


def test_the_sample_in_place_is_not_written_to(site, tmp_path):
    """The state of the sample lies in ./responder-var, not in the installation."""
    assert read(site, tmp_path, is_sample=True).var == tmp_path / "responder-var"


def test_environment_wins_over_file_and_paths_are_meant_from_where_they_stand(site, tmp_path):
    """A relative path is the site's in responder.toml, and the current folder's in a variable."""
    (site / "responder.toml").write_text('var = "state"\nlisten = "127.0.0.1:9"\n')
    assert read(site, tmp_path).var == site / "state"
    assert read(site, tmp_path).port == 9
    assert read(site, tmp_path, RESPONDER_VAR="elsewhere").var == tmp_path / "elsewhere"
    assert read(site, RESPONDER_LISTEN="[::1]:0").host == "::1"


def test_nested_keys(site):
    """`__` stands for nesting."""
    (site / "responder.toml").write_text('[slack]\napi_url = "http://inside"\n')
    assert read(site).slack.api_url == "http://inside"
    outside = read(site, RESPONDER_SLACK__API_URL="http://outside")
    assert outside.slack.api_url == "http://outside"


def test_a_secret_may_come_from_a_file(site, tmp_path):
    """…_FILE names the file, and what is in it stays out of every repr."""
    (tmp_path / "token").write_text("xoxb-1\n")
    found = read(site, tmp_path, RESPONDER_SLACK__BOT_TOKEN_FILE="token")
    assert found.slack.bot_token == "xoxb-1"
    assert "xoxb" not in repr(found)


@pytest.mark.parametrize(
    ("toml", "environ", "named", "mend"),
    [
        ("", {"RESPONDER_LISTEN": "8080x"}, "RESPONDER_LISTEN", "For example"),
        ("", {"RESPONDER_LISTEN": "127.0.0.1:99999"}, "RESPONDER_LISTEN", "For example"),
        ("", {"RESPONDER_SMTP__URL_FILE": "none"}, "RESPONDER_SMTP__URL_FILE", "Check the path"),
        ("var = 3", {}, "var", "quotes"),
        ("databse_url = 'x'", {}, "databse_url", "Did you mean database_url?"),
        ("[slack]\nbot_tokn = 'x'", {}, "slack.bot_tokn", "Did you mean slack.bot_token?"),
        ("nonsense = ", {}, "responder.toml", "responder check"),
    ],
)
def test_every_mistake_is_named_with_its_mend(site, toml, environ, named, mend):
    """A setting that cannot be used says which, why, and what to do, in both languages."""
    (site / "responder.toml").write_text(toml)
    with pytest.raises(SettingError) as refused:
        read(site, **environ)
    assert named in refused.value.said("en")
    assert named in refused.value.said("zh")
    assert mend in refused.value.said("en")


def test_an_empty_variable_is_not_set(site):
    """Containers set variables to nothing; nothing is meant by it."""
    assert read(site, RESPONDER_VAR="").var == site / "var"


def test_which_site(tmp_path):
    """The one named, else the one we stand in, else the sample; told when it is the sample."""
    sample, here, other = tmp_path / "sample", tmp_path / "here", tmp_path / "other"
    for folder in (sample, here, other):
        folder.mkdir()
        (folder / "responder.toml").touch()
    nowhere = tmp_path

    def find(given: str = "", place: Path = nowhere, **environ: str):
        return settings.site_folder(given, environ, place, lambda: sample)

    assert find() == (sample, True)
    assert find(place=here) == (here, False)
    assert find(place=sample) == (sample, True)
    assert find("other") == (other, False)
    assert find(RESPONDER_SITE=str(other)) == (other, False)
    assert find(str(here), RESPONDER_SITE=str(other)) == (here, False)


def test_an_installation_without_a_sample_still_serves_a_site(tmp_path):
    """Only who asks for the sample misses it."""
    assert settings.site_folder(str(tmp_path), {}, tmp_path, no_sample) == (tmp_path, False)
    with pytest.raises(BadInput):
        settings.site_folder("", {}, tmp_path, no_sample)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
    ],
)
def test_the_language_of_the_surroundings(environ, language):
    """Chinese unless the locale says otherwise."""
    assert settings.language(environ) == language


def test_a_misspelt_variable_is_found():
    """RESPONDER_… that means nothing is told, with the one that was meant."""
    found = settings.unknown_variables(
        {"RESPONDER_DATABSE_URL": "x", "RESPONDER_AS": "x", "RESPONDER_SMTP__URL_FILE": "x"}
    )
    assert found == {"RESPONDER_DATABSE_URL": "RESPONDER_DATABASE_URL"}


def test_a_site_sets_the_rates_of_its_channels(site):
    """Messages a second, by the name of the channel; what nobody sets is the channel's own."""
    assert read(site).rates == {}
    (site / "responder.toml").write_text('[twilio]\nrate = "10"\n[smtp]\nrate = "0.5"\n')
    assert read(site, RESPONDER_TWILIO__RATE="30").rates == {"twilio": 30.0, "email": 0.5}


@pytest.mark.parametrize("said", ["0", "-1", "fast", "1e9", "nan", "1/s"])
def test_a_rate_is_a_number_of_messages(site, said):
    with pytest.raises(SettingError, match="RESPONDER_SLACK__RATE"):
        read(site, RESPONDER_SLACK__RATE=said)


def test_what_the_environment_says_of_the_site():
    """Variable, path and value, the outer key before the inner; the rest is not the site's."""
    said = settings.said_of_site(
        {
            "RESPONDER_FIRM__NAME__EN": "Example",
            "RESPONDER_FIRM__NAME": "示例",
            "RESPONDER_CHANNELS__MAINLAND_SMS__CARRIES": " full ",
            "RESPONDER_TIME_ZONE": "",
            "RESPONDER_LISTEN": "x",
            "RESPONDER_FIRM__NAM": "x",
        }
    )
    assert list(said) == [
        (
            "RESPONDER_CHANNELS__MAINLAND_SMS__CARRIES",
            ("channels", "mainland_sms", "carries"),
            "full",
        ),
        ("RESPONDER_FIRM__NAME", ("firm", "name"), "示例"),
        ("RESPONDER_FIRM__NAME__EN", ("firm", "name", "en"), "Example"),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("RESPONDER_TIMEZONE", "RESPONDER_TIME_ZONE"),
        ("RESPONDER_FIRM__INSTITUTON", "RESPONDER_FIRM__INSTITUTION"),
        ("RESPONDER_CHANNELS__SLACK__CARRY", "RESPONDER_CHANNELS__NAME__CARRIES"),
        ("RESPONDER_TIME_ZONE_FILE", "RESPONDER_TIME_ZONE"),
    ],
)
def test_a_misspelt_variable_of_the_site_is_found(written, meant):
    assert settings.unknown_variables({written: "x"}) == {written: meant}


def test_variables_of_the_site_are_known():
    """A channel may be called anything."""
    said = ("TIME_ZONE", "FIRM__NAME__ZH", "CHANNELS__SLACK__ABROAD", "CHANNELS__MY_GATE__CARRIES")
    assert settings.unknown_variables({f"RESPONDER_{one}": "x" for one in said}) == {}
