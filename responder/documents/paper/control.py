"""What makes a paper a controlled document: its number, version, author, approver, sensitivity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from responder.domain.words import Words

UNAPPROVED = Words("尚未批准", "nobody yet")
DRILL = Words("【演练】", "DRILL · ")
DRILL_BANNER = Words(
    "【演练】本文件出自演练，所载并非真实事件，不得对外报送",
    "DRILL · This paper comes from a drill: nothing in it is real, and it goes nowhere",
)
NAMES = {
    "number": Words("编号", "No."),
    "version": Words("版本", "Version"),
    "author": Words("编制", "Author"),
    "approver": Words("批准", "Approved by"),
    "made_at": Words("日期", "Date"),
}
SENSITIVITY = Words("密级：", "Sensitivity: ")
PAGE = Words("第 {page} 页 共 {pages} 页", "Page {page} of {pages}")


@dataclass(frozen=True, slots=True)
class Control:
    """The document's control block, as its frame shows it on every page.

    `made_at` is shown in its own zone and becomes the file's date. A paper that needs an approver
    and has none says so: `approver=None` means that none is needed. `remark` stands at the foot of
    every page.
    """

    number: str = ""
    version: str = ""
    author: str = ""
    approver: str | None = None
    sensitivity: str = ""
    made_at: datetime | None = None
    firm: str = ""
    remark: str = ""

    def said(self, language: str) -> Iterator[tuple[str, str]]:
        """Label and value of what there is, in the order in which documents carry it."""
        approver = self.approver
        shown = {
            "number": self.number,
            "version": self.version,
            "author": self.author,
            "approver": UNAPPROVED.said(language) if approver == "" else approver or "",
            "made_at": self.made_at.strftime("%Y-%m-%d %H:%M") if self.made_at else "",
        }
        for name, value in shown.items():
            if value:
                yield NAMES[name].said(language), value


UNCONTROLLED = Control()
