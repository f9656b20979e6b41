from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.app import SUGGESTIONS, Bot
from bot.commands.command import Command, Option
from bot.context import Context
from bot.errors import UsageError
from bot.reply import Line, Reply, Suggestion
from bot.request import Request


class Claims:
    """Claims in a set; or none can be written down."""

    def __init__(self, broken: bool = False) -> None:
        self.taken: set[str] = set()
        self.broken = broken

    def claim(self, identity: str) -> bool:
        if self.broken:
            raise OSError("disk full")
        new = identity not in self.taken
        self.taken.add(identity)
        return new


def echo(context: str, options: Mapping[str, str]) -> Reply:
    return Reply((Line(f"{context}: {options['text']}"),))


def fail(context: str, options: Mapping[str, str]) -> Reply:
    raise RuntimeError("the secret inside")


def refuse(context: str, options: Mapping[str, str]) -> Reply:
    raise UsageError("Write it the other way round.")


def suggest(context: str, typed: str) -> tuple[Suggestion, ...]:
    if typed == "boom":
        raise RuntimeError(typed)
    return tuple(Suggestion(f"{typed}{number}", str(number)) for number in range(100))


TEXT: Option[str] = Option("text", "some text", required=True, suggest=suggest)
TABLE = (
    Command("echo", "Say it", "echo hello", (TEXT,), echo, lambda context, line: {"text": line}),
    Command("fail", "Fail", "fail", (), fail, lambda context, line: None if line else {}),
    Command("refuse", "Refuse", "refuse", (), refuse, lambda context, line: {}),
)


def made(broken: bool = False) -> Bot[str]:
    return Bot(TABLE, "here", Claims(broken))


async def words(text: str) -> str:
    return (await made().handle(Request("test", text=text))).text


async def test_the_first_word_names_the_command() -> None:
    assert await words("ECHO  hello there ") == "here: hello there"


async def test_a_line_that_names_no_command_goes_to_the_first() -> None:
    assert await words("hello there") == "here: hello there"


async def test_a_command_may_leave_a_line_to_the_first() -> None:
    assert await words("fail is a sad word") == "here: fail is a sad word"


async def test_a_named_command_takes_its_options() -> None:
    reply = await made().handle(Request("test", command="echo", options={"text": "x"}))
    assert reply.text == "here: x"


@pytest.mark.parametrize("text", ["", "  ", "echo", "echo   "])
async def test_a_missing_option_is_asked_for_with_an_example(text: str) -> None:
    reply = await made().handle(Request("test", text=text))
    assert reply.outcome == "refused"
    assert "echo hello" in reply.text


async def test_an_unknown_command_is_told() -> None:
    reply = await made().handle(Request("test", command="dance"))
    assert reply.outcome == "refused"
    assert "dance" in reply.text


async def test_an_expected_problem_becomes_a_friendly_reply() -> None:
    reply = await made().handle(Request("test", text="refuse"))
    assert (reply.outcome, reply.text) == ("refused", "Write it the other way round.")


async def test_a_failure_is_logged_and_told_with_the_same_reference(caplog: pytest.LogCaptureFixture) -> None:
    reply = await made().handle(Request("test", text="fail"))
    assert reply.outcome == "failed"
    assert "secret" not in reply.text
    (reference,) = re.findall(r"[0-9a-f]{8}", reply.text)
    assert reference in caplog.text
    assert "the secret inside" in caplog.text


async def test_the_log_has_one_line_a_request_and_no_words_of_the_person(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await words("echo my private matter")
    (record,) = caplog.records
    assert "answered" in record.message
    assert "private" not in caplog.text


async def test_suggestions_are_at_most_what_discord_takes() -> None:
    assert len(await made().suggest("echo", "text", "a")) == SUGGESTIONS


@pytest.mark.parametrize(
    ("command", "option", "typed"), [("x", "text", ""), ("echo", "x", ""), ("echo", "text", "boom")]
)
async def test_suggestions_that_fail_are_none(command: str, option: str, typed: str) -> None:
    assert await made().suggest(command, option, typed) == ()


async def test_a_message_is_claimed_once() -> None:
    bot = made()
    assert [await bot.claim("a"), await bot.claim("a"), await bot.claim("b")] == [True, False, True]


async def test_a_claim_that_cannot_be_written_down_does_not_silence_the_bot() -> None:
    assert await made(broken=True).claim("a")


async def test_the_end_waits_for_what_is_under_way() -> None:
    bot, release = made(), asyncio.Event()

    async def work() -> None:
        with bot.underway():
            await release.wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    assert not await bot.drained(within=0.01)
    release.set()
    assert await bot.drained(within=5.0)
    await task


async def test_a_gap_is_recorded_where_nothing_answers(bot: Bot[Context]) -> None:
    reply = await bot.handle(Request("test", text="What is the capital of France?"))
    assert reply.outcome == "declined"
    store = bot._claims
    assert [gap[1:] for gap in store.gaps()] == [("What is the capital of France?", 1)]  # type: ignore[attr-defined]


async def test_a_conversation_is_followed(bot: Bot[Context]) -> None:
    asked = Request("test", command="ask", options={"question": "more"}, conversation="here")
    for more in (Request("test", text="more", conversation="here"), replace(asked, command="", text="ask more"), asked):
        await bot.handle(Request("test", text="Why does China support North Korea?", conversation="here"))
        assert "mining licences" in (await bot.handle(more)).text


@pytest.mark.parametrize(
    "turns",
    [
        ("Why does China support North Korea?", "more"),
        ("How much did China and North Korea trade in 2006?", "and in 2007?"),
        ("six party talks members", "when did they begin?"),
        ("resolution 1718", "and the next one?"),
        ("Kim Jong Il", "who was he?"),
        ("Why does China support North Korea?", "Kim Jong Ul"),
        ("Why does China support North Korea?", "source?"),
    ],
)
async def test_a_reply_says_what_to_ask_for_it_again(bot: Bot[Context], turns: tuple[str, ...]) -> None:
    """With nothing said before it: Slack's Share asks just that. Where nothing does, it says nothing."""
    for text in turns:
        reply = await bot.handle(Request("test", text=text, conversation="here"))
    if reply.asked:
        assert await bot.handle(Request("test", text=reply.asked)) == reply


class Talk:
    """Answers one line by itself, reads all others as this one, and keeps what it is told to remember."""

    def __init__(self) -> None:
        self.remembered: list[tuple[Request, Reply]] = []

    def resolve(self, request: Request) -> Request | Reply:
        return Reply((Line("The same as ever."),)) if request.text == "still?" else replace(request, text="echo again")

    def remember(self, request: Request, reply: Reply) -> None:
        self.remembered.append((request, reply))


async def test_a_bare_question_is_put_as_the_talk_before_it_means_it() -> None:
    talk = Talk()
    reply = await Bot(TABLE, "here", Claims(), talk).handle(Request("test", text="and again?", conversation="x"))
    assert (reply.text, reply.asked) == ("here: again", "echo again")
    ((request, remembered),) = talk.remembered
    assert (request.text, request.conversation, remembered.text) == ("echo again", "x", "here: again")


async def test_what_the_talk_answers_by_itself_runs_no_command_and_is_not_remembered() -> None:
    talk = Talk()
    reply = await Bot(TABLE, "here", Claims(), talk).handle(Request("test", text="still?", conversation="x"))
    assert (reply.outcome, reply.text) == ("answered", "The same as ever.")
    assert not talk.remembered


async def test_a_line_that_names_a_command_is_not_read_by_the_talk() -> None:
    bot = Bot(TABLE, "here", Claims(), Talk())
    for request in (Request("test", text="refuse still?"), Request("test", command="refuse", text="still?")):
        assert (await bot.handle(request)).text == "Write it the other way round."


async def test_a_pressed_button_is_read_like_a_typed_line(bot: Bot[Context]) -> None:
    pressed = await bot.handle(Request("test", command="timeline", text="since 2006 page 1"))
    assert pressed == await bot.handle(Request("test", text="timeline since 2006 page 1"))
    gone = await bot.handle(Request("test", command="topics", text="a-topic-that-was-renamed"))
    assert "no topic of that name" in gone.text


async def test_a_follow_up_leans_on_a_command_too(bot: Bot[Context]) -> None:
    for first in (
        Request("test", command="who", options={"name": "Kim Jong Il"}, conversation="here"),
        Request("test", command="who", text="kim-jong-il", conversation="here"),
        Request("test", text="who Kim Jong Il", conversation="here"),
    ):
        await bot.handle(first)
        reply = await bot.handle(Request("test", text="what did he lead?", conversation="here"))
        assert "Kim Jong Il led North Korea" in reply.text


async def test_a_question_that_only_begins_like_a_command_stays_a_question(bot: Bot[Context]) -> None:
    for text in ("who won the world cup in France last year", "who won the cup?"):
        assert "no sourced answer" in (await bot.handle(Request("test", text=text))).text


async def test_a_command_does_not_lean_on_what_was_said_before(bot: Bot[Context]) -> None:
    for text in ("Why does China support North Korea?", "who China"):
        reply = await bot.handle(Request("test", text=text, conversation="here"))
    assert reply.lines[0].text.startswith("China ·")
