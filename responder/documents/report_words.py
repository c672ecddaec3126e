"""The words that papers of a report put around its answers."""

from responder.domain.report_sheet import SheetRow
from responder.domain.words import Words

HEADINGS = {
    "field": Words("项目", "Field"),
    "answer": Words("内容", "Answer"),
    "from": Words("出处", "From"),
    "missing": Words(
        "尚缺必填内容（已填{}）", "Mandatory fields are still missing ({} are answered)"
    ),
    "against": Words("与处置记录矛盾，未注明理由不得签发", "Against the record: not to be signed"),
    "changes": Words("与原报告的差异", "What differs from the report it corrects"),
    "before": Words("原报告", "Before"),
    "after": Words("本报告", "Now"),
    "passed": Words("与处置记录不一致之处及理由", "Let pass against the record, and why"),
    "contradiction": Words("不一致之处", "What stands against the record"),
    "reason": Words("理由", "Reason"),
    "sha256": Words("签发内容 SHA-256：{}", "SHA-256 of what was signed: {}"),
    "author": Words("编制", "Author"),
    "approver": Words("签发", "Signed by"),
    "date": Words("日期", "Date"),
    "number": Words("编号", "No."),
    "version": Words("版本", "Version"),
    "sensitivity": Words("密级", "Sensitivity"),
    "by_hand": Words("签字：", "Signature: "),
}
MARKS = {
    "estimate": Words("（估计）", " (estimate)"),
    "none": Words("（空）", "(blank)"),
}
UNANSWERED = Words("【待填】", "[TO BE FILLED]")
WHERE_IT_APPLIES = Words("（适用时填写：{}）", "(where it applies: {})")
NOT_SIGNED = Words("未签发", "not signed")
DRILL_BANNER = Words(
    "【演练】本报告出自演练，所载并非真实事件，不得对外报送",
    "DRILL · This report comes from a drill: nothing in it is real, and it goes nowhere",
)


NOTHING = "—"


def shown(row: SheetRow, language: str) -> str:
    """An answer as it is printed: an estimate says that it is one."""
    return row.said + (MARKS["estimate"].said(language) if row.mark == "estimate" else "")


def blank(row: SheetRow, language: str) -> str:
    """What stands where nothing was answered."""
    if row.needed.startswith("y"):
        return UNANSWERED.said(language)
    return WHERE_IT_APPLIES.said(language).format(row.when) if row.when else NOTHING
