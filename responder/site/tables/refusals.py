"""Files that cannot be read: why, and the mend."""

from responder.errors import BadInput


def protected(name: str) -> BadInput:
    """The refusal of a file that opens with a password only."""
    return BadInput(
        f"{name}设有打开密码，读不出来。",
        f"{name} is protected by a password and cannot be read.",
        "请在表格软件中输入密码打开，另存为不设密码的副本，导入后删除该副本。",
        "Open it with its password, save a copy without one, and delete the copy after the import.",
    )


def broken(name: str) -> BadInput:
    """The refusal of a file that is not what its name says."""
    return BadInput(
        f"{name}读不出来：文件已损坏，或与扩展名不符。",
        f"{name} cannot be read: it is damaged, or not what its ending says.",
        "请在相应的软件中打开后另存一份，再导入。",
        "Open it in the program it comes from, save it anew, and import that.",
    )
