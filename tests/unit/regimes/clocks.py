"""Every clock of every pack with a limit worked out by hand, on days that are hard to count."""
# ruff: noqa: E501  a table reads best a row a line

from typing import NamedTuple


class Row(NamedTuple):
    """What was told (local to the pack), and by when the report is due by it."""

    pack: str
    duty: str
    told: str
    due: str


M = "grade major; "
# fmt: off
ROWS = [
    # China, 2012 text
    Row("cn-securities", "first", "aware 2026-11-23 10:15:30", "2026-11-23 10:15:30"),
    Row("cn-securities", "first-exchange", "aware 2026-11-23 10:15:30", "2026-11-23 10:15:30"),
    Row("cn-securities", "continuing-core", "aware 2026-11-23 10:00; yes core_system; first 2026-11-23 10:20", "2026-11-23 10:50"),
    Row("cn-securities", "continuing-core", "aware 2026-11-23 23:00; yes core_system; first 2026-11-23 23:20; continuing-core 2026-11-23 23:45", "2026-11-24 00:15"),
    Row("cn-securities", "continuing-core", "aware 2026-11-23 10:00; yes core_system; first 2026-11-23 10:20; changed 2026-11-23 10:31", "2026-11-23 10:31"),
    Row("cn-securities", "continuing-other", "aware 2026-11-23 10:00; first 2026-11-23 10:20", "2026-11-23 11:20"),
    Row("cn-securities", "continuing-other", "aware 2026-11-23 10:00; first 2026-11-23 10:20; continuing-other 2026-11-23 11:10; continuing-other 2026-11-23 12:05", "2026-11-23 13:05"),
    Row("cn-securities", "continuing-other", "aware 2026-11-23 10:00; first 2026-11-23 10:20; continuing-other 2026-11-23 11:40", "2026-11-23 12:40"),
    Row("cn-securities", "continuing-other", "aware 2026-11-23 10:00; first 2026-11-23 10:20; continuing-other 2026-11-23 11:10; changed 2026-11-23 11:05; changed 2026-11-23 11:30; changed 2026-11-23 11:50", "2026-11-23 11:30"),
    Row("cn-securities", "continuing-data", "aware 2026-11-23 10:00; yes data_incident; first 2026-11-23 10:20; changed 2026-11-23 10:10; changed 2026-11-24 09:00", "2026-11-24 09:00"),
    # The Wednesday before the National Day week: 8, 9, 10 (a Saturday made up), 12, 13 October
    Row("cn-securities", "summary", "stood_down 2026-09-30 16:00", "2026-10-13 23:59:59"),
    # The Thursday before Spring Festival: 13, 14 (made up), 24, 25, 26 February
    Row("cn-securities", "summary", "stood_down 2026-02-12 20:00", "2026-02-26 23:59:59"),
    # Handling ended on a day off, in the middle of a holiday
    Row("cn-securities", "summary", "stood_down 2026-10-03 03:00", "2026-10-13 23:59:59"),
    Row("cn-securities", "supplement", "stood_down 2026-09-30 16:00; summary 2026-10-13 10:00 preliminary", "2026-11-24 23:59:59"),
    # Order 218
    Row("cn-order218", "warning", "warned 2026-10-02 22:00", "2026-10-02 22:00"),
    Row("cn-order218", "lift", "warned 2026-10-02 22:00; warning 2026-10-02 22:10; lifted 2026-10-03 01:00", "2026-10-03 01:00"),
    Row("cn-order218", "lift", "warned 2026-10-02 22:00; warning 2026-10-02 22:10; lifted 2026-10-02 22:05", "2026-10-02 22:10"),
    # 27–30 April, 6–8, 9 (a Saturday made up), 11–15, 18, 19 May
    Row("cn-order218", "drill", "is core; drilled 2026-04-24 17:00", "2026-05-19 23:59:59"),
    # CAC
    Row("cn-cac-2025", "first-cii", M + "is cii; aware 2026-12-31 23:30", "2027-01-01 00:30"),
    Row("cn-cac-2025", "first-organ", M + "is state_organ; aware 2026-02-28 23:30", "2026-03-01 01:30"),
    Row("cn-cac-2025", "first", M + "aware 2026-11-21 22:00", "2026-11-22 02:00"),
    Row("cn-cac-2025", "rest", M + "is cii; aware 2026-11-21 22:00; first-cii 2026-11-21 22:40 preliminary", "2026-11-21 22:40"),
    Row("cn-cac-2025", "rest", M + "is state_organ; aware 2026-11-21 22:00; first-organ 2026-11-21 23:40 preliminary", "2026-11-21 23:40"),
    Row("cn-cac-2025", "rest", M + "aware 2026-11-21 22:00; first 2026-11-22 01:40 preliminary", "2026-11-22 01:40"),
    Row("cn-cac-2025", "summary", "grade larger; stood_down 2026-01-31 15:00", "2026-03-02 15:00"),
    # DORA: 4 h after classification, and 24 h after awareness; the earlier counts
    Row("eu-dora", "initial", M + "aware 2026-11-23 08:00; classified 2026-11-23 09:00", "2026-11-23 13:00"),
    Row("eu-dora", "initial", M + "aware 2026-11-23 09:00; classified 2026-11-24 08:00", "2026-11-24 09:00"),
    Row("eu-dora", "initial", M + "aware 2026-11-23 09:00; classified 2026-11-24 09:00", "2026-11-24 09:00"),
    # classified later than 24 h after awareness
    Row("eu-dora", "initial", M + "aware 2026-11-23 09:00; classified 2026-11-24 09:00:01", "2026-11-24 13:00:01"),
    # not classified yet
    Row("eu-dora", "initial", "aware 2026-11-23 09:00", "2026-11-24 09:00"),
    # Saturday: noon of Monday, unless the institution has no such grace
    Row("eu-dora", "initial", M + "aware 2026-11-28 09:30; classified 2026-11-28 10:00", "2026-11-30 12:00"),
    Row("eu-dora", "initial", M + "is trading_venue; aware 2026-11-28 09:30; classified 2026-11-28 10:00", "2026-11-28 14:00"),
    # Christmas Day, Boxing Day and a Sunday
    Row("eu-dora", "initial", M + "aware 2026-12-24 21:00; classified 2026-12-24 22:00", "2026-12-28 12:00"),
    # The night clocks go back: 24 hours are 24 hours
    Row("eu-dora", "initial", "is ccp; aware 2026-10-24 20:00", "2026-10-25 19:00"),
    Row("eu-dora", "intermediate", M + "initial 2026-11-23 13:00", "2026-11-26 13:00"),
    Row("eu-dora", "intermediate", M + "initial 2026-11-26 10:00", "2026-11-30 12:00"),
    # Filing the initial notification again wins no time
    Row("eu-dora", "intermediate", M + "initial 2026-11-23 13:00; initial 2026-11-25 13:00", "2026-11-26 13:00"),
    Row("eu-dora", "intermediate", M + "is nis2_entity; initial 2026-11-26 10:00", "2026-11-29 10:00"),
    Row("eu-dora", "intermediate-update", M + "initial 2026-11-23 13:00; intermediate 2026-11-26 10:00; restored 2026-11-27 08:00", "2026-11-27 08:00"),
    # Months end where they end, and the last day may be a Sunday
    Row("eu-dora", "final", M + "intermediate 2026-08-31 10:00", "2026-09-30 10:00"),
    Row("eu-dora", "final", M + "intermediate 2027-01-29 10:00", "2027-03-01 12:00"),
    Row("eu-dora", "final", M + "is credit_institution; intermediate 2027-01-29 10:00", "2027-03-01 12:00"),
    Row("eu-dora", "final", M + "intermediate 2026-08-31 10:00; intermediate-update 2026-09-10 09:00", "2026-10-12 12:00"),
    Row("eu-dora", "reclassification", "grade not_major; initial 2026-11-23 13:00; reclassified 2026-11-25 11:00", "2026-11-25 11:00"),
    Row("eu-dora", "late-initial", M + "aware 2026-11-23 08:00; classified 2026-11-23 09:00; late initial 2026-11-23 12:00", "2026-11-23 13:00"),
    Row("eu-dora", "late-intermediate", M + "initial 2026-11-23 13:00; late intermediate 2026-11-25 12:00", "2026-11-26 13:00"),
    Row("eu-dora", "late-final", M + "intermediate 2026-08-31 10:00; late final 2026-09-29 12:00", "2026-09-30 10:00"),
    # NIS2; the night clocks go forward
    Row("eu-nis2", "early-warning", "grade significant; aware 2026-03-28 10:00", "2026-03-29 11:00"),
    Row("eu-nis2", "notification", "grade significant; aware 2026-11-23 10:00", "2026-11-26 10:00"),
    Row("eu-nis2", "intermediate", "grade significant; requested 2026-11-29 10:00", "2026-11-29 10:00"),
    Row("eu-nis2", "progress", "grade significant; notification 2026-01-31 10:00", "2026-02-28 10:00"),
    Row("eu-nis2", "final", "grade significant; notification 2026-01-31 10:00", "2026-02-28 10:00"),
    Row("eu-nis2", "final", "grade significant; notification 2026-01-31 10:00; progress 2026-02-27 10:00; resolved 2026-03-31 10:00", "2026-04-30 10:00"),
    # Regulation SCI
    Row("us-regsci", "notice", "determined 2026-10-31 20:00", "2026-10-31 20:00"),
    Row("us-regsci", "written", "determined 2026-10-31 20:00", "2026-11-01 19:00"),
    Row("us-regsci", "members", "determined 2026-10-31 20:00", "2026-10-31 20:00"),
    Row("us-regsci", "update", "determined 2026-11-02 09:00; written 2026-11-02 10:00", "2026-11-03 10:00"),
    Row("us-regsci", "update", "determined 2026-11-02 09:00; written 2026-11-02 10:00; update 2026-11-03 08:00", "2026-11-04 08:00"),
    Row("us-regsci", "update", "determined 2026-11-02 09:00; written 2026-11-02 10:00; changed 2026-11-02 15:00", "2026-11-02 15:00"),
    Row("us-regsci", "interim", "occurred 2026-01-31 09:00; determined 2026-01-31 09:30", "2026-03-02 09:00"),
    # 24, 25, 27 (the 26th is Thanksgiving), 30 November, 1 December
    Row("us-regsci", "final", "determined 2026-11-20 09:00; resolved 2026-11-20 15:00; closed 2026-11-23 10:00", "2026-12-01 17:30"),
    Row("us-regsci", "quarterly", "determined 2026-11-23 10:00; yes de_minimis", "2027-01-31 00:00"),
    Row("us-regsci", "quarterly", "determined 2026-06-30 23:59; yes de_minimis", "2026-07-31 00:00"),
    # 8-K: 24, 25, 27, 30 November; 24, 28, 29, 30 December
    Row("us-8k-105", "filing", "determined 2026-11-23 10:00", "2026-11-30 17:30"),
    Row("us-8k-105", "amendment", "determined 2026-11-23 10:00; filing 2026-11-30 16:00 preliminary; closed 2026-12-23 10:00", "2026-12-30 17:30"),
    # NYDFS; the night clocks go forward
    Row("us-nydfs", "notice", "determined 2026-03-06 12:00", "2026-03-09 13:00"),
    Row("us-nydfs", "update", "determined 2026-03-06 12:00; notice 2026-03-09 12:00; changed 2026-03-09 11:00; changed 2026-03-20 09:00", "2026-03-20 09:00"),
    Row("us-nydfs", "payment", "extortion_paid 2026-01-31 09:00", "2026-02-01 09:00"),
    Row("us-nydfs", "payment-reasons", "extortion_paid 2026-01-31 09:00", "2026-03-02 09:00"),
    # Singapore, Hong Kong
    Row("sg-mas", "notice", "grade relevant; detected 2026-12-31 23:30", "2027-01-01 00:30"),
    Row("sg-mas", "report", "grade relevant; detected 2026-02-20 10:00", "2026-03-06 10:00"),
    Row("hk-sfc", "report", "grade material; aware 2026-11-22 03:00", "2026-11-22 03:00"),
    Row("hk-sfc", "report-hkma", "grade material; is registered_institution; aware 2026-11-22 03:00", "2026-11-22 03:00"),
    Row("hk-cap653", "notice-serious", "yes core_function_disrupted; aware 2026-11-23 20:00", "2026-11-24 08:00"),
    Row("hk-cap653", "notice", "no core_function_disrupted; aware 2026-11-23 20:00", "2026-11-25 20:00"),
    Row("hk-cap653", "report", "aware 2026-02-20 10:00", "2026-03-06 10:00"),
    # United Kingdom, now and from 2027; the night clocks go forward
    Row("uk-fca", "notice", "grade material; aware 2026-11-22 03:00", "2026-11-22 03:00"),
    Row("uk-fca-2027", "initial", "threshold_met 2027-03-27 12:00", "2027-03-28 13:00"),
    Row("uk-fca-2027", "initial-payments", "is payment_provider; threshold_met 2027-03-27 22:00", "2027-03-28 03:00"),
    Row("uk-fca-2027", "intermediate", "is enhanced; threshold_met 2027-03-27 12:00; changed 2027-03-27 18:00", "2027-03-27 18:00"),
    # 23–25 March, 30 March – 2 April (Easter between), 5–30 April, 4–6 May (3 May is a bank holiday)
    Row("uk-fca-2027", "final", "is enhanced; resolved 2027-03-22 10:00", "2027-05-06 23:59:59"),
    # Australia; the night clocks go forward in October
    Row("au-apra", "cps234-incident", "grade material; yes security_incident; aware 2026-10-02 12:00", "2026-10-05 13:00"),
    # 27, 30, 31 March, 1, 2, 7–10, 13 April: Easter between
    Row("au-apra", "cps234-weakness", "yes control_weakness; aware 2026-03-26 09:00", "2026-04-13 23:59:59"),
    Row("au-apra", "cps230-incident", "grade material; aware 2026-11-23 09:00", "2026-11-26 09:00"),
    Row("au-apra", "cps230-tolerance", "out_of_tolerance 2026-11-23 09:00", "2026-11-24 09:00"),
    # India: T+1 is a holiday, so the trading day after
    Row("in-sebi", "glitch", "occurred 2026-11-23 10:00", "2026-11-23 12:00"),
    Row("in-sebi", "preliminary", "occurred 2026-11-23 10:00", "2026-11-25 23:59:59"),
    Row("in-sebi", "preliminary", "occurred 2026-11-27 10:00", "2026-11-30 23:59:59"),
    Row("in-sebi", "rca", "occurred 2026-11-23 10:00", "2026-12-07 10:00"),
    Row("in-sebi", "cyber", "yes security_incident; detected 2026-11-23 22:00", "2026-11-24 04:00"),
    Row("in-sebi", "cert-in", "yes security_incident; detected 2026-11-23 22:00", "2026-11-24 04:00"),
]
# fmt: on
