"""Every key of the settings: what it is for, and what counts where nobody sets it.

A key may stand in `responder.toml` (`slack.api_url` as `[slack] api_url`) and is overridden by its
variable (`RESPONDER_SLACK__API_URL`). `docs/reference/settings.md` is written from this table.
"""

# ruff: noqa: E501 - a line a key, to be read as a table

import re
from dataclasses import dataclass

PREFIX = "RESPONDER_"
GATEWAY = f"{PREFIX}GATEWAY__"
"""How the secrets of gateways begin; their names are the site's."""
NAME = "NAME"
"""Stands in a key for a name of the site's own."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `default` counts where nobody sets it; `otherwise` says what does, in words.

    Keys `of_site` describe the firm: the site's loader reads them, and they are part of the
    version of the site in force.
    """

    name: str
    zh: str
    en: str
    default: str = ""
    otherwise: str = ""
    is_secret: bool = False
    of_site: bool = False

    @property
    def variable(self) -> str:
        """The environment's name for it."""
        return variable(self.name)

    def is_set_by(self, name: str) -> bool:
        """Whether a variable of that name sets it."""
        pattern = re.escape(self.variable).replace(NAME, "[A-Z0-9_]*[A-Z0-9]")
        plain = NAME not in self.name.split(".")
        return name == self.variable if plain else re.fullmatch(pattern, name) is not None


def variable(key: str) -> str:
    """The environment's name for a key: `slack.api_url` is `RESPONDER_SLACK__API_URL`."""
    return PREFIX + key.upper().replace(".", "__").replace("-", "_")


def _secret(name: str, zh: str, en: str, otherwise: str = "") -> Key:
    return Key(name, zh, en, otherwise=otherwise, is_secret=True)


def _of_site(name: str, zh: str, en: str, default: str = "", otherwise: str = "") -> Key:
    return Key(name, zh, en, default, otherwise, of_site=True)


_RATE_ZH, _RATE_EN = "每秒最多发几条", "How many messages a second it takes"

# fmt: off
TABLE: tuple[Key, ...] = (
    # The firm
    _of_site("firm.name", "机构名称：一个文本，或 `{zh: …, en: …}`", "The firm's name: one text, or `{zh: …, en: …}`"),
    _of_site("firm.name.zh", "机构名称，中文", "The firm's name in Chinese"),
    _of_site("firm.name.en", "机构名称，英文", "The firm's name in English"),
    _of_site("firm.institution", "机构类别：`operating` 经营机构，`core` 核心机构", "What the firm is: `operating` or `core`", "operating"),
    _of_site("firm.bureau", "住所地证监局在 `contacts/units.yaml` 中的编号", "The CSRC bureau of the domicile, an id in `contacts/units.yaml`"),
    _of_site("firm.kinds", "机构的其他类别，报告规则据以区分：如 `[cii, trading_venue]`", "Further kinds of institution that rule packs tell apart, such as `[cii, trading_venue]`", otherwise="none"),
    _of_site("regimes", "适用的报告规则：`[cn-securities, …]`", "The rule packs that apply: `[cn-securities, …]`", otherwise="none: no reports are asked for"),
    _of_site("time_zone", "时间按此时区显示与解释", "The zone in which times are shown and read", "Asia/Shanghai"),
    _of_site("languages", "对外文本的语言，第一个为主", "Languages of notices and papers, the main one first", "[zh, en]"),
    _of_site("quiet_hours", "夜间时段，按各人所在时区", "The hours of the night, in each person's own zone", "22:00-07:30"),
    _of_site("outlets", "公告发布渠道，按先后：`[{id: …, name: …}]`", "Where public notices appear, in order: `[{id: …, name: …}]`", otherwise="none"),
    _of_site("notices.self", "公告中如何自称：一个文本，或 `{zh: …, en: …}`", "How notices call the firm: one text, or `{zh: …, en: …}`", otherwise="我司, we"),
    _of_site("notices.hotline", "公告中的咨询电话", "The hotline named in notices"),
    _of_site("notices.official_channels", "公告所称的官方渠道", "What notices call the official channels"),
    _of_site("notices.spokesperson", "唯一的新闻发言人：人员编号或 `role:岗位`", "Who alone speaks to the media: a person's id or `role:R`"),
    _of_site("notices.first_within", "首次公告时限：一个时长，或按级别 `{1: 10m, 2: 15m}`", "The limit of the first notice: a duration, or by level `{1: 10m, 2: 15m}`", otherwise="15m at levels 1 and 2"),
    _of_site("notices.update_every", "没有另行约定时，下次公告在多久之内", "How soon the next notice is promised where nobody says", "30m"),
    _of_site("retention.years", "记录保存年限，不少于 2 年（低于 2 按 2 执行）", "For how many years records are kept; less than 2 counts as 2", "2"),
    _of_site("channels.NAME.abroad", "该通道的数据是否出境：`true` 或 `false`", "Whether a channel's data leaves the mainland: `true` or `false`", otherwise="`true` for slack, telegram and twilio, else `false`"),
    _of_site("channels.NAME.carries", "该通道的消息带多少内容：`minimal` 或 `full`", "How much its messages carry: `minimal` or `full`", otherwise="`minimal` for slack, telegram and twilio, else `full`"),
    # This installation
    Key("var", "数据库、文件与密钥所在的文件夹", "The folder of database, files and key", otherwise="`var/` of the site; `./responder-var` for the sample in place"),
    _secret("database_url", "数据库地址", "The database", "SQLite, `responder.db` in `var`"),
    Key("files_dir", "证据文件所在的文件夹，多副本共用", "The folder of evidence, shared between replicas", otherwise="`files/` in `var`"),
    Key("site_key_file", "签名密钥的文件；使用 PostgreSQL 时必填", "The file of the signing key; on PostgreSQL it must be named", otherwise="`site.key` in `var`"),
    Key("checkpoint_to", "台账检查点另存到何处", "Where signed checkpoints of the ledger are kept as well", otherwise="nowhere else"),
    Key("listen", "本机监听的 主机:端口", "Where to listen, HOST:PORT", "127.0.0.1:8080"),
    Key("public_url", "外部访问本服务的地址", "The address at which people and platforms reach this service", otherwise="none: no one-time pages, no Twilio"),
    Key("mode", "新数据库的首个运行方式", "A new database's first mode", "live"),
    # Doors
    _secret("slack.bot_token", "Slack 机器人令牌（`xoxb-`）", "Slack: the bot's token (`xoxb-`)"),
    _secret("slack.app_token", "Slack 应用令牌（`xapp-`），用于 Socket Mode", "Slack: the app's token (`xapp-`), for Socket Mode"),
    _secret("slack.signing_secret", "Slack 签名密钥，用于 HTTP 方式", "Slack: the signing secret, for HTTP"),
    Key("slack.api_url", "Slack 接口地址", "Slack: the address of its API", otherwise="`https://slack.com/api/`"),
    Key("slack.rate", _RATE_ZH, _RATE_EN, otherwise="4"),
    _secret("telegram.token", "Telegram 机器人令牌", "Telegram: the bot's token"),
    Key("telegram.api_url", "Telegram 接口地址", "Telegram: the address of its API", otherwise="`https://api.telegram.org`"),
    _secret("telegram.webhook_secret", "Telegram 回调密钥；不填则长轮询", "Telegram: the secret of its calls to us", "none: we poll"),
    Key("telegram.group", "开话题的群编号", "Telegram: the id of the group in which incidents get topics", otherwise="none: no topics"),
    Key("telegram.rate", _RATE_ZH, _RATE_EN, otherwise="30"),
    Key("twilio.account_sid", "Twilio 账户编号（`AC…`）", "Twilio: the account (`AC…`)"),
    _secret("twilio.auth_token", "Twilio 账户令牌", "Twilio: the account's token"),
    Key("twilio.from_number", "外呼号码，E.164 格式", "Twilio: the number that calls, in E.164"),
    Key("twilio.voice_zh", "中文语音与语言", "Twilio: the Chinese voice and its language", "Polly.Zhiyu cmn-CN"),
    Key("twilio.voice_en", "英文语音与语言", "Twilio: the English voice and its language", "Polly.Joanna en-US"),
    Key("twilio.api_url", "Twilio 接口地址", "Twilio: the address of its API", otherwise="Twilio's own"),
    Key("twilio.rate", _RATE_ZH, _RATE_EN, otherwise="1"),
    _secret("smtp.url", "邮件服务器：`smtps://用户:口令@主机:465`", "E-mail: the server, `smtps://user:password@host:465`"),
    Key("smtp.sender", "发件人：名称 <地址>", "E-mail: the sender, `name <address>`", otherwise="the user of `smtp.url`"),
    Key("smtp.rate", _RATE_ZH, _RATE_EN, otherwise="5"),
    _secret("alerts.token", "监控告警接口的令牌", "The token of the door of monitoring", "none: the door is shut"),
    Key("publishing.folder", "公告文件发布到哪个文件夹", "The folder that notices are published to as files", otherwise="`published/` in `var`"),
    Key("publishing.allowed_hosts", "公告可以推送到哪些主机，用逗号分隔", "The hosts that notices may be pushed to, with commas between them", otherwise="none"),
    _secret("publishing.webhook_secret", "公告推送的签名密钥", "The key that notices pushed to web hooks are signed with", "none: nothing is pushed"),
    Key("evidence.largest_mb", "单个存证文件的上限（MB，百万字节）", "The largest file taken as evidence, in millions of bytes", "2048"),
    Key("evidence.tsa_url", "时间戳服务地址", "The time-stamping service", otherwise="none"),
)
# fmt: on
BY_NAME = {key.name: key for key in TABLE}
OF_THE_SITE = frozenset(key.name.partition(".")[0] for key in TABLE if key.of_site)
"""The keys at the top of `responder.toml` that the site's loader reads."""
SECTIONS = frozenset(
    key.name.partition(".")[0] for key in TABLE if "." in key.name and not key.of_site
)
RATES = {
    "slack": "slack.rate",
    "telegram": "telegram.rate",
    "twilio": "twilio.rate",
    "email": "smtp.rate",
}
"""The key of each channel whose messages a second the site may set."""
ALONE = {"site": "the site's folder", "as": "who acts"}
"""Variables without a key."""
