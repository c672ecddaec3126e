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
        "plan": Later("plan:plan", "处置方案", "Playbooks, as people at work need them"),
        "task": Later("task:task", "任务", "Tasks of an incident"),
        "call": Later("call:call", "人工联络", "Calls to be made by hand"),
        "note": Later("note:note", "写处置记录", "Write to the record"),
        "evidence": Later("evidence:evidence", "存证", "Files kept as evidence"),
        "undo": Later("note:undo", "撤销自己上一步操作", "Take back your own last act"),
        "who": Later("who:who", "此刻谁在岗、怎么联系", "Who is on duty, and how to reach them"),
        "test": Later("self_test:test", "测试自己的联系方式", "A test to yourself alone"),
        "link": Later("link:link", "生成聊天账号的绑定码", "A code to link a chat account"),
        "contact": Later("contact:contact", "怎么联系某人", "How to reach somebody; on record"),
        "handset": Later("handset:handset", "终端里的模拟电话", "A sandbox phone in the terminal"),
        "chat": Later("chat:chat", "用聊天命令处置", "The chat commands at a prompt"),
        "simulate": Later("simulate:simulate", "推演会呼叫谁", "Who would be called, and when"),
        "ledger": Later("ledger:ledger", "核验处置记录", "Prove the record"),
        "halt": Later("outgoing:halt", "立即停止全部外发", "Stop everything outgoing at once"),
        "resume": Later("outgoing:resume", "恢复外发", "Send again"),
        "drill": Later("outgoing:drill", "演练", "Drills"),
    },
)
"""`responder`."""
