"""Which act each command is: with `rights.ACTS`, the whole table of who may do what.

`docs/reference/rights.md` is written from it.
"""

ACT_OF: dict[str, str] = {
    "Declare": "declare",
    "RaiseWarning": "warn",
    "ReportByVoice": "warn",
    "ReceiveAlerts": "alert",
    "MoveWarning": "verify",
    "ConvertWarning": "verify",
    "Acknowledge": "answer",
    "Decline": "answer",
    "AnswerTest": "answer",
    "TryMyWays": "note",
    "Page": "page",
    "Decide": "decide",
    "Extend": "decide",
    "PassOn": "decide",
    "Confirm": "consent",
    "SetLevel": "level",
    "SetPhase": "phase",
    "Reopen": "phase",
    "Cancel": "cancel",
    "Take": "take",
    "HandOver": "handover",
    "RefuseHandover": "refuse",
    "StillHere": "still_here",
    "DoTask": "task",
    "AssignTask": "task",
    "WaiveTask": "task",
    "GiveRole": "role",
    "TakeRole": "take_role",
    "TakeCall": "call",
    "RecordCall": "call",
    "AddNote": "note",
    "AddEvidence": "add_evidence",
    "TransferEvidence": "transfer_evidence",
    "AcceptEvidence": "accept_evidence",
    "ExportEvidence": "export_evidence",
    "Undo": "undo",
    "CallRoll": "roll_call",
    "AnswerRoll": "answer_roll",
    "ShowContact": "contact",
    "ShowDuty": "contact",
    "MakeLinkCode": "own_ways",
    "UnlinkAccount": "own_ways",
    "LinkAccount": "link",
    "PullContacts": "copy",
    "ResumeDrill": "drill",
    "Halt": "halt",
    "Resume": "halt",
    "RemovePerson": "administer",
    "AcceptSite": "administer",
}

BESIDES: dict[str, tuple[str, ...]] = {
    "SetPhase": ("close",),
    "DoTask": ("break_glass",),
    "TakeRole": ("role",),
    "MakeLinkCode": ("administer",),
    "UnlinkAccount": ("administer",),
}
"""Acts that a command becomes under a condition: closing, breaking the glass, a filled role, for
another."""

CARRIERS = frozenset({"PressKey", "AnswerText"})
"""Commands that carry another one, which is authorised as it is."""

OF_THE_HOUSE = frozenset(
    {
        "RunDue",
        "PutOff",
        "ClaimMessages",
        "RecordOutcomes",
        "RecordRefusal",
        "NoticeDowntime",
        "NoticeClockStep",
        "Heartbeat",
        "ReportProgress",
        "CountPassiveReply",
        "Hear",
        "KeepTalk",
        "ConnectPlatforms",
        "NameBot",
    }
)
"""Commands of the engine and of the doors themselves: nobody gives them."""
