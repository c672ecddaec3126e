"""What can be wrong with the ledger, in words."""

from dataclasses import dataclass

from responder.domain.words import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing found wrong: the entry it names, and why."""

    seq: int
    reason: Words

    def said(self, language: str) -> str:
        """One line that names the entry."""
        named = f"entry {self.seq}: " if language == "en" else f"第{self.seq}条记录："
        return named + self.reason.said(language)


MISSING = Words("缺失", "it is missing")
OUT_OF_PLACE = Words("编号重复或不在其位", "its number is taken or out of place")
ALTERED = Words("内容与其哈希值不符", "it does not match its own hash")
REWRITTEN = Words("与后一条所记的哈希值不符", "it is not the one the next entry was chained to")
NOT_CHAINED = Words("没有接在链首", "it does not begin the chain")
SUBJECT_NOT_CHAINED = Words(
    "没有接在同一对象的前一条之后", "it is not chained to the one before about its subject"
)
BACK_IN_TIME = Words("时间早于前一条", "it is earlier than the one before")
PAYLOAD_ALTERED = Words("正文与其哈希值不符", "its payload does not match the payload's hash")
PAYLOAD_MISSING = Words(
    "正文缺失，也没有删除记录", "its payload is missing, and no entry says that it was removed"
)
PAYLOAD_STILL_HELD = Words(
    "正文已记为删除，却仍在", "its payload is held, though said to be removed"
)
PAYLOAD_STRAY = Words("只有正文，没有记录", "there is a payload and no entry")
NOT_READABLE = Words("正文无法辨认", "its payload cannot be understood")
HEAD_LOST = Words(
    "链尾登记缺失或多于一行", "the row that names the last entry is missing or doubled"
)
HEAD_DIFFERS = Words(
    "与链尾登记不符", "the row that names the last entry says something else than this entry"
)
KEY_DIFFERS = Words(
    "登记的公钥与记录不符", "the public key listed is not the one this entry made known"
)
CHECKPOINT_DIFFERS = Words(
    "登记的校验点与记录不符", "the checkpoint listed is not the one this entry recorded"
)
CHECKPOINT_UNTRUE = Words("其校验点与链不符", "its checkpoint does not say what the chain was then")
CHECKPOINT_FORGED = Words("其校验点的签名无效", "the signature of its checkpoint is not valid")
KEY_UNKNOWN = Words("其校验点由未登记的密钥签名", "its checkpoint is signed by a key not listed")
KEPT_FORGED = Words(
    "所持校验点的签名无效，不能作为依据", "the checkpoint kept is not genuine: it proves nothing"
)
KEPT_CUT_OFF = Words(
    "缺失：所持校验点之前的记录被截断",
    "it is missing: the chain was cut off before the end of the checkpoint kept",
)
KEPT_REWRITTEN = Words(
    "与所持校验点不符：此条或更早的记录被改写",
    "it is not what the checkpoint kept says: this entry or an earlier one was rewritten",
)
