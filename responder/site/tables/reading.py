"""A file with tables in it, whatever its form, as sheets of text."""

import re
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath

from responder.domain.tables.sheet import Sheet
from responder.errors import BadInput
from responder.site.tables.delimited import read_delimited
from responder.site.tables.refusals import protected

MOST_BYTES = 40_000_000
MOST_UNPACKED = 400_000_000
MOST_ROWS = 200_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FILEPASS = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""In a workbook of the old form: its beginning, and then that it is enciphered."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
PLAIN = (".csv", ".tsv", ".txt")
WORD = ".docx"


def read_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The tables of a file. Raises BadInput with the mend for one that cannot be read."""
    ending = PurePath(name).suffix.casefold()
    if ending not in (*WORKBOOKS, *PLAIN, WORD):
        raise BadInput(
            f"读不了“{ending or name}”这种文件。",
            f"A file of the kind “{ending or name}” cannot be read.",
            "请另存为 .xlsx、.xls、.csv 或 .docx。",
            "Save it as .xlsx, .xls, .csv or .docx.",
        )
    _fits(name, content)
    if content.startswith(OLE) and (ENCRYPTED in content or _FILEPASS.search(content)):
        raise protected(name)
    if ending in PLAIN:
        sheets = read_delimited(PurePath(name).stem, content)
    elif ending == WORD:
        from responder.site.tables.word import read_word  # noqa: PLC0415 - slow to import

        sheets = read_word(name, content)
    else:
        from responder.site.tables.workbook import read_workbook  # noqa: PLC0415 - as above

        sheets = read_workbook(name, content)
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise _too_large(name)
    return sheets


def _fits(name: str, content: bytes) -> None:
    unpacked = 0
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(BytesIO(content)) as archive:
        unpacked = sum(one.file_size for one in archive.infolist())
    if len(content) > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise _too_large(name)


def _too_large(name: str) -> BadInput:
    return BadInput(
        f"{name}过大，不像是一份名册。",
        f"{name} is too large to be a register.",
        "请确认没有选错文件；确需导入的请拆成几份。",
        "Check that it is the right file, or split it.",
    )
