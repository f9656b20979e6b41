"""From Slack's payloads to requests, and from replies to messages that Slack takes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.slack.blocks import BLOCKS_LIMIT, MESSAGE_LIMIT, SECTION_LIMIT, URL_LIMIT, escape
from adapters.slack.translate import Place, to_identity, to_payload, to_place, to_request, to_share
from bot.reply import Action, Line, Outcome, Reply, SourceLine
from bot.request import Request
from tests.adapters.slack_platform import heard
from tests.fakes.slack import BOT_USER, VALUE, mistake, payload


def a_source(
    title: str = "On backups", url: str = "https://example.org/a", publisher: str = "Invented Press"
) -> SourceLine:
    return SourceLine(1, title, publisher, "18 June 2008", "think tank", url)


def request_of(name: str, **event: Any) -> Request:
    body = payload(name)
    body.get("event", body).update(event)
    return to_request(body, BOT_USER)


def shown(reply: Reply, share: Action | None = None) -> list[dict[str, Any]]:
    """The messages of a reply, each of which Slack would take."""
    messages = list(to_payload(reply, share))
    assert [mistake(message) for message in messages] == [""] * len(messages)
    assert all(len(message["text"]) <= MESSAGE_LIMIT for message in messages)
    return messages


# Requests


@pytest.mark.parametrize(
    ("name", "conversation"),
    [
        ("slash_command", "slack:T0CLUB:C0HALL:U0MINA"),
        ("app_mention", "slack:T0CLUB:C0HALL:1700000100.000100"),
        ("message_im", "slack:T0CLUB:D0MINA:U0MINA"),
    ],
)
def test_what_is_typed_anywhere_becomes_the_same_request(name: str, conversation: str) -> None:
    expected = Request("slack", text="ask why does China support North Korea?", conversation=conversation)
    assert request_of(name) == expected


def test_a_thread_is_a_conversation_of_its_own() -> None:
    for name, channel in (("app_mention", "C0HALL"), ("message_im", "D0MINA")):
        conversation = request_of(name, thread_ts="1600000000.000001").conversation
        assert conversation == f"slack:T0CLUB:{channel}:1600000000.000001"


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [
        ("R&amp;D &lt;now&gt;", "R&D <now>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<@U0BOT> why?", "why?"),
        ("<@U0BOT>: why?", "why?"),
        ("why, <@U0BOT>, why?", "why, , why?"),
        ("ask <@U0ANNA> and <@U0ANNA|anna>", "ask someone and @anna"),
        ("in <#C0HALL|hall> or <#C0SHED> or <#C0SHED|>", "in #hall or a channel or a channel"),
        ("<!here> <!channel|channel> <!subteam^S1|@desk> <!subteam^S1>", "@here channel @desk a group"),
        ("see <https://example.org/?a=1&amp;b=2|this page>", "see https://example.org/?a=1&b=2"),
        ("see <https://example.org>", "see https://example.org"),
        ("to <mailto:a@example.org|a@example.org>", "to a@example.org"),
        ("<!date^1700000000^{date}|14 November 2023>", "14 November 2023"),
        ("  two\nlines\u00a0here ", "two lines here"),
        ("a &lt; b and c > d", "a < b and c > d"),
    ],
)
def test_slack_markup_is_read_as_plain_words(escaped: str, plain: str) -> None:
    assert request_of("message_im", text=escaped).text == plain


@pytest.mark.parametrize("name", ["slash_command", "app_mention", "message_im"])
def test_no_word_at_all_asks_for_help(name: str) -> None:
    assert request_of(name, text="<@U0BOT> ").text == "help"


def test_a_button_asks_with_what_it_was_made_of() -> None:
    assert request_of("block_actions") == Request(
        "slack", text="anything", command="ask", conversation="slack:T0CLUB:C0HALL:1700000100.000100"
    )


def test_sharing_asks_the_same_again_outside_the_talk() -> None:
    assert request_of("block_actions_ephemeral") == Request("slack", text="ask anything")


# Places


def test_answers_belong_where_the_question_stands() -> None:
    command, press, share = payload("slash_command"), payload("block_actions"), payload("block_actions_ephemeral")
    assert to_place(command) == Place("C0HALL", "U0MINA", response_url=command["response_url"])
    assert to_place(payload("app_mention")) == Place("C0HALL", "U0MINA", "1700000100.000100")
    assert to_place(payload("message_im")) == Place("D0MINA", "U0MINA")
    assert to_place(press) == Place("C0HALL", "U0MINA", "1700000100.000100")
    assert to_place(share) == Place("C0HALL", "U0MINA", response_url=share["response_url"], public=True)


def test_identity_is_that_of_the_message_not_of_its_delivery() -> None:
    mention = payload("app_mention")
    assert to_identity(mention) == to_identity(mention | {"event_id": "Ev0OTHER"})
    names = ("slash_command", "app_mention", "message_im", "block_actions", "block_actions_ephemeral")
    assert len({to_identity(payload(name)) for name in names}) == len(names)


# Messages


def test_a_reply_shows_its_words_in_order() -> None:
    reply = Reply(
        (
            Line("Why China supports North Korea", style="heading"),
            Line("China fears a collapse.", (1, 2)),
            Line("one", style="item"),
            Line("two", (2,), style="item"),
            Line("As of January 2013.", style="quiet"),
        ),
        (a_source(), SourceLine(2, "R&D <2>", "P & Q", "2013", "news", "https://example.org/b?x=1&y=2")),
        (Action("Related", "ask", "related"),),
    )
    [message] = shown(reply)
    assert heard([message]).words == "\n".join([reply.text, *(source.words for source in reply.sources)])
    assert heard([message]).links == ("https://example.org/a", "https://example.org/b?x=1&y=2")
    kinds = [block["type"] for block in message["blocks"]]
    assert kinds == ["rich_text", "rich_text", "rich_text", "context", "context", "context", "actions"]
    source = message["blocks"][4]["elements"][0]
    assert source["text"] == "[1] <https://example.org/a|On backups> – Invented Press, 18 June 2008 (think tank)"


@pytest.mark.parametrize("sign", ["*a*", "_a_", "~a~", "`a`", ":tada:", "> a", "a|b"])
def test_markup_in_a_source_or_a_quiet_line_stays_words(sign: str) -> None:
    reply = Reply((Line(sign, style="quiet"),), (a_source(title=sign, publisher=sign),))
    [message] = shown(reply)
    assert heard([message]).words == f"{sign}\n{reply.sources[0].words}"
    assert heard([message]).links == (reply.sources[0].url,)


def test_a_bare_address_or_a_name_in_a_quiet_line_is_not_made_a_link() -> None:
    [message] = shown(Reply((Line("see https://example.org, @here and #hall", style="quiet"),)))
    assert message["blocks"][0]["elements"][0]["verbatim"] is True
    assert heard([message]).links == ()


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/a|b", "https://example.org/a%7Cb"),
        ("https://example.org/a>b<c", "https://example.org/a%3Eb%3Cc"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/" + "a" * (URL_LIMIT - 20), "https://example.org/" + "a" * (URL_LIMIT - 20)),
    ],
)
def test_no_address_breaks_its_link(url: str, followed: str) -> None:
    assert heard(shown(Reply((Line("x"),), (a_source(url=url),)))).links == (followed,)


def test_an_address_that_is_too_long_is_left_out_and_its_source_stays() -> None:
    source = a_source(url="https://example.org/" + "a" * URL_LIMIT)
    seen = heard(shown(Reply((Line("x"),), (source,))))
    assert (seen.words, seen.links) == (f"x\n{source.words}", ())


@pytest.mark.parametrize("style", ["heading", "body", "item", "quiet"])
@pytest.mark.parametrize("sign", ["a", "&", "中"])
def test_a_line_is_cut_only_above_the_limit(style: Any, sign: str) -> None:
    room = (SECTION_LIMIT - len(Line("", style=style).words)) // len(escape(sign))
    for length, blocks in ((room - 1, 1), (room, 1), (room + 1, 2)):
        messages = shown(Reply((Line(sign * length, style=style),)))
        assert sum(len(message["blocks"]) for message in messages) == blocks
        assert "".join(heard(messages).words.split()) == "".join(Line(sign * length, style=style).words.split())


def test_a_message_is_full_at_the_limit_and_not_before() -> None:
    for over, messages in ((-1, 1), (0, 1), (1, 2)):
        lines = (Line("a" * 2000), Line("b" * (MESSAGE_LIMIT - 2002 + over)))
        seen = shown(Reply(lines))
        assert len(seen) == messages
        assert heard(seen).words == "\n".join(line.text for line in lines)


def test_many_lines_and_sources_keep_within_the_blocks_of_a_message() -> None:
    reply = Reply(tuple(Line(f"line {n}") for n in range(120)), tuple(a_source(f"t{n}") for n in range(60)))
    messages = shown(reply)
    assert all(len(message["blocks"]) <= BLOCKS_LIMIT for message in messages)
    assert heard(messages).words == "\n".join([reply.text, *(source.words for source in reply.sources)])


def test_a_source_longer_than_a_block_keeps_its_words() -> None:
    source = a_source(title="word " * 1000 + "end")
    assert heard(shown(Reply((Line("x"),), (source,)))).words.replace("\n", " ") == f"x {source.words}"


def test_empty_lines_are_left_out_and_an_empty_reply_is_no_message() -> None:
    assert heard(shown(Reply((Line(""), Line(" "), Line("x"))))).words == "x"
    assert shown(Reply(())) == []


def test_buttons_carry_their_question_and_differ_from_each_other() -> None:
    actions = tuple(Action("Same", "ask", "R&D <same>") for _ in range(30))
    [message] = shown(Reply((Line("x"),), actions=(*actions, Action("L" * 80, "help", ""))))
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    assert [len(row) for row in rows] == [25, 6]
    assert len({button["action_id"] for row in rows for button in row}) == 31
    assert "&" not in rows[0][0]["value"]
    assert len(rows[1][-1]["text"]["text"]) == 75


def test_only_what_holds_is_offered_for_sharing() -> None:
    taken: tuple[Outcome, ...] = ("answered", "declined")
    for outcome in taken:
        reply = Reply((), outcome=outcome, asked="and what it leans on")
        assert to_share(reply) == Action("Share", "", "and what it leans on")
    left: tuple[Outcome, ...] = ("failed", "refused")
    for outcome in left:
        assert to_share(Reply((), outcome=outcome, asked="x")) is None


@pytest.mark.parametrize(("length", "buttons"), [(VALUE, ("Share",)), (VALUE + 1, ())])
def test_a_question_too_long_for_a_button_is_not_offered_for_sharing(length: int, buttons: tuple[str, ...]) -> None:
    assert heard(shown(Reply((Line("x"),)), Action("Share", "", "a" * length))).buttons == buttons


def test_nothing_in_a_message_can_notify_anybody() -> None:
    text = "<!channel> <!here|here> <@U1> @everyone <https://example.org|x>"
    reply = Reply(
        (Line(text), Line(text, style="quiet"), Line(text, style="item")), (a_source(title=text, publisher=text),)
    )
    for message in shown(reply):
        assert "<" not in message["text"]
        mrkdwn = [each for block in message["blocks"] if block["type"] == "context" for each in block["elements"]]
        assert all("<!" not in each["text"] and "<@" not in each["text"] for each in mrkdwn)
        rich = json.dumps([block for block in message["blocks"] if block["type"] == "rich_text"])
        assert not {'"user"', '"broadcast"', '"usergroup"', '"channel"', '"emoji"'} & set(rich.split())
