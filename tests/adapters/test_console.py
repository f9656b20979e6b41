from __future__ import annotations

import json

import pytest

from adapters.console import questions_in, to_json, to_record, to_request, to_text
from bot.reply import Action, Line, Reply, SourceLine

SOURCE = SourceLine(1, "A title", "A publisher", "June 2008", "think tank", "https://example.org/a")
REPLY = Reply(
    lines=(
        Line("A heading", style="heading"),
        Line("A statement that is long enough to be wrapped.", (1,)),
        Line("one", (1,), "item"),
        Line("two", (1,), "item"),
        Line("As of June 2008.", style="quiet"),
    ),
    sources=(SOURCE,),
    actions=(Action("More of it", "topics", "it"), Action("Browse", "topics", "")),
)
SHOWN = """\
A heading

A statement that is long enough to be wrapped. [1]

• one [1]
• two [1]

As of June 2008.

[1] A title – A publisher, June 2008 (think tank)
    https://example.org/a

Ask next:
  topics it  (More of it)
  topics  (Browse)"""


def test_a_reply_is_shown_with_its_sources_and_what_to_ask_next() -> None:
    assert to_text(REPLY) == SHOWN


def test_colour_changes_no_word() -> None:
    coloured = to_text(REPLY, colour=True)
    assert coloured != SHOWN
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == SHOWN


def test_lines_are_wrapped_to_the_terminal_and_lose_no_word() -> None:
    wrapped = to_text(REPLY, width=24)
    assert max(map(len, wrapped.partition("Ask next")[0].splitlines())) <= 25
    assert wrapped.split() == SHOWN.split()


def test_a_reply_without_sources_or_actions_is_just_its_lines() -> None:
    assert to_text(Reply((Line("Only this."),))) == "Only this."


def test_json_holds_the_whole_reply() -> None:
    record = json.loads(to_json(REPLY))
    assert record["answer"] == REPLY.text
    assert record["outcome"] == "answered"
    assert record["sources"][0]["url"] == "https://example.org/a"


def test_a_record_has_the_text_of_a_chat_without_the_sources() -> None:
    assert to_record("a", REPLY, 1.23456) == {
        "id": "a",
        "answer": REPLY.text,
        "citations": ["https://example.org/a"],
        "declined": False,
        "ms": 1.235,
    }
    assert to_record(1, Reply((Line("No."),), outcome="declined"), 0.0)["declined"] is True


def test_a_typed_line_is_a_request() -> None:
    request = to_request("why?", "here")
    assert (request.platform, request.text, request.conversation) == ("console", "why?", "here")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ('{"id": 1, "q": "why?"}', [(1, "why?")]),
        ('{"id": "a", "q": "", "extra": true}', [("a", "")]),
        ('{"id": "t", "turns": [{"id": "t1", "q": "a"}, {"id": "t2", "q": "b"}]}', [("t1", "a"), ("t2", "b")]),
    ],
)
def test_a_line_of_a_batch_is_a_question_or_a_conversation(line: str, asked: list[tuple[object, str]]) -> None:
    assert list(questions_in(line)) == asked


@pytest.mark.parametrize(
    "line",
    [
        "why?",
        "[]",
        "null",
        '"text"',
        "{}",
        '{"q": "why?"}',
        '{"id": 1}',
        '{"id": 1, "q": 2}',
        '{"id": null, "q": "a"}',
        '{"id": true, "q": "a"}',
        '{"id": 1, "turns": []}',
        '{"id": 1, "turns": "x"}',
        '{"id": 1, "turns": [{"id": 2, "q": "fine"}, {"q": "no id"}]}',
        '{"id": 1, "turns": [3]}',
        '{"id": 1, "q": "a"',
        "[" * 100_000,
    ],
)
def test_a_malformed_line_is_told_and_gives_nothing(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        list(questions_in(line))
