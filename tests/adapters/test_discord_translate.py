"""Replies to Discord's markdown: what people see is what the reply says, within Discord's limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.markup import escape, link
from adapters.discord.translate import (
    BUTTONS_LIMIT,
    CONTENT_LIMIT,
    CUSTOM_ID_LIMIT,
    LABEL_LIMIT,
    SHARE,
    Payload,
    to_payload,
)
from bot.reply import KEY_LIMIT, Action, Line, Reply, SourceLine, Style
from tests.fakes.discord_markdown import shown

STYLES: tuple[Style, ...] = ("heading", "body", "item", "quiet")

# Whatever means something to Discord, letters, digits, and letters beyond ASCII.
texts = st.text("\\*_~|`[](){}<>@#:/-+.!&=1 0ab中국é’", max_size=60)
PIECES = "@everyone¦<@1>¦<#1>¦<@&1>¦<t:1:R>¦</cnk:1>¦<:a:1>¦:smile:¦[x](http://evil.example)¦https://evil.example/a_b"
MARKS = "discord.gg/abc¦```¦**¦__¦~~¦||¦-# ¦# ¦### ¦> ¦>>> ¦1. ¦2) ¦- ¦* ¦ "
pieces = st.sampled_from([*PIECES.split("¦"), *MARKS.split("¦")])
hostile = st.one_of(texts, st.lists(st.one_of(pieces, texts), max_size=8).map("".join))
sources = st.builds(
    SourceLine,
    number=st.integers(1, 99),
    title=hostile,
    publisher=hostile,
    published=st.just("18 June 2008"),
    kind=st.just("think tank"),
    url=hostile.map(lambda rest: "https://example.org/" + rest),
)
fixed = settings(deadline=None, database=None, derandomize=True)


def read(payloads: tuple[Payload, ...]) -> str:
    return "\n".join(shown(payload.content).words for payload in payloads)


@fixed
@given(hostile)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    seen = shown(escape(text))
    assert (seen.words, seen.links, seen.markup) == (text, [], set())


@fixed
@given(hostile.map(str.strip).filter(bool), st.sampled_from(STYLES))
def test_a_line_looks_like_its_words(text: str, style: Style) -> None:
    line = Line(text, (1, 12), style)
    (payload,) = to_payload(Reply((line,)))
    seen = shown(payload.content)
    assert seen.words == line.words
    assert seen.links == []
    assert seen.markup == {"heading": {"bold"}, "quiet": {"subtext"}}.get(style, set())


@fixed
@given(sources)
def test_a_source_looks_like_its_words_and_has_one_link(source: SourceLine) -> None:
    (payload,) = to_payload(Reply((Line("x"),), (source,)))
    seen = shown(payload.content)
    assert seen.words == f"x\n{source.words}"
    assert len(seen.links) == bool(source.title.strip("[] "))
    assert seen.markup <= {"subtext", "link"}


def test_a_source_is_written_as_people_know_it() -> None:
    source = SourceLine(1, "A pact", "Example Council", "18 June 2008", "think tank", "https://example.org/a(b)>c d")
    (payload,) = to_payload(Reply((Line("Yes.", (1,)),), (source,)))
    assert payload.content == (
        "Yes. \\[1\\]\n-# \\[1\\] [A pact](<https://example.org/a%28b%29%3Ec%20d>)"
        " – Example Council, 18 June 2008 (think tank)"
    )


@pytest.mark.parametrize(
    ("title", "linked"),
    [
        ("Resolution 2375 [adopted]", "Resolution 2375 "),
        ("A lone ] bracket", " bracket"),
        ("[Untitled", "Untitled"),
        ("Plain *title*", "Plain *title*"),
    ],
)
def test_a_bracket_in_a_title_does_not_undo_the_link(title: str, linked: str) -> None:
    seen = shown(link(title, "https://example.org"))
    assert (seen.words, seen.links) == (title, ["https://example.org"])
    assert f"[{escape(linked)}](<https://example.org>)" in link(title, "https://example.org")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "example.org", "file:///etc/passwd"])
def test_what_is_no_web_address_is_not_linked(url: str) -> None:
    assert link("Title", url) == "Title"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("difference", [-1, 0, 1])
def test_the_limit_is_used_to_its_last_character(style: Style, difference: int) -> None:
    dress = len(to_payload(Reply((Line("x", style=style),)))[0].content) - 1
    text = ("word " * CONTENT_LIMIT)[: CONTENT_LIMIT - dress + difference - 1] + "."
    payloads = to_payload(Reply((Line(text, style=style),)))
    assert len(payloads) == (2 if difference > 0 else 1)
    assert all(len(payload.content) <= CONTENT_LIMIT for payload in payloads)
    assert read(payloads).replace("\n", " ") == Line(text, style=style).words


@settings(fixed, max_examples=25)
@given(
    st.lists(st.builds(Line, hostile.map(lambda text: text * 40), st.just((1,)), st.sampled_from(STYLES)), max_size=6),
    st.lists(sources, max_size=3),
)
def test_nothing_is_lost_however_long(lines: list[Line], cited: list[SourceLine]) -> None:
    payloads = to_payload(Reply(tuple(lines), tuple(cited)))
    assert all(0 < len(payload.content) <= CONTENT_LIMIT for payload in payloads)
    words = "\n".join([*(line.words for line in lines), *(source.words for source in cited)])
    assert "".join(read(payloads).split()) == "".join(words.split())


def test_a_line_that_is_cut_keeps_its_style() -> None:
    heading, quiet = Line("A long *heading*. " * 200, style="heading"), Line("Small print. " * 300, style="quiet")
    for payload in to_payload(Reply((heading, quiet))):
        for row in payload.content.split("\n"):
            assert row.startswith("-# Small") or (row.startswith("**A") and row.endswith("**"))


def test_lines_stay_whole_where_they_can() -> None:
    lines = tuple(Line(f"{number} " + "x" * 900) for number in range(5))
    assert [payload.content.count("\n") for payload in to_payload(Reply(lines))] == [1, 1, 0]


def test_a_monstrous_title_is_told_without_its_link() -> None:
    source = SourceLine(1, "A title. " * 400, "Press", "2013", "news", "https://example.org/" + "x" * 30)
    payloads = to_payload(Reply((Line("Yes.", (1,)),), (source,)))
    assert "".join(read(payloads).split()) == "".join(f"Yes. [1] {source.words}".split())
    assert all("](" not in payload.content for payload in payloads)


@pytest.mark.parametrize(
    "reply", [Reply(()), Reply((Line(""),)), Reply((Line(" "), Line("")), (), (Action("a", "b", ""),))]
)
def test_a_reply_without_words_is_no_message(reply: Reply) -> None:
    assert to_payload(reply) == ()


def test_an_empty_line_parts_two_paragraphs() -> None:
    (payload,) = to_payload(Reply((Line("One."), Line(""), Line("Two."))))
    assert payload.content == "One.\n\nTwo."


def test_buttons_sit_under_the_last_message_within_discords_limits() -> None:
    actions = tuple(Action(f"{'L' * 90}{n}", "topic", "x" * (KEY_LIMIT - 9) + f"{n:03}") for n in range(40))
    reply = Reply((Line("word " * 1000),), (), (*actions, actions[0], Action("too long", "topic", "x" * 200)))
    *first, last = to_payload(reply, private=True)
    assert [[button.custom_id for button in payload.buttons] for payload in first] == [[SHARE]] * len(first)
    assert len(last.buttons) == BUTTONS_LIMIT
    assert last.buttons[-1].custom_id == SHARE
    assert all(len(button.label) <= LABEL_LIMIT and len(button.custom_id) <= CUSTOM_ID_LIMIT for button in last.buttons)
    assert len({button.custom_id for button in last.buttons}) == BUTTONS_LIMIT
