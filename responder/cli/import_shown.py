"""How the preview of an import is shown: what is new, changed, missing, and what is wrong where."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from responder.cli import show
from responder.cli.given import Given
from responder.commands.manual.importing import Preview
from responder.domain.change_words import FIELD_NAMES, PHONES, SECTION_NAMES, said
from responder.domain.masking import masked
from responder.domain.tables.draft import Item
from responder.domain.tables.sheet import Remark
from responder.domain.words import Words

if TYPE_CHECKING:
    from responder.domain.tables.sheet import Reading

MOST_SHOWN = 50
LANGUAGES = {"zh": Words("（中文）", " (Chinese)"), "en": Words("（英文）", " (English)")}


def preview(given: Given, found: Preview, reading: "Reading", profile: str) -> None:
    """Print it: the faults last, where the eye is."""
    draft, tell = found.draft, given.said
    sheets = tell("、", ", ").join(reading.sheets)
    show.line(tell(f"已读：{sheets}", f"Read: {sheets}"))
    if profile:
        show.line(tell(f"列名对照：{profile}", f"Mapping of columns: {profile}"))
    heads = (
        (tell("新增", "New"), draft.new),
        (tell("修改", "Changed"), draft.changed),
        (tell("移除", "Removed"), draft.removed),
    )
    for title, items in heads:
        show.line(tell(f"{title}：{len(items)}", f"{title}: {len(items)}"), "bold")
        for item in items[:MOST_SHOWN]:
            show.line(f"  {_head(item, given.language)}")
            for change in _changes(found, item, given.language):
                show.line(f"    {change[0]}{tell('：', ': ')}{change[1]} → {change[2]}")
        _rest(given, len(items))
    same, left_out = draft.unchanged.total(), len(draft.missing)
    show.line(tell(f"未变：{same}", f"Unchanged: {same}"), "bold")
    title = tell("文件中没有（保留）", "Not in the file (kept)")
    show.line(tell(f"{title}：{left_out}", f"{title}: {left_out}"), "bold")
    if left_out:
        names = [one.name.said(given.language) or one.id for one in draft.missing[:MOST_SHOWN]]
        show.line(f"  {tell('、', ', ').join(names)}")
    _rest(given, left_out)
    remarks = sorted(_remarks(found, reading), key=lambda one: one.grave)
    for remark in remarks[-MOST_SHOWN:]:
        kind = tell("错误", "Fault") if remark.grave else tell("提示", "Note")
        show.line(f"{kind}{tell('：', ': ')}{remark.said(given.language)}", _style(remark))
    _rest(given, len(remarks))


def facts(given: Given, found: Preview, reading: "Reading", profile: str) -> dict[str, Any]:
    """The preview as scripts read it."""
    draft = found.draft
    return {
        "new": [_item(one) for one in draft.new],
        "changed": [
            {
                **_item(one),
                "fields": [
                    {"field": field, "from": before, "to": after}
                    for field, (_, before, after) in zip(
                        (name for name, _, _ in one.fields),
                        _changes(found, one, given.language),
                        strict=True,
                    )
                ],
            }
            for one in draft.changed
        ],
        "unchanged": dict(draft.unchanged),
        "missing": [_item(one) for one in draft.missing],
        "removed": [_item(one) for one in draft.removed],
        "remarks": [_remark(one) for one in _remarks(found, reading)],
        "sheets": reading.sheets,
        "mapping": reading.mapping,
        "profile": profile or None,
    }


def _remarks(found: Preview, reading: "Reading") -> list[Remark]:
    return [*reading.remarks, *found.draft.remarks]


def _remark(one: Remark) -> dict[str, Any]:
    return {
        "fault": one.grave,
        "sheet": one.place.sheet,
        "row": one.place.row or None,
        "cell": one.place.cell or None,
        "said": {"zh": one.said("zh"), "en": one.said("en")},
    }


def _item(one: Item) -> dict[str, Any]:
    name = {"zh": one.name.zh, "en": one.name.en}
    place = {"sheet": one.place.sheet, "row": one.place.row} if one.place else {}
    return {"kind": one.kind, "id": one.id, "name": name, **place}


def _head(item: Item, language: str) -> str:
    section = SECTION_NAMES[item.kind].said(language)
    name = item.name.said(language)
    named = f"{name} ({item.id})" if language == "en" else f"{name}（{item.id}）"
    head = f"{section} {named if name else item.id}".rstrip()
    comma = "，" if language == "zh" else ", "
    return f"{head}{comma}{item.place.said(language)}" if item.place else head


def _changes(found: Preview, item: Item, language: str) -> Iterator[tuple[str, str, str]]:
    """Each field, what it was and what it becomes; other people's lines as far as may be seen."""
    hide = item.kind in ("people", "liaisons") and not found.sight.has(item.id)
    for path, before, after in item.fields:
        field, _, of_language = path.partition(".")
        name = FIELD_NAMES.get(field, Words(field, field)).said(language)
        note = LANGUAGES[of_language].said(language) if of_language else ""
        old, new = (_value(field, one, language, hide) for one in (before, after))
        yield f"{name}{note}", old, new


def _value(field: str, value: Any, language: str, hide: bool) -> str:
    if hide and field in PHONES and value:
        return masked(value)
    return said("" if value is None else value, hide).said(language)


def _rest(given: Given, count: int) -> None:
    if count > MOST_SHOWN:
        left = count - MOST_SHOWN
        show.line(given.said(f"  另有{left}条，见 --json。", f"  {left} more; see --json."))


def _style(remark: Remark) -> str:
    return "red" if remark.grave else ""
