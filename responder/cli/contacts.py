"""`contacts`: the register of people and related units: looked at, changed, taken in, put out."""

from responder.cli.frame import Group, Later

contacts = Group(
    "contacts",
    "通讯录与名册：对比、修改、导入导出、告知关联单位",
    "The register: compare, change, take in, put out, tell the related units",
    {
        "diff": Later("contacts_files:diff", "文件与数据库各改了什么", "Files against database"),
        "apply": Later("contacts_files:apply", "采用文件中的改动", "Take what the files changed"),
        "import": Later(
            "contacts_import:import_tables", "从表格导入", "Take in .xlsx .xls .csv .docx"
        ),
        "export": Later("contacts_files:export", "写回站点文件", "Write back into the files"),
        "change": Later(
            "contacts_changes:change", "提出修改，另一人同意后生效", "Propose a change"
        ),
        "remove": Later("contacts_changes:remove", "移除人员", "Take somebody out for good"),
        "history": Later("contacts_changes:history", "变更记录", "What was changed, by whom"),
        "undo": Later("contacts_changes:undo", "撤销一次变更", "Take one change back"),
        "told": Later("contacts_units:told", "联络信息变更的通知", "Units told of our changes"),
        "receipt": Later("contacts_units:receipt", "登记回执", "A unit confirmed a notice"),
        "print": Later(
            "contacts_print:printed", "打印联络手册（PDF、网页）", "The manual as PDF or page"
        ),
        "placed": Later("contacts_print:placed", "登记手册放在哪里", "Where a printed manual lies"),
        "vcard": Later("contacts_print:vcard", "导出电子名片", "vCards, with our calling numbers"),
        "cards": Later("contacts_cards:cards_group", "应急工作卡片", "Emergency work cards"),
        "verify": Later("contacts_units:verify", "核对关联单位", "Try the units' lines in turn"),
    },
)
