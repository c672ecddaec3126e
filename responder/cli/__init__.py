"""The operator's door. A command's module is imported when the command is run, not before."""

from responder.cli.frame import Later, Root

root = Root(
    "应急处置机器人：呼叫关键岗位、递补决策、留下不可更改的处置记录。",
    "Carries a securities firm through IT emergencies: pages the key posts, hands decisions down,"
    " keeps a record nobody can alter.",
    {
        "init": Later("setup:init", "写出一份示例站点", "Write the sample site to a folder"),
        "check": Later("setup:check", "检查站点文件", "Check the site's files"),
        "migrate": Later("setup:migrate", "更新数据库结构", "Bring the database up to date"),
        "doctor": Later("doctor:doctor", "逐项体检，给出办法", "Try everything, say the mend"),
        "serve": Later("serve:serve", "启动服务", "Run everything"),
        "tutorial": Later("tutorial:tutorial", "两分钟教程", "Two minutes, alone, in a sandbox"),
        "demo": Later("demo:demo", "在虚拟时钟上演示全过程", "The whole story on a virtual clock"),
        "declare": Later("declare:declare", "发起事件，启动预案", "Declare an incident"),
        "warn": Later("warn:warn", "预警", "Early warnings"),
        "incident": Later("incident:incident", "查看和推进事件", "Look at incidents, move them on"),
        "page": Later("paging:page", "呼叫人员", "Call people in"),
        "ack": Later("paging:ack", "接手", "Take the page"),
        "decline": Later("paging:decline", "转下一位", "Pass the page to the next person"),
        "safety": Later("safety:safety", "人员平安点名", "Roll-call: is everybody safe?"),
        "decide": Later("deciding:decide", "决策", "Answer a decision"),
        "confirm": Later("deciding:confirm", "第二人确认", "Consent as the second person"),
        "role": Later("role:role", "事件中谁担任什么岗位", "Who fills which role in an incident"),
        "plan": Later("plan:plan", "处置方案与预案管理", "Playbooks, and the life of the plan"),
        "training": Later("training:training", "应急培训", "Emergency training"),
        "task": Later("task:task", "任务", "Tasks of an incident"),
        "call": Later("call:call", "人工联络", "Calls to be made by hand"),
        "brief": Later("brief:brief", "通报处置进展", "Tell the parties how things stand"),
        "fact": Later(
            "fact:fact", "登记事件事实，一次填写处处可用", "Enter a fact, once for all papers"
        ),
        "report": Later("report:report", "监管报告与应报事项", "Reports and what else is owed"),
        "grade": Later("grade:grade", "确认事件等级", "Confirm an event's grade"),
        "note": Later("note:note", "写处置记录", "Write to the record"),
        "evidence": Later("evidence:evidence", "存证", "Files kept as evidence"),
        "line": Later("line:line", "统一解释口径", "The agreed line of an incident"),
        "notice": Later("notice:notice", "公告", "Public notices"),
        "inquiry": Later("inquiry:inquiry", "外部问询与舆情", "Questions from outside"),
        "investigate": Later("investigate:investigate", "事件调查", "Investigate an incident"),
        "measure": Later("measure:measure", "整改台账", "The register of measures"),
        "inspect": Later("inspection:inspect", "检查人员查阅", "An inspector's read-only link"),
        "retention": Later("retention:retention", "记录保存与保全", "Keep, hold, erase records"),
        "incident-report": Later(
            "papers:incident_report", "事件处置报告（PDF）", "The report on an incident, as PDF"
        ),
        "event": Later("event:event", "运维事件登记", "The log of all events"),
        "problem": Later("problem:problem", "问题库", "The library of problems"),
        "events": Later("events:events", "月度事件分析", "The month's events, analysed"),
        "undo": Later("note:undo", "撤销自己上一步操作", "Take back your own last act"),
        "duty": Later("duty:duty", "值班：调班、换班、交接班", "Duty: leave, swaps, handover"),
        "who": Later("who:who", "此刻谁在岗、怎么联系", "Who is on duty, and how to reach them"),
        "calendar": Later("calendar:calendar", "工作日与交易日", "Days of work and trading"),
        "regime": Later("regime:regime", "报告规则", "Rule packs: what is due by when"),
        "test": Later("self_test:test", "测试自己的联系方式", "A test to yourself alone"),
        "reach": Later("reach:reach", "7×24小时可联系", "Ways proved, duty phones probed"),
        "link": Later("link:link", "生成聊天账号的绑定码", "A code to link a chat account"),
        "contact": Later("contact:contact", "怎么联系某人", "How to reach somebody; on record"),
        "contacts": Later(
            "contacts:contacts", "通讯录与名册", "The register: compare, change, import, export"
        ),
        "register": Later("register:register", "应急保障登记", "What is kept ready"),
        "doc": Later("register:doc", "系统的技术资料在哪里", "Where a system's documents lie"),
        "handset": Later("handset:handset", "终端里的模拟电话", "A sandbox phone in the terminal"),
        "chat": Later("chat:chat", "用聊天命令处置", "The chat commands at a prompt"),
        "readiness": Later(
            "readiness:readiness", "对照标准逐条检查准备情况", "How ready we are, clause by clause"
        ),
        "prove": Later(
            "prove:prove_", "证明总有人接手、有人决策", "Prove that somebody always decides"
        ),
        "simulate": Later("simulate:simulate", "推演会呼叫谁", "Who would be called, and when"),
        "ledger": Later("ledger:ledger", "核验处置记录", "Prove the record"),
        "halt": Later("outgoing:halt", "立即停止全部外发", "Stop everything outgoing at once"),
        "resume": Later("outgoing:resume", "恢复外发", "Send again"),
        "drill": Later("drill:drill", "演练", "Drills"),
    },
)
"""`responder`."""
