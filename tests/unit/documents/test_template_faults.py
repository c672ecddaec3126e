"""What `check` finds in templates: each fault at its line, with the mend in both languages."""

import shutil

import pytest

from responder.documents.template_faults import NEEDED, faults_of
from tests.unit.documents.samples import LANGUAGES, TEMPLATES


@pytest.fixture
def folder(tmp_path):
    """The sample site's templates, to be spoilt."""
    shutil.copytree(TEMPLATES.parent, tmp_path / "templates")
    return tmp_path / "templates"


def test_the_sample_is_clean():
    assert list(faults_of(TEMPLATES.parent)) == []


FIRST = "应急，{{ title }}。\n{{ code }}\n"
PLANTED = {
    "an open tag": ("{{ trouble", 3, "cannot be read"),
    "a tag without its end": ("{% if deadline %}", 3, "cannot be read"),
    "an unknown filter": ("{{ code|levle_sms }}", 3, "No filter named"),
    "an unknown name": ("{{ titel }}", 3, "Did you mean title?"),
    "a name in a branch not taken": (
        "{% if not at %}{{ nxt }}{% endif %}",
        3,
        "Did you mean next?",
    ),
    "a fact of another purpose": ("{{ question }}", 3, "no “question”"),
    "reaching behind a word": ("{{ ''.__class__.__mro__ }}", 3, "none may"),
    "asking a word for what it has not": ("{{ title.no_such_thing }}", 3, "no_such_thing"),
    "repeating without end": ("{{ 'x' * 10000000000 }}", 3, "none may"),
    "a loop by a number": ("{% for i in range(9) %}{{ i }}{% endfor %}", 3, "no “range”"),
    "dividing by nothing": ("{{ 1 // 0 }}", 3, "ZeroDivisionError"),
    "a part that is gone": ("{% include 'gone.j2' %}", 3, "no template “gone.j2”"),
    "too many words": ("请您立即赶赴现场处置。" * 7, 1, "It takes 2 SMS"),
    "too many words in a drill alone": (
        "{% if drill %}" + "请按演练方案处置。" * 7 + "{% endif %}",
        1,
        "SMS in a drill",
    ),
}


@pytest.mark.parametrize(("text", "line", "said"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found_at_its_line(folder, text, line, said):
    (folder / "messages/zh/page.sms.j2").write_text(FIRST + text, encoding="utf-8")
    found = list(faults_of(folder))
    assert {(one.file, one.line) for one in found} == {("messages/zh/page.sms.j2", line)}
    assert any(said in f"{one.what.en} {one.mend.en}" for one in found), found
    assert all(one.what.zh and one.mend.zh for one in found)
    assert {one.is_grave for one in found} == {"SMS" not in said}


def test_every_template_is_rendered(folder):
    """None is passed over: the fault shows in each purpose, form and language."""
    spoilt = sorted((folder / "messages").glob("*/*.j2"))
    for path in spoilt:
        path.write_text("{{ code.nothing_of_the_kind }}", encoding="utf-8")
    found = [(one.file, one.is_grave) for one in faults_of(folder)]
    assert found == [(path.relative_to(folder).as_posix(), True) for path in chinese_first(spoilt)]


def chinese_first(paths):
    """Chinese first, as findings come."""
    return sorted(paths, key=lambda path: (path.parent.name != "zh", path.name))


def test_an_empty_template_says_nothing(folder):
    (folder / "messages/en/page.sms.j2").write_text(" {# later #}\n", encoding="utf-8")
    (found,) = faults_of(folder)
    assert (found.line, found.what.en) == (1, "The template says nothing")


def test_a_file_in_another_encoding(folder):
    path = folder / "messages/zh/page.chat.j2"
    path.write_bytes("{{ code }}\n应急".encode("gbk"))
    (found,) = faults_of(folder)
    assert (found.line, found.what.en) == (2, "This is not text in UTF-8")


def test_a_template_in_one_language_alone(folder):
    """Whoever reads the other one is told something else, or in fewer words."""
    (folder / "messages/en/page.email.j2").unlink()
    (found,) = faults_of(folder)
    assert (found.file, found.is_grave) == ("messages/en/page.email.j2", False)
    assert "counterpart in English" in found.what.en


def test_a_template_that_nobody_wrote(folder):
    """What no other template stands in for is missed in both languages."""
    for language in LANGUAGES:
        (folder / "messages" / language / "page.voice.j2").unlink()
    found = {one.file: one.what.en for one in faults_of(folder)}
    assert set(found) == {f"messages/{language}/page.voice.j2" for language in LANGUAGES}
    assert all("built-in sentence" in said for said in found.values())


def test_a_site_without_templates(tmp_path):
    """Built-in sentences stand in for all of them, and that is said of each."""
    found = list(faults_of(tmp_path / "templates"))
    assert len(found) == len(NEEDED) * len(LANGUAGES)
    assert not any(one.is_grave for one in found)


def test_a_template_without_a_purpose(folder):
    for language in LANGUAGES:
        (folder / "messages" / language / "pgae.sms.j2").write_text("x", encoding="utf-8")
    found = list(faults_of(folder))
    assert [one.file for one in found] == [f"messages/{x}/pgae.sms.j2" for x in LANGUAGES]
    assert all("page.sms.j2" in one.mend.en for one in found)


def test_a_part_of_others_has_no_purpose_and_is_read(folder):
    """A name that begins with `_` is a part; a fault in it is found in it."""
    part = folder / "messages/zh/_end.j2"
    part.write_text("编号{{ code }}", encoding="utf-8")
    assert list(faults_of(folder)) == []
    part.write_text("编号\n{{ cdoe }}", encoding="utf-8")
    assert [(one.file, one.line) for one in faults_of(folder)] == [("messages/zh/_end.j2", 2)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("{{ no\n", 1), ("一\n{% block a %}", 2), ('{% extends "_gone.txt.j2" %}', 1)],
)
def test_a_notice_that_cannot_be_read(folder, text, line):
    """Its facts are an incident's; that it can be read is known before there is one."""
    (folder / "notices/zh/ddos.first.txt.j2").write_text(text, encoding="utf-8")
    (found,) = faults_of(folder)
    assert (found.file, found.line) == ("notices/zh/ddos.first.txt.j2", line)
