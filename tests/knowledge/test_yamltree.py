"""YAML text -> nodes that know their line, or a TreeError; never anything else."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.yamltree import DEEPEST, Mapping, Node, Scalar, Sequence, TreeError, parse

TEXT = """\
# a comment
first: one
list:
  - a
  - {b: c}
"long":
  - two words
    on two lines
"""


def mistake(text: str) -> TreeError:
    with pytest.raises(TreeError) as caught:
        parse(text)
    return caught.value


def mapping(text: str) -> Mapping:
    node = parse(text)
    assert isinstance(node, Mapping)
    return node


def test_every_node_knows_its_line() -> None:
    node = mapping(TEXT)
    assert [(key.text, key.line, value.line) for key, value in node.items] == [
        ("first", 2, 2),
        ("list", 3, 4),
        ("long", 6, 7),
    ]
    listed = node.items[1][1]
    assert isinstance(listed, Sequence)
    assert listed.items == (Scalar("a", 4), Mapping(((Scalar("b", 5), Scalar("c", 5)),), 5))


def test_text_on_several_lines_is_one_text() -> None:
    assert mapping(TEXT).items[2][1] == Sequence((Scalar("two words on two lines", 7),), 7)


@pytest.mark.parametrize("text", ["no", "yes", "2013-01", "1718", "0x1F", "1e3", "null x", "=", "<<"])
def test_every_value_stays_text(text: str) -> None:
    assert parse(f"key: {text}") == Mapping(((Scalar("key", 1), Scalar(text, 1)),), 1)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_value_that_was_left_out_is_empty_and_a_quoted_one_is_not(nothing: str) -> None:
    [(_, left_out)] = mapping(f"key: {nothing}").items
    [(_, quoted)] = mapping(f"key: '{nothing}'").items
    assert isinstance(left_out, Scalar)
    assert isinstance(quoted, Scalar)
    assert (left_out.empty, quoted.empty) == (True, False)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "# only a comment", "---", "---\n...", "~", "null"])
def test_a_file_with_nothing_in_it_is_nothing(text: str) -> None:
    assert parse(text) is None


def test_a_key_that_stands_twice_is_kept_twice() -> None:
    assert [key.text for key, _ in mapping("a: 1\nb: 2\na: 3").items] == ["a", "b", "a"]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: !!python/object/apply:os.system [ls]", 1, "the tag tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: b\nc: !!binary aGk=", 2, "the tag tag:yaml.org,2002:binary"),
        ("a: !mine b", 1, "the tag !mine"),
        ("a: ! b", 1, "the tag !"),
        ("!!map\na: b", 1, "the tag tag:yaml.org,2002:map"),
        ("a: &x b", 1, "anchors and aliases"),
        ("a: &x b\nc: *x", 1, "anchors and aliases"),
        ("a: b\nc: *x", 2, "anchors and aliases"),
        ("a: &x [*x]", 1, "anchors and aliases"),
        ("<<: *base", 1, "anchors and aliases"),
        ("--- a\n--- b", 2, "a second document"),
        ("---\n---\na: b", 2, "a second document"),
        ("a: b\n---\n", 2, "a second document"),
        ("? [a, b]\n: c", 1, "a key is a list or a mapping"),
        ("a: b\n? {c: d}\n: e", 2, "a key is a list or a mapping"),
        ("a: b\nc: \x07", 2, "there is a control character (U+0007)"),
        ("é: ü\n\n\nc: \x00", 4, "there is a control character (U+0000)"),
        ("a: \x1b[31m", 1, "there is a control character (U+001B)"),
        ("a: b\n\ufffe", 2, "there is a control character (U+FFFE)"),
        ("a: \ud800", 1, "there is a control character (U+D800)"),
        ("a: b\n\tc: d", 2, "this is not YAML"),
        ("a: b: c", 1, "this is not YAML"),
        ("a: 'b", 1, "this is not YAML"),
        ("a: b\n  c: d", 2, "this is not YAML"),
        ("a:\n  - b\n c: d", 3, "this is not YAML"),
        ("@a", 1, "this is not YAML"),
        ('a: "\\ud800"', 1, "this is not YAML"),
        ("%YAML 3.0\n---\na: b", 1, "this is not YAML"),
    ],
)
def test_what_is_not_plain_content_is_refused_with_its_line(text: str, line: int, problem: str) -> None:
    error = mistake(text)
    assert error.line == line
    assert error.problem.startswith(problem)
    assert error.remedy


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert mistake("\n".join(lines)).problem.startswith("anchors and aliases")


def test_nesting_ends_where_the_format_could_never_need_more() -> None:
    assert parse("[" * DEEPEST + "]" * DEEPEST) is not None
    assert mistake("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).problem == f"nesting is deeper than {DEEPEST} levels"


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[{a: "])
def test_nesting_without_end_does_not_end_the_process(opening: str) -> None:
    """In a process of its own, as a stack that overflows in C takes the whole process with it."""
    program = (
        "import sys\n"
        "from knowledge.yamltree import TreeError, parse\n"
        "try:\n    parse(sys.argv[1] * 100_000)\n"
        "except TreeError as error:\n    print(error.problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, opening], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"nesting is deeper than {DEEPEST} levels\n"


def texts_of(node: Node | None) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text]
    if isinstance(node, Sequence):
        return [text for item in node.items for text in texts_of(item)]
    return [] if node is None else [text for key, value in node.items for text in [key.text, *texts_of(value)]]


@given(st.text() | st.text(alphabet=" \n\t:-?[]{}&*!|>'\"%@`#,ab\x00\x85\u2028\ufeff", max_size=60))
def test_any_text_is_either_read_or_refused_in_words(text: str) -> None:
    try:
        texts = texts_of(parse(text))
    except TreeError as error:
        texts = [error.problem, error.remedy]
    assert all(isinstance(each, str) for each in texts)
