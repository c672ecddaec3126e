"""A PDF as somebody else's reader sees it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination


@dataclass
class Read:
    """What a reader finds: each page's text, the outline, the fonts and whether they are in it."""

    pages: list[str]
    outline: list[tuple[str, int]]
    embedded: dict[str, bool]
    info: dict[str, str]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def flat(self) -> str:
        """The text without any white space: lines may break anywhere."""
        return "".join(self.text.split())


def read(pdf: bytes) -> Read:
    """Read one."""
    reader = PdfReader(BytesIO(pdf), strict=True)
    embedded = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found = font.get_object()
            inside = found.get("/FontDescriptor", {}).get_object()
            embedded[str(found["/BaseFont"])] = "/FontFile2" in inside
    return Read(
        [page.extract_text() for page in reader.pages],
        list(outline(reader, reader.outline)),
        embedded,
        {key: str(value) for key, value in (reader.metadata or {}).items()},
    )


def outline(reader: PdfReader, entries: Any) -> Any:
    for entry in entries:
        if isinstance(entry, Destination):
            yield entry.title, (reader.get_destination_page_number(entry) or 0) + 1
        else:
            yield from outline(reader, entry)
