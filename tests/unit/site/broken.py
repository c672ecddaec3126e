"""The small site broken in one place, so that it does not load."""
# ruff: noqa: E501  a table reads best a row a line

from dataclasses import dataclass

PEOPLE = "contacts/people.yaml"
ROTATIONS = "contacts/rotations.yaml"
COMMAND = "contacts/command.yaml"
REACH = "contacts/reach.yaml"
UNITS = "contacts/units.yaml"
FIRE = "playbooks/fire.yaml"
PLAN = "playbooks/plan.yaml"
SETTINGS = "responder.toml"
CALENDAR = "playbooks/calendars/XTST.yaml"
PACK = "playbooks/regimes/tst.yaml"


@dataclass(frozen=True)
class Broken:
    """One change that keeps the site from loading, and what is said of it."""

    name: str
    file: str
    old: str
    new: str
    at: str
    zh: str
    en: str


BROKEN = [
    Broken("tab", PEOPLE, "people:\n", "people:\n\t- id: x\n", "\t-", "YAML 语法错误", "Not YAML"),
    Broken("unclosed", FIRE, "systems: [core]", "systems: [core", "level", "YAML 语法错误", "Not YAML"),
    Broken("unknown-key", FIRE, "owner: role", "onwer: role", "onwer", "不认识的键“onwer”。 您是否指：owner",
           "Unknown key “onwer”. Did you mean owner?"),
    Broken("far-off-key", FIRE, "owner: role", "zzz: role", "zzz", "可用的键：id、title、fault", "The keys here are id, title"),
    Broken("unknown-root", PEOPLE, "people:\n", "peeple: []\npeople:\n", "peeple", "您是否指：people", "mean people"),
    Broken("unknown-setting", SETTINGS, "quiet_hours", "quite_hours", "quite_hours", "您是否指：quiet_hours",
           "Did you mean quiet_hours"),
    Broken("unknown-grant", "contacts/roles.yaml", "administrator", "administrater", "administrater",
           "您是否指：administrator", "Did you mean administrator"),
    Broken("unknown-section", PLAN, "  j:", "  k:", "  k:", "不认识的键“k”", "Unknown key “k”"),
    Broken("unknown-language", FIRE, "en: Fire", "fr: Feu", "fr: Feu", "不认识的键“fr”", "Unknown key “fr”"),
    Broken("twice", FIRE, "level: 2\n", "level: 2\nlevel: 3\n", "level: 3", "键“level”重复，第4行已有", "already on line 4"),
    Broken("not-a-number", FIRE, "need: 1", "need: two", "two", "请写整数", "Write a whole number"),
    Broken("half-a-number", FIRE, "need: 1", "need: 1_", "1_", "请写整数", "Write a whole number"),
    Broken("quoted-number", FIRE, "need: 1", 'need: "1"', 'need: "1"', "请写整数", "Write a whole number"),
    Broken("not-a-list", FIRE, "systems: [core]", "systems: core", "systems", "请写列表", "Write a list"),
    Broken("not-a-mapping", COMMAND, "still_there: {after: 30m, grace: 5m}", "still_there: long", "still_there",
           "请写键和值", "Write keys and values"),
    Broken("not-a-text", FIRE, "wording: fire", "wording: [fire]", "wording", "请写一段文字", "Write a text"),
    Broken("not-a-flag", FIRE, "safety: true", "safety: maybe", "maybe", "请写true 或 false", "Write true or false"),
    Broken("no-duration", FIRE, "wait: 3m", "wait: 3 minutes", "3 minutes", "请写时长", "Write a duration"),
    Broken("endless-duration", FIRE, "wait: 3m", "wait: 99999999d", "99999999d", "请写时长", "Write a duration"),
    Broken("no-date", UNITS, "verified_on: 2026-10-01}\n  - {id: u-bank", "verified_on: 2026-13-01}\n  - {id: u-bank",
           "2026-13-01", "请写日期", "Write a date"),
    Broken("no-moment", ROTATIONS, "from: 2026-11-01", "from: tomorrow", "tomorrow", "请写日期或时间", "Write a date or time"),
    Broken("no-hour", ROTATIONS, '"2026-11-02T08:30"', '"2026-11-02T25:30"', "T25:30", "请写日期或时间", "Write a date or"),
    Broken("far-future", ROTATIONS, "to: 2026-11-03", "to: 9999-12-31", "9999-12-31", "请写日期或时间", "Write a date or"),
    Broken("no-quiet-hours", SETTINGS, '"22:00-07:30"', '"at night"', "quiet_hours", "看不懂夜间时段", "no hours of the night"),
    Broken("odd-quiet-hours", SETTINGS, '"22:00-07:30"', '"22:00-27:30"', "quiet_hours", "请写时刻", "Write a time of day"),
    Broken("level-nine", FIRE, "{1: urgent,", "{9: urgent,", "{9:", "没有“9”这个响应级别", "There is no level “9”"),
    Broken("no-person-id", PEOPLE, "id: hand.4, ", "", "人13", "缺少编号 id", "The id is missing"),
    Broken("no-playbook-id", FIRE, "id: fire\n", "", "title", "缺少编号 id", "The id is missing"),
    Broken("empty-id", PEOPLE, "id: hand.4,", 'id: "",', '""', "缺少编号 id", "The id is missing"),
    Broken("same-person", PEOPLE, "id: hand.4,", "id: boss,", "人13", "编号“boss”重复，2 行已有", "“boss” is already taken, line 2"),
    Broken("same-task", FIRE, "id: cut", "id: look", "title: 断电", "编号“look”重复", "“look” is already taken"),
    Broken("same-decision", FIRE, "- level-two", "- notify", "id: notify", "编号“notify”重复", "“notify” is already taken"),
    Broken("crowded-succession", FIRE, "page: [succession]", "page: [succession, hand.9]", "page: [succession",
           "succession 与其他对象同在一步。 请让 succession 独占一步", "shares a step with others. Give the succession a step"),
    Broken("doubled-succession", FIRE, "page: [succession]", "page: [succession, succession]", "page: [succession",
           "独占一步", "a step of its own"),
    Broken("tagged", FIRE, "need: 1", "need: !!python/object:os.system 1", "!!python", "不支持标签", "Tags are not used"),
    Broken("two-documents", FIRE, "level: 2", "level: 2\n---\nid: b", "---", "多份文档", "second document"),
    Broken("dangling-alias", FIRE, "need: 1", "need: *one", "*one", "别名 *one 没有", "alias *one repeats nothing"),
    Broken("self-alias", FIRE, "systems: [core]", "systems: &s [*s]", "*s", "别名 *s", "alias *s"),
    Broken("odd-key", FIRE, "need: 1", "[a]: 1", "[a]", "键应为一个词", "A key is a single word"),
    Broken("control-character", FIRE, "need: 1", "need: \x07", "need", "控制字符", "control character"),
    Broken("nul", FIRE, "owner: role:it_lead", 'owner: "a\\0b"', "owner", "无法保存的字符", "cannot be kept"),
    Broken("half-a-character", FIRE, "owner: role:it_lead", 'owner: "\\ud800"', "owner", "无法保存的字符", "cannot be kept"),
    Broken("not-toml", SETTINGS, "[firm]", "[firm", "[firm", "TOML 语法错误", "Not TOML"),
    Broken("left-open", PLAN, "  j:", "  j: [", "  j:", "YAML 语法错误", "Not YAML"),
    Broken("toml-type", SETTINGS, "languages = [", "languages = [[1], ", "languages", "请写一段文字", "Write a text"),
    Broken("unknown-alert-key", "contacts/alerts.yaml", "level: 2", "lvl: 2", "lvl", "不认识的键“lvl”", "Unknown key “lvl”"),
    Broken("odd-alert-flag", "contacts/alerts.yaml", "important: true", "important: very", "very", "请写true 或 false",
           "Write true or false"),
    Broken("unknown-channel-key", SETTINGS, "carries = ", "carrys = ", "carrys", "您是否指：carries", "Did you mean carries"),
    Broken("wording", "templates/wording/fire.yaml", "id: fire", "id: ]", "id", "YAML 语法错误", "Not YAML"),
    Broken("pack-unit", PACK, "5 working days", "5 wroking days", "wroking", "看不懂时限“5 wroking days”。 您是否指：working days", "is no limit of time. Did you mean working days"),
    Broken("pack-span", PACK, "1 hour}", "soon}", "soon", "请写 at once 或数字加单位", "Write at once, or a number and a unit"),
    Broken("pack-huge-span", PACK, "5 working days", "50000 working days", "50000", "看不懂时限", "is no limit of time"),
    Broken("pack-roll", PACK, "roll: next_working_day", "roll: next_workday", "next_workday", "您是否指：next_working_day", "Did you mean next_working_day"),
    Broken("pack-key", PACK, "ends_with", "end_with", "end_with", "您是否指：ends_with", "Did you mean ends_with"),
    Broken("pack-confidence", PACK, "confidence: A", "confidence: sure", "sure", "没有“sure”这个可信度", "no confidence “sure”"),
    Broken("pack-twice", PACK, "id: rest", "id: first", "id: first, limits", "编号“first”重复", "already taken"),
    Broken("pack-grading", PACK, "{any: [downtime > 3, customers > 9]}", "[loss]", "some: [loss", "请写键和值", "Write keys and values"),
    Broken("calendar-key", CALENDAR, "no_night:", "nonight:", "nonight:", "您是否指：no_night", "Did you mean no_night"),
    Broken("calendar-time", CALENDAR, '"02:30"', '"25:30"', "25:30", "请写时刻", "Write a time of day"),
    Broken("calendar-begun-never", CALENDAR, 'begins: "13:00", ', "", "id: afternoon", "时段缺少 begins", "lacks “begins”"),
    Broken("calendar-no-end", CALENDAR, "until: 2027-12-31\n", "", "name", "缺少 until", "“until” is missing"),
    Broken("calendar-backwards", CALENDAR, "until: 2027-12-31", "until: 2025-12-31", "until", "早于 since", "ends 2025-12-31, before"),
    Broken("calendar-overlap", CALENDAR, 'ends: "13:00", counts', 'ends: "13:01", counts', "id: afternoon",
           "时段“lunch”与“afternoon”重叠", "“lunch” and “afternoon” overlap"),
    Broken("calendar-night-overlap", CALENDAR, 'begins: "13:00", ends: "15:00"', 'begins: "13:00", ends: "21:01"', "id: afternoon",
           "时段“night”与“afternoon”重叠", "“night” and “afternoon” overlap"),
    Broken("calendar-night-into-day", CALENDAR, '"02:30"', '"09:31"', "id: morning", "时段“night”与“morning”重叠", "overlap"),
    Broken("calendar-empty-session", CALENDAR, 'ends: "15:00"', 'ends: "13:00"', "id: afternoon", "没有长度", "has no length"),
    Broken("calendar-day-past-midnight", CALENDAR, 'ends: "15:00"', 'ends: "01:00"', "id: afternoon", "跨过午夜", "passes midnight"),
    Broken("calendar-night-by-day", CALENDAR, 'begins: "21:00"', 'begins: "09:00"', "id: night", "须始于前一日午后", "after noon"),
    Broken("calendar-weekend", CALENDAR, "source:", "weekend: [sat, son]\nsource:", "son", "可用：mon", "no day of the week"),
    Broken("calendar-off-when", CALENDAR, "{on: 2027-01-01,", "{from: 2027-01-01,", "元旦", "须写 on", "Say “on”"),
    Broken("calendar-off-backwards", CALENDAR, "to: 2026-10-07", "to: 2026-09-07", "2026-09-07", "不是一段假期", "is no holiday"),
    Broken("calendar-off-for-years", CALENDAR, "to: 2026-10-07", "to: 2062-10-07", "2062-10-07", "不是一段假期", "is no holiday"),
    Broken("calendar-off-unknown", CALENDAR, "{on: 2027-01-01", "{on: 2028-01-01", "{from: 2026-10-01", "不在 2026-01-01", "outside 2026-01-01"),
    Broken("calendar-both", CALENDAR, "[2026-10-10]", "[2026-10-07]", "working", "既休息又上班", "both off and worked"),
    Broken("calendar-early-on-holiday", CALENDAR, "{on: 2026-12-31, ends", "{on: 2026-10-05, ends", "2026-10-05", "不是交易日", "no trading day"),
    Broken("calendar-night-on-holiday", CALENDAR, "no_night: [2026-10-08]", "no_night: [2026-10-07]", "no_night", "不是交易日", "no trading day"),
]  # fmt: skip
