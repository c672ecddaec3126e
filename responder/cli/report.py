"""`report`: what is owed to authorities and others: listed, taken, done by hand, ended by name."""

from responder.cli.frame import Group, Later

report = Group(
    "report",
    "监管报告与应报事项",
    "Reports and what else is owed outside",
    {
        "due": Later("report_due:due", "应报、已报、逾期清单", "Done, due, late, to come"),
        "take": Later("report_due:take", "由我负责报送", "I see to it"),
        "done": Later("report_due:done", "登记已报送一步", "Record that a step was done"),
        "postpone": Later("report_due:postpone", "登记延期（合规得知）", "Say it will be late"),
        "draft": Later("report_writing:draft", "起草报告", "Draft a report"),
        "list": Later("report_seen:listed", "事件的全部报告", "The reports of an incident"),
        "show": Later("report_seen:shown", "看报告，或写成 PDF、Word", "Look at one, or write it"),
        "answer": Later("report_writing:answer", "填写报告栏目", "Write a field of one report"),
        "set": Later("report_writing:changed", "部分、初步、所报状态", "What kind of report it is"),
        "review": Later("report_writing:review", "送签", "Send it for signature"),
        "override": Later("report_writing:override", "注明矛盾的理由", "Let a contradiction pass"),
        "sign": Later("report_writing:sign", "签发", "Sign it, as a second person"),
        "phone": Later(
            "report_sending:phone", "电话报告稿，登记接报人", "By telephone: read, record"
        ),
        "submit": Later("report_sending:submit", "登记报出", "Record that it was submitted"),
        "correct": Later(
            "report_writing:correct", "更正已报出的报告", "Correct what was submitted"
        ),
        "withdraw": Later("report_writing:withdraw", "作废未报出的报告", "Put a draft aside"),
        "end": Later("report_due:end", "终止应报事项（合规得知）", "End what is due, by name"),
    },
)
