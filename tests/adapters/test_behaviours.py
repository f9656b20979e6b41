"""The one list of behaviours, run against every adapter: the real bot, our true clients, little servers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from bot.app import Bot
from bot.commands.command import Command, Option
from bot.context import Context
from bot.reply import Line, Reply
from bot.request import Request
from tests.adapters.console_platform import console_platform
from tests.adapters.discord_platform import discord_platform
from tests.adapters.platform import Chat, Platform
from tests.adapters.slack_platform import slack_platform

PLATFORMS: dict[str, Callable[[Bot[Any]], AbstractAsyncContextManager[Platform]]] = {
    "console": console_platform,
    "discord": discord_platform,
    "slack": slack_platform,
}
CHATS = pytest.mark.parametrize("platform", ["discord", "slack"], indirect=True)  # where others read along

QUESTION = "Why does China support North Korea?"
NASTY = (
    "@everyone @here <!channel> <!here> <@123> <@U1> <#C1> <t:1> [x](https://evil.example) https://evil.example "
    "*b* **b** _i_ ~s~ `c` ||p|| &amp; &lt;!channel&gt; :smile: # h - l > q"
)
LONG = " ".join(f"Sentence number {number} says a little more than the one before it." for number in range(400))


def _echo(context: Context, options: Mapping[str, str]) -> Reply:
    return Reply((Line(NASTY),))


def _break(context: Context, options: Mapping[str, str]) -> Reply:
    raise RuntimeError("the secret inside")


def _long(context: Context, options: Mapping[str, str]) -> Reply:
    return Reply((Line(LONG), Line("The end.", style="quiet")))


def _command(name: str, handle: object) -> Command[Context]:
    option: Option[Context] = Option("text", "anything")
    return Command(name, f"Test {name}", name, (option,), handle, lambda context, line: {"text": line})  # type: ignore[arg-type]


EXTRA = (_command("nasty", _echo), _command("break", _break), _command("long", _long))


@pytest.fixture
def table(bot: Bot[Context]) -> Bot[Context]:
    """The real bot, and three commands that behave badly."""
    bot.commands = {**bot.commands, **{command.name: command for command in EXTRA}}
    return bot


@pytest.fixture(params=PLATFORMS)
async def platform(request: pytest.FixtureRequest, table: Bot[Context]) -> AsyncIterator[Platform]:
    async with PLATFORMS[request.param](table) as platform:
        yield platform


async def expected(bot: Bot[Context], line: str) -> str:
    """The words every platform must show: all lines, then all sources."""
    reply = await bot.handle(Request("test", text=line))
    return "\n".join([reply.text, *(source.words for source in reply.sources)])


def folded(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize(
    "line",
    [
        QUESTION,
        "How long is the border?",
        "Why did China veto resolution 1718?",
        "capital of France",
        "help",
        "about",
        "topics",
        "topics support",
        "timeline 2003 2006",
        "timeline 2009 2003",
        "resolution 1718",
        "resolution 9999",
        "who 金正日",
        "sources daily-2013",
        "中国为什么支持朝鲜？",
    ],
)
async def test_the_words_are_the_same_everywhere(platform: Platform, table: Bot[Context], line: str) -> None:
    heard = await platform.direct(line)
    assert heard.words == await expected(table, line)


async def test_a_command_a_mention_and_a_message_get_the_same_words(platform: Platform, table: Bot[Context]) -> None:
    words = await expected(table, QUESTION)
    assert (await platform.command(QUESTION)).words == words
    assert (await platform.mention(QUESTION)).words == words
    assert (await platform.direct(QUESTION)).words == words


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("who Kim Jong Ul", "Did you mean Kim Jong Il or Kim Jong Un?"),
        ("topics nope", "I have no topic of that name"),
        ("sources zzz", "I have no such source"),
        ("timeline Nobody", "“Nobody” is not a date I can read"),
        ("timeline 31 February 2006", "is not a date I can read"),
        ("resolution 9999", "I have no record of that resolution"),
        ("resolution", "“resolution” needs to know more"),
        ("who", "“who” needs to know more"),
    ],
)
async def test_a_command_says_what_it_could_not_take(platform: Platform, line: str, told: str) -> None:
    if platform.name == "discord" and " " not in line:
        line = f"{line}  "  # Discord itself lets nobody leave a required option empty, but blank it may be
    assert told in (await platform.command(line)).words


@pytest.mark.parametrize("line", ["/cnk resolution 1718", "/cnk ask resolution 1718"])
async def test_the_slash_may_be_typed_where_it_is_only_text(platform: Platform, table: Bot[Context], line: str) -> None:
    assert (await platform.direct(line)).words == await expected(table, "resolution 1718")


async def test_an_answer_links_its_sources(platform: Platform) -> None:
    heard = await platform.mention(QUESTION)
    assert heard.links == ("https://example.org/daily-2013", "https://example.org/paper-2008")
    assert "As of June 2008 to January 2013." in heard.words


async def test_a_question_nobody_can_answer_says_so_and_links_nothing(platform: Platform) -> None:
    heard = await platform.mention("What is the capital of France?")
    assert "no sourced answer" in heard.words
    assert not heard.links


async def test_a_wrong_premise_comes_first(platform: Platform) -> None:
    assert (await platform.command("Why did China veto 1718?")).words.startswith("China voted for Resolution 1718;")


async def test_a_related_topic_can_be_pressed(platform: Platform, table: Bot[Context]) -> None:
    heard = await platform.mention(QUESTION)
    assert "The first nuclear test" in heard.buttons
    assert (await platform.press("The first nuclear test")).words == await expected(table, "topics first-test")


async def test_more_brings_the_rest(platform: Platform, table: Bot[Context]) -> None:
    await platform.direct(QUESTION)
    assert (await platform.direct("more")).words == await expected(table, "topics support from 3")


@pytest.mark.parametrize("name", ["Kim Jong Ul", "Kim"])
async def test_a_choice_of_names_can_be_pressed(platform: Platform, table: Bot[Context], name: str) -> None:
    heard = await platform.direct(name)
    assert heard.words == "That could be several. Did you mean Kim Jong Il or Kim Jong Un?"
    assert {"Kim Jong Il", "Kim Jong Un"} <= set(heard.buttons)
    assert not heard.links
    assert (await platform.press("Kim Jong Un")).words == await expected(table, "who Kim Jong Un")


async def test_a_follow_up_is_answered_from_the_topic_before_it(platform: Platform, table: Bot[Context]) -> None:
    await platform.direct("six party talks members")
    heard = await platform.direct("when did they begin?")
    assert "from 2003" in heard.words
    assert heard.words == await expected(table, "when did they begin? (The Six-Party Talks)")


async def test_a_follow_up_leans_on_a_button_that_was_pressed(platform: Platform, table: Bot[Context]) -> None:
    await platform.direct("Kim")
    await platform.press("Kim Jong Il")
    assert (await platform.direct("what did he lead?")).words == await expected(table, "what did Kim Jong Il lead?")


async def test_the_source_of_the_last_answer_is_shown_when_asked_for(platform: Platform) -> None:
    answer = await platform.direct(QUESTION)
    heard = await platform.direct("source?")
    assert heard.words.startswith("The sources of the last answer:\n[1] ")
    assert heard.links == answer.links


async def test_a_failure_is_told_with_a_reference_and_no_traceback(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    for heard in (await platform.command("break"), await platform.mention("break"), await platform.direct("break")):
        (reference,) = re.findall(r"[0-9a-f]{8}", heard.words)
        assert reference in caplog.text
        assert "secret" not in "".join(heard.payloads)
        assert "Traceback" not in "".join(heard.payloads)


async def test_too_long_an_answer_is_split_and_loses_nothing(platform: Platform) -> None:
    heard = await platform.direct("long")
    assert folded(heard.words) == f"{LONG} The end."


async def test_nothing_in_a_text_pings_links_or_formats(platform: Platform) -> None:
    heard = await platform.mention("nasty")
    assert heard.words == NASTY
    assert not heard.links


@CHATS
async def test_it_speaks_only_when_spoken_to(platform: Chat) -> None:
    assert await platform.unheeded(QUESTION)


@CHATS
async def test_a_mention_without_words_gets_help(platform: Platform, table: Bot[Context]) -> None:
    assert (await platform.mention("")).words == await expected(table, "help")


@CHATS
async def test_a_mention_is_answered_for_all_to_see(platform: Platform) -> None:
    assert not (await platform.mention(QUESTION)).private
