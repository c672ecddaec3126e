"""What commands do, and which capacities may: the table that `rights.require` judges by (P7)."""

from responder.domain.words import Words

LEADING = ("commander", "entitled", "duty_lead", "command_body")

ACTS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "declare": (Words("发起事件", "declare an incident"), ("reporter",)),
    "note": (Words("写处置记录", "write to the record"), ("reporter",)),
    "add_evidence": (Words("收存证据", "keep a file as evidence"), ("reporter",)),
    "transfer_evidence": (
        Words("移交存证", "hand evidence over"),
        ("custodian", "commander", "compliance"),
    ),
    "accept_evidence": (Words("接收存证", "take custody of evidence"), ("recipient",)),
    "export_evidence": (
        Words("导出存证包", "export an evidence bundle"),
        ("commander", "command_body", "liaison", "compliance", "auditor", "administrator"),
    ),
    "approve_paper": (
        Words("批准事件处置报告", "approve the incident report"),
        ("approver", "command_body"),
    ),
    "open_paper": (Words("凭链接打开事件处置报告", "open the report by a link"), ("addressee",)),
    "propose_line": (
        Words("提出统一解释口径", "propose the agreed line"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "approve_line": (
        Words("签发统一解释口径", "approve the agreed line"),
        ("approver", "command_body"),
    ),
    "draft_notice": (
        Words("拟写公告", "draft a notice"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "release_notice": (
        Words("签发公告", "release a notice"),
        ("approver", "command_body"),
    ),
    "publish_notice": (
        Words("发布公告", "publish a notice"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "post_notice": (
        Words("登记公告是否已发布", "record whether a notice appeared"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "fact": (
        Words("登记事件事实", "enter a fact of the incident"),
        ("responder", *LEADING, "liaison", "compliance", "approver"),
    ),
    "draft_report": (
        Words("拟写监管报告", "draft a report to a regulator"),
        ("commander", "duty_lead", "command_body", "liaison", "compliance", "approver"),
    ),
    "sign_report": (
        Words("签发监管报告", "sign a report to a regulator"),
        ("approver", "command_body"),
    ),
    "submit_report": (
        Words("报送监管报告", "submit a report to a regulator"),
        ("liaison", "command_body"),
    ),
    "log_inquiry": (Words("登记外部问询和舆情", "log a question from outside"), ("reporter",)),
    "answer_inquiry": (
        Words("答复外部问询", "answer a question from outside"),
        ("asked", *LEADING, "liaison", "approver"),
    ),
    "answer_media": (Words("答复媒体", "answer the media"), ("spokesperson",)),
    "warn": (Words("发起预警", "raise a warning"), ("reporter",)),
    "alert": (Words("报告监控告警", "report alerts"), ("monitoring",)),
    "answer": (Words("接手或转下一位", "take a page, or pass it on"), ("reporter",)),
    "answer_roll": (Words("报平安、求助", "answer a roll-call"), ("reporter",)),
    "contact": (Words("查看联系方式", "look up a contact"), ("reporter",)),
    "own_ways": (Words("办理自己的账号和联系方式", "see to one's own ways"), ("reporter",)),
    "own_card": (
        Words("查看、签收自己的工作卡片", "see and receive one's own work card"),
        ("reporter",),
    ),
    "issue_cards": (
        Words("发放应急工作卡片", "issue emergency work cards"),
        ("administrator", "coordinator", "liaison"),
    ),
    "print_manual": (
        Words("打印、导出应急处置联络手册", "print or take out the contact manual"),
        ("administrator", "coordinator", "liaison", "duty_lead", "command_body"),
    ),
    "ask_for_proof": (
        Words("请人员核验联系方式", "have people prove their ways"),
        ("administrator", "duty_lead", "liaison"),
    ),
    "probe": (
        Words("抽查值守电话、登记传真测试", "probe a duty phone, tick off a fax test"),
        ("administrator", "duty_lead", "liaison", "command_body"),
    ),
    "override": (Words("安排调班", "change who is on shift"), ("duty_lead", "administrator")),
    "absence": (
        Words("登记他人缺勤", "put somebody's leave on the register"),
        ("duty_lead", "administrator"),
    ),
    "ask_leave": (Words("请假、销假", "ask for one's own leave"), ("reporter",)),
    "swap": (Words("申请换班", "ask to swap shifts"), ("reporter",)),
    "accept_swap": (Words("答复换班", "answer a swap"), ("swapper",)),
    "approve_swap": (Words("批准换班", "approve a swap"), ("swap_lead",)),
    "on_shift": (Words("打勾、签到、交班", "tick, check in, hand over"), ("on_shift",)),
    "accept_shift": (Words("接班", "take a shift over"), ("reliever",)),
    "undo": (Words("撤销自己的操作", "take back one's own act"), ("author",)),
    "link": (Words("绑定聊天账号", "link a chat account"), ("bearer",)),
    "page": (Words("呼叫人员", "page people"), ("responder", *LEADING)),
    "task": (Words("办理任务", "work on tasks"), ("responder", *LEADING, "owner")),
    "role": (
        Words("指定本事件的岗位人员", "say who fills a role"),
        ("commander", "entitled"),
    ),
    "take_role": (
        Words("担任本事件的空缺岗位", "fill a vacant role"),
        ("commander", "entitled", "responder", "holder"),
    ),
    "brief": (
        Words("通报处置进展", "tell an audience how things stand"),
        ("briefer", *LEADING, "liaison"),
    ),
    "call": (
        Words("办理人工联络", "make calls by hand"),
        ("responder", *LEADING, "declarer", "caller"),
    ),
    "roll_call": (Words("发起人员平安点名", "start a roll-call"), ("responder", *LEADING)),
    "verify": (
        Words("核实预警", "verify the warning"),
        ("duty_lead", "entitled", "command_body", "responder"),
    ),
    "report_warning": (
        Words("报送预警报告", "report a warning along its path"),
        ("duty_lead", "entitled", "command_body", "responder", "liaison"),
    ),
    "level": (Words("调整响应级别", "change the level"), LEADING),
    "phase": (
        Words("变更事件状态", "change the incident's state"),
        ("commander", "duty_lead", "command_body"),
    ),
    "close": (
        Words("办结事件", "close the incident"),
        ("commander", "duty_lead", "command_body", "compliance"),
    ),
    "cancel": (Words("撤销事件", "cancel the incident"), ("commander", "duty_lead")),
    "drill": (
        Words("恢复演练", "let a drill go on"),
        ("commander", "duty_lead", "command_body", "coordinator"),
    ),
    "schedule_drill": (
        Words("安排演练日期", "plan the day of a drill"),
        ("coordinator", "command_head"),
    ),
    "start_drill": (Words("开始演练", "begin a drill"), ("coordinator", "command_head")),
    "approve_drill": (
        Words("批准演练计划", "approve a drill's plan"),
        ("approver", "command_body"),
    ),
    "close_drill": (
        Words("办结演练", "close a drill's file"),
        ("coordinator", "compliance", "command_head"),
    ),
    "conduct_drill": (
        Words("主持演练", "conduct a drill"),
        ("coordinator", "command_head", "declarer"),
    ),
    "evaluate_drill": (
        Words("评估演练", "evaluate a drill"),
        ("coordinator", "compliance", "auditor", "command_body", "responder"),
    ),
    "enter_action": (
        Words("补登系统外完成的演练动作", "enter what was done outside the system in a drill"),
        ("coordinator", "compliance", "auditor", "command_body"),
    ),
    "answer_drill": (
        Words("答复演练邀请、演练后反馈", "answer an invitation to a drill, say how it went"),
        ("reporter",),
    ),
    "consent": (
        Words("作为第二人确认", "confirm as the second person"),
        ("responder", *LEADING, "approver"),
    ),
    "decide": (Words("决策", "decide"), ("decider",)),
    "break_glass": (
        Words("在决策之前完成受限任务", "complete a task before its decision"),
        ("commander",),
    ),
    "handover": (Words("移交", "hand over"), ("commander", "keeper")),
    "take": (Words("接班、依序接任", "take over"), ("entitled", "taker")),
    "refuse": (Words("暂不能接班", "refuse to take over"), ("taker",)),
    "still_here": (Words("答复仍在指挥", "answer for the commander"), ("commander",)),
    "copy": (
        Words("更新事件所用的联系人", "pull new contacts into the incident"),
        ("commander", "declarer", "command_body", "administrator"),
    ),
    "take_report": (
        Words("负责报送", "see to a report"),
        ("liaison", "commander", "command_body", "approver", "sought"),
    ),
    "record_report": (
        Words("登记报送", "record that a report was made"),
        ("liaison", "commander", "command_body", "approver", "sought"),
    ),
    "postpone_report": (
        Words("登记报告延期", "postpone a report"),
        ("liaison", "command_body", "approver"),
    ),
    "end_report": (Words("终止应报事项", "end what is due"), ("command_body", "approver")),
    "grade": (
        Words("确认事件等级", "confirm an event's grade"),
        ("command_body", "approver", "compliance"),
    ),
    "halt": (
        Words("停止、恢复全部外发", "halt everything outgoing"),
        ("administrator", "duty_lead", "command_body"),
    ),
    "investigate": (
        Words("开展事件调查", "investigate an incident"),
        ("investigator", "commander", "duty_lead", "command_body", "compliance"),
    ),
    "account": (
        Words("填写责任追究", "write who is held to account"),
        ("compliance", "command_head"),
    ),
    "read_account": (
        Words("查看责任追究", "see who is held to account"),
        ("compliance", "command_head", "auditor"),
    ),
    "measure": (
        Words("登记整改措施", "put a measure on the register"),
        (
            *("investigator", "entitled", "duty_lead", "command_body", "compliance", "auditor"),
            "coordinator",
        ),
    ),
    "measure_done": (
        Words("登记整改完成", "say that a measure is done"),
        ("measure_owner", "compliance", "command_body"),
    ),
    "verify_measure": (
        Words("验证整改", "verify a measure"),
        ("entitled", "duty_lead", "command_body", "compliance", "auditor"),
    ),
    "drop_measure": (
        Words("取消整改措施", "drop a measure"),
        ("command_body", "compliance"),
    ),
    "extend_measure": (
        Words("延长整改期限", "give a measure more time"),
        ("command_body", "compliance"),
    ),
    "hand_measure": (
        Words("将整改改由他人负责", "hand a measure to somebody else"),
        ("command_body", "compliance", "coordinator"),
    ),
    "keep_ready": (
        Words("登记应急保障的检查", "record a check of what is kept ready"),
        (
            "provision_keeper",
            "entitled",
            "duty_lead",
            "command_body",
            "compliance",
            "administrator",
        ),
    ),
    "draw": (
        Words("领用备件和物资", "draw spares and supplies"),
        ("responder", *LEADING),
    ),
    "ask_for_funds": (
        Words("申请应急资金", "ask for emergency funds"),
        ("responder", *LEADING),
    ),
    "log_event": (Words("登记运维事件", "log an event"), ("reporter",)),
    "event": (
        Words("分派、办理运维事件", "assign and see to logged events"),
        ("event_owner", "event_manager", "entitled", "duty_lead", "command_body"),
    ),
    "sign_events": (
        Words("签发事件分析报告", "sign the monthly analysis"),
        ("event_manager", "command_body"),
    ),
    "propose_problem": (
        Words("提出、汇总问题", "propose and gather problems"),
        ("reporter",),
    ),
    "problem": (
        Words("办理问题", "work on problems"),
        ("problem_owner", "event_manager", "entitled", "command_body"),
    ),
    "verify_problem": (
        Words("验证问题的解决", "verify that a problem is solved"),
        ("event_manager", "entitled", "command_body", "compliance", "auditor"),
    ),
    "hold": (
        Words("保全记录", "put records on hold"),
        ("command_body", "liaison", "compliance", "administrator", "auditor"),
    ),
    "release_hold": (
        Words("解除保全", "release a hold"),
        ("command_head", "compliance", "administrator"),
    ),
    "erase": (
        Words("删除已满年限的记录", "erase records past their years"),
        ("command_head", "compliance", "administrator"),
    ),
    "inspect": (
        Words("给检查人员查阅权限", "give an inspector leave to read"),
        ("compliance", "administrator"),
    ),
    "read_inspected": (
        Words("凭链接查阅事件", "read an incident by leave"),
        ("inspector",),
    ),
    "change_contact": (
        Words("提出修改联系方式", "propose a change of contacts"),
        ("oneself", "department_head", "liaison", "administrator"),
    ),
    "record_unit": (
        Words("登记关联单位的核对与回执", "record what related units answered"),
        ("liaison", "administrator", "duty_lead"),
    ),
    "adopt_plan": (
        Words("提请发布应急预案新版本", "ask for a new version of the plan"),
        ("plan_keeper", "command_body", "compliance"),
    ),
    "approve_plan": (Words("批准应急预案", "approve the plan"), ("command_body",)),
    "review_plan": (
        Words("登记应急预案评估", "record a review of the plan"),
        ("plan_keeper", "command_body", "compliance"),
    ),
    "file_plan": (
        Words("登记应急预案报备", "record a filing of the plan"),
        ("plan_keeper", "liaison", "compliance"),
    ),
    "read_plan": (Words("研读预案、参加测验", "read the plan, take its quiz"), ("reporter",)),
    "train": (
        Words("组织应急培训", "hold emergency training"),
        ("trainer", "coordinator", "compliance", "administrator"),
    ),
    "attend_training": (Words("参加应急培训", "take part in training"), ("reporter",)),
    "administer": (Words("管理系统", "administer the system"), ("administrator",)),
}
