"""Unmodified discord.py and our client against the little Discord."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import threading
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.discord.client import run
from bot.app import Bot
from bot.commands.command import Command, Option
from bot.errors import StartError
from bot.reply import Action, Line, Reply, SourceLine, Suggestion
from tests.adapters.discord_platform import DiscordPlatform, discord_platform, running
from tests.adapters.platform import DEADLINE
from tests.fakes import discord_people as people
from tests.fakes.discord import AUTOCOMPLETE, COMMAND, DEFERRED, EPHEMERAL, FakeDiscord
from tests.fakes.discord_markdown import shown
from tests.fakes.discord_rules import BOOLEAN, STRING

SUPPRESS_EMBEDS = 1 << 2  # Discord, message flags
SOURCE = SourceLine(
    1, "A neighbour's choice", "Example Institute", "18 June 2008", "think tank", "https://example.org/a"
)


@dataclass
class Desk:
    """The context of the test's commands, and the claims."""

    opened: threading.Event = field(default_factory=threading.Event)  # "wait" answers once it is set
    asked: list[Mapping[str, str]] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)

    def claim(self, identity: str) -> bool:
        fresh = identity not in self.claimed
        self.claimed.add(identity)
        return fresh


def ask(desk: Desk, options: Mapping[str, str]) -> Reply:
    desk.asked.append(options)
    lines = (
        Line("You asked", style="heading"),
        Line(options["question"], cites=(1,)),
        Line("As of today", style="quiet"),
    )
    return Reply(lines, (SOURCE,), (Action("More on trade", "topic", "trade"),))


def help_(desk: Desk, options: Mapping[str, str]) -> Reply:
    desk.asked.append(options)
    return Reply((Line("Ask me."),))


def topic(desk: Desk, options: Mapping[str, str]) -> Reply:
    return Reply(
        (Line(f"About {options['name']}.", style="item"),), (SOURCE,), (Action("Ask", "ask", "why: and how?"),)
    )


def suggest(_: Desk, typed: str) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(f"{typed} number {number}", f"{typed}-{number}") for number in range(40))


def long(desk: Desk, options: Mapping[str, str]) -> Reply:
    return Reply(
        tuple(Line(f"Sentence {n} of a long answer_ about *trade*.", cites=(1,)) for n in range(100)), (SOURCE,)
    )


def boom(desk: Desk, options: Mapping[str, str]) -> Reply:
    raise RuntimeError("the reactor is on fire")


def wait(desk: Desk, options: Mapping[str, str]) -> Reply:
    assert desk.opened.wait(DEADLINE)
    return Reply((Line("Worth the wait."),))


def command(name: str, handle: Any, *options: Option[Desk]) -> Command[Desk]:
    def read(_: Desk, rest: str) -> Mapping[str, str]:
        return {options[0].name: rest} if options else {}

    return Command(name, f"What {name} does", name, options, handle, read)


TABLE = (
    command("ask", ask, Option("question", "What you want to know", required=True)),
    command("help", help_),
    command("topic", topic, Option("name", "Which topic")),
    command(
        "timeline", help_, Option("from", "Where to begin", suggest=suggest), Option("until", "Where to end", True)
    ),
    command("long", long),
    command("boom", boom),
    command("wait", wait),
    command("odd", lambda desk, options: Reply((Line("A style we do not know.", style="odd"),))),  # type: ignore[arg-type]
    command("silent", lambda desk, options: Reply(())),
)


def a_bot(desk: Desk | None = None) -> Bot[Desk]:
    desk = desk or Desk()
    return Bot(TABLE, desk, desk)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def discord(desk: Desk) -> AsyncIterator[DiscordPlatform]:
    async with discord_platform(a_bot(desk)) as platform:
        yield platform
        check_everything_sent(platform.fake)


def check_everything_sent(fake: FakeDiscord) -> None:
    """No message pings, previews a link or was refused by Discord's rules."""
    for message in fake.messages:
        assert message["sent"]["allowed_mentions"]["parse"] == []
        assert not message["sent"]["allowed_mentions"].get("replied_user")
        assert message["sent"]["flags"] & SUPPRESS_EMBEDS


# Start and end


async def test_it_listens_without_privileged_intents(discord: DiscordPlatform) -> None:
    assert discord.fake.identified[0]["intents"] == 1 << 0 | 1 << 9 | 1 << 12  # guilds, their and direct messages


async def test_it_says_when_it_is_ready_and_how_to_add_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "adapters.discord")
    async with discord_platform(a_bot()) as platform:
        await platform.direct("help")
        ready = [
            each for each in caplog.messages if f"discord.com/oauth2/authorize?client_id={people.APPLICATION}" in each
        ]
        assert len(ready) == 1
    assert people.TOKEN not in caplog.text


async def test_commands_are_registered_as_the_table_says(discord: DiscordPlatform) -> None:
    (cnk,) = discord.fake.commands
    assert (cnk["name"], cnk["contexts"], cnk["integration_types"]) == ("cnk", [0, 1, 2], [0, 1])
    registered = {each["name"]: each for each in cnk["options"]}
    assert {name: each["description"] for name, each in registered.items()} == {each.name: each.help for each in TABLE}
    for each in TABLE:
        *own, private = registered[each.name]["options"]
        assert (private["name"], private["type"], private["required"]) == ("private", BOOLEAN, False)
        assert {(o["name"], o["description"], o["required"], o.get("autocomplete", False), o["type"]) for o in own} == {
            (o.name, o.help, o.required, o.suggest is not None, STRING) for o in each.options
        }


async def test_commands_are_registered_again_only_when_they_changed() -> None:
    def registrations() -> int:
        return sum(method == "PUT" for method, *_ in fake.calls)

    async with FakeDiscord() as fake:
        async with running(a_bot(), fake):
            assert registrations() == 1
        for group in fake.commands:  # Discord gives back its own reading: defaults are left out
            group.pop("nsfw")
            for option in (each for subcommand in group["options"] for each in subcommand["options"]):
                if not option["required"]:
                    del option["required"]
        async with running(a_bot(), fake):
            assert registrations() == 1
        fake.commands[0]["options"][0]["description"] = "What it said last year"
        async with running(a_bot(), fake):
            assert registrations() == 2


async def test_commands_that_discord_refuses_are_told_and_mentions_still_work(caplog: pytest.LogCaptureFixture) -> None:
    broken: Command[Desk] = Command("ask", "x" * 101, "ask", (), ask, lambda _, rest: {"question": rest})
    desk = Desk()
    async with discord_platform(Bot((broken,), desk, desk)) as platform:
        assert "Why?" in (await platform.mention("Why?")).words
    assert any("mentions work" in each and "100 or fewer" in each for each in caplog.messages)


async def test_a_refused_token_is_told_to_the_host() -> None:
    async with FakeDiscord():
        with pytest.raises(StartError, match="DISCORD_TOKEN") as refused:
            await run(a_bot(), "not.the.token", asyncio.Event())
    assert refused.value.code == os.EX_NOPERM
    assert "not.the.token" not in str(refused.value)


async def test_a_token_refused_by_the_gateway_is_told_too() -> None:
    async with FakeDiscord() as fake:
        fake.gateway_refuses = 4004
        with pytest.raises(StartError, match="Reset Token") as refused:
            await run(a_bot(), people.TOKEN, asyncio.Event())
        fake.gateway_refuses = 4014
        with pytest.raises(StartError, match="privileged intents"):
            await run(a_bot(), people.TOKEN, asyncio.Event())
    assert refused.value.code == os.EX_NOPERM


async def test_no_connection_is_told_to_the_host() -> None:
    async with FakeDiscord() as fake:
        await fake.close()
        with pytest.raises(StartError, match="network") as unreachable:
            await run(a_bot(), people.TOKEN, asyncio.Event())
    assert unreachable.value.code == os.EX_UNAVAILABLE


async def test_an_answer_under_way_is_finished_before_the_end(desk: Desk) -> None:
    class Watched(Bot[Desk]):
        async def drained(self, within: float) -> bool:
            desk.opened.set()  # the end has begun, and only now may the answer be found
            return await super().drained(within)

    async with FakeDiscord() as fake:
        async with running(Watched(TABLE, desk, desk), fake) as stop:
            interaction = await fake.use("wait", {})
            await fake.until(lambda: interaction.answered)
            stop.set()
            await fake.until(lambda: fake.messages)
        assert fake.messages[-1]["content"] == "Worth the wait."


async def test_after_the_gateway_drops_it_answers_again(discord: DiscordPlatform) -> None:
    await discord.fake.drop()
    await discord.fake.until(lambda: discord.fake.resumed)
    assert (await discord.mention("help")).words == "Ask me."


# Slash commands


async def test_a_slash_command_is_deferred_and_then_answered(discord: DiscordPlatform) -> None:
    heard = await discord.command("ask Why does it trade?")
    calls = [path for _, path, _ in discord.fake.calls if path.startswith(("/interactions", "/webhooks"))]
    assert [path.split("/")[1] for path in calls] == ["interactions", "webhooks"]
    assert [each.answered for each in discord.fake.interactions.values()] == [DEFERRED]
    assert heard.words == f"You asked\nWhy does it trade? [1]\nAs of today\n{SOURCE.words}"
    assert heard.links == ("https://example.org/a",)
    assert heard.buttons == ("More on trade",)
    assert not heard.private


async def test_options_arrive_under_their_names(discord: DiscordPlatform, desk: Desk) -> None:
    await discord.command("ask Why?", private=False)
    await discord.command("timeline 2013", until="2016")
    assert desk.asked == [{"question": "Why?"}, {"from": "2013", "until": "2016"}]


async def test_a_private_answer_can_be_shared(discord: DiscordPlatform) -> None:
    private = await discord.command("ask Why?", private=True)
    assert private.private
    assert private.buttons == ("More on trade", "Share")
    shared = await discord.press("Share")
    assert not shared.private
    assert (shared.words, shared.links, shared.buttons) == (private.words, private.links, ("More on trade",))


async def test_each_message_of_a_long_private_answer_can_be_shared(discord: DiscordPlatform) -> None:
    private = await discord.command("long", private=True)
    assert len(private.payloads) > 1
    assert private.buttons == ("Share",) * len(private.payloads)
    first = shown(json.loads(private.payloads[0])["content"]).words
    assert (await discord.press("Share")).words == first


async def test_autocomplete_offers_what_the_bot_suggests(discord: DiscordPlatform) -> None:
    interaction = await discord.fake.use("timeline", {"until": "2016", "from": "19"}, kind=AUTOCOMPLETE)
    await discord.fake.until(lambda: interaction.choices)
    assert interaction.choices[1] == {"name": "19 number 1", "value": "19-1"}
    assert len(interaction.choices) == 25


async def test_a_command_that_discord_shows_but_the_bot_lost_is_explained(discord: DiscordPlatform) -> None:
    discord.fake.commands[0]["options"].append({"name": "map", "options": []})
    interaction = await discord.fake.use("map", {})
    await discord.fake.until(lambda: interaction.answered)
    assert "reload Discord" in interaction.messages[0]["content"]
    assert interaction.messages[0]["flags"] & EPHEMERAL


async def test_the_same_command_delivered_twice_is_answered_once(discord: DiscordPlatform) -> None:
    await discord.command("help")
    await discord.fake.dispatch("INTERACTION_CREATE", discord.fake.last_event)
    await discord.fake.until(lambda: sum(path.endswith("/callback") for _, path, _ in discord.fake.calls) == 2)
    assert await discord.unheeded("hello")
    assert len([each for each in discord.fake.messages if each["channel_id"] == people.GENERAL]) == 1


async def test_a_command_taken_up_too_late_is_left_alone(
    discord: DiscordPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    discord.fake.refuse(r"POST /interactions/.*", 404, 10062, "Unknown interaction")
    interaction = await discord.fake.use("help", {})
    assert await discord.unheeded("Anything new?")
    assert not interaction.messages
    assert not any(each.levelno >= logging.WARNING for each in caplog.records)


async def test_an_empty_reply_leaves_nothing_behind(discord: DiscordPlatform) -> None:
    interaction = await discord.fake.use("silent", {})
    await discord.fake.until(lambda: interaction.answered and not interaction.messages)


async def test_a_failure_inside_is_an_apology_with_a_reference(
    discord: DiscordPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    heard = await discord.command("boom")
    reference = re.search(r"[0-9a-f]{8}", heard.words)
    assert reference is not None
    assert "reactor" not in heard.words
    assert reference[0] in caplog.text
    assert "the reactor is on fire" in caplog.text


async def test_a_mistake_of_the_adapter_is_told_too(discord: DiscordPlatform, caplog: pytest.LogCaptureFixture) -> None:
    for heard in (await discord.command("odd"), await discord.mention("odd")):
        reference = re.search(r"[0-9a-f]{8}", heard.words)
        assert reference is not None
        assert f"reference {reference[0]}" in caplog.text
        assert "KeyError" not in heard.words


async def test_a_failed_delivery_is_told_to_the_person(
    discord: DiscordPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    discord.fake.refuse(r"POST /webhooks/.*", 400, 50035, "Invalid Form Body")
    heard = await discord.command("help")
    assert "reference" in heard.words
    assert "Invalid Form Body" in caplog.text


async def test_a_rate_limit_is_waited_out(discord: DiscordPlatform) -> None:
    discord.fake.refuse(r"POST /webhooks/.*", 429, 0, "You are being rate limited.", retry_after=0.01)
    assert (await discord.command("help")).words == "Ask me."
    discord.fake.refuse(r"POST /channels/.*", 429, 0, "You are being rate limited.", retry_after=0.01)
    assert (await discord.mention("help")).words == "Ask me."


# Messages


@pytest.mark.parametrize("channel", [people.GENERAL, people.THREAD])
async def test_a_mention_is_answered_in_its_place(discord: DiscordPlatform, channel: str) -> None:
    heard = await discord.mention("Why does it trade?", channel)
    assert heard.words == f"You asked\nWhy does it trade? [1]\nAs of today\n{SOURCE.words}"
    (sent,) = [json.loads(payload) for payload in heard.payloads]
    assert sent["message_reference"]["message_id"]
    assert sent["allowed_mentions"]["replied_user"] is False


async def test_a_direct_message_needs_no_mention(discord: DiscordPlatform) -> None:
    assert "Why?" in (await discord.direct("Why?")).words


async def test_a_mention_without_words_is_helped(discord: DiscordPlatform) -> None:
    assert (await discord.mention("")).words == "Ask me."


async def test_a_reply_that_pings_the_bot_is_a_question(discord: DiscordPlatform) -> None:
    before = len(discord.fake.messages)
    await discord.fake.say("Why?", mentions=[people.BOT], type=19)
    await discord.fake.until(lambda: len(discord.fake.messages) > before)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("What a day", {}),
        ("@everyone what a day", {"mention_everyone": True}),
        (f"<@&{people.BOT_ROLE}> what a day", {"mention_roles": [people.BOT_ROLE]}),
        (f"<@{people.WEI['id']}> what a day", {"mentions": [people.WEI]}),
        ("<@bot> rain is coming", {"author": people.OTHER_BOT}),
        ("<@bot> a webhook speaks", {"webhook_id": "1100000000000000099"}),
        ("<@bot>", {"type": 6}),  # "pinned a message"
        ("I said <@bot>", {"author": people.BOT}),
    ],
)
async def test_it_speaks_only_when_a_person_speaks_to_it(
    discord: DiscordPlatform, text: str, more: dict[str, Any]
) -> None:
    await discord.fake.say(text, **more)
    assert await discord.unheeded("Anything new?")
    assert len(discord.fake.messages) == 1


async def test_the_same_message_delivered_twice_is_answered_once(discord: DiscordPlatform) -> None:
    event = await discord.fake.say("<@bot> help")
    await discord.fake.until(lambda: discord.fake.messages)
    await discord.fake.dispatch("MESSAGE_CREATE", event)
    await discord.fake.dispatch("MESSAGE_UPDATE", event | {"content": f"<@{people.APPLICATION}> help me"})
    assert await discord.unheeded("Anything new?")
    assert sum(each["channel_id"] == people.GENERAL for each in discord.fake.messages) == 1


async def test_where_it_may_not_write_it_answers_directly(
    discord: DiscordPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    discord.fake.refuse(rf"POST /channels/{people.GENERAL}/messages", 403, 50013, "Missing Permissions")
    await discord.fake.say("<@bot> help")
    await discord.fake.until(lambda: len(discord.fake.messages) == 2)
    assert [each["channel_id"] for each in discord.fake.messages] == [people.DIRECT] * 2
    assert "may not write" in discord.fake.messages[0]["content"]
    assert not any(each.exc_info for each in caplog.records)


async def test_where_it_may_not_write_at_all_it_logs_a_line(
    discord: DiscordPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    discord.fake.refuse(rf"POST /channels/{people.GENERAL}/messages", 403, 50001, "Missing Access")
    discord.fake.refuse(rf"POST /channels/{people.DIRECT}/messages", 403, 50007, "Cannot send messages to this user")
    await discord.fake.say("<@bot> help")
    assert await discord.unheeded("Anything new?")
    assert [each.levelname for each in caplog.records if each.name == "adapters.discord.sending"] == ["WARNING"] * 2
    assert not any(each.exc_info for each in caplog.records)


async def test_without_the_right_to_read_back_it_answers_without_a_reply(discord: DiscordPlatform) -> None:
    sentence = "Cannot reply without permission to read message history"
    discord.fake.refuse(rf"POST /channels/{people.GENERAL}/messages", 403, 160002, sentence)
    heard = await discord.mention("help")
    assert heard.words == "Ask me."
    assert "message_reference" not in heard.payloads[0]


async def test_a_question_that_was_deleted_is_still_answered(discord: DiscordPlatform) -> None:
    assert '"fail_if_not_exists": false' in (await discord.mention("help")).payloads[0]


# Buttons


async def test_a_button_is_answered_after_a_restart(desk: Desk) -> None:
    async with FakeDiscord() as fake:
        async with running(a_bot(), fake):
            first = await DiscordPlatform(fake, a_bot()).mention("Why?")
        bot = a_bot(desk)
        async with running(bot, fake):
            platform = DiscordPlatform(fake, bot)
            platform.latest = fake.messages[-1:]
            assert (await platform.press("More on trade")).words == f"• About trade.\n{SOURCE.words}"
            assert not (await platform.press("Ask")).private
        assert desk.asked == [{"question": "why: and how?"}]
        assert first.buttons == ("More on trade",)


async def test_a_button_under_a_private_answer_answers_privately(discord: DiscordPlatform) -> None:
    await discord.command("ask Why?", private=True)
    assert (await discord.press("More on trade")).private


async def test_a_button_of_a_command_that_is_gone_is_explained(discord: DiscordPlatform) -> None:
    await discord.mention("Why?")
    interaction = await discord.fake.press(discord.fake.messages[-1], "cnk:map:pyongyang")
    await discord.fake.until(lambda: interaction.messages and "sent" in interaction.messages[0])
    assert "no command" in interaction.messages[0]["content"]


async def test_another_programs_button_is_left_alone(discord: DiscordPlatform) -> None:
    await discord.mention("Why?")
    interaction = await discord.fake.press(discord.fake.messages[-1], "poll:1")
    assert await discord.unheeded("Anything new?")
    assert not interaction.answered


# Limits and hostile text


async def test_a_long_answer_is_split_and_nothing_is_lost(discord: DiscordPlatform) -> None:
    heard = await discord.mention("long")
    assert heard.words == long(Desk(), {}).text + "\n" + SOURCE.words
    assert len(heard.payloads) > 1
    assert all(len(json.loads(payload)["content"]) <= 2000 for payload in heard.payloads)
    assert ["message_reference" in payload for payload in heard.payloads] == [True] + [False] * (
        len(heard.payloads) - 1
    )


HOSTILE = (
    "@everyone <@123> <!channel> <#1> [x](http://evil.example) ```rm``` <t:1> :smile: ||no|| "
    "https://evil.example discord.gg/x"
)


async def test_hostile_text_neither_pings_nor_renders(discord: DiscordPlatform) -> None:
    expected = f"You asked\n{HOSTILE} [1]\nAs of today\n{SOURCE.words}"
    for heard in (
        await discord.mention(HOSTILE),
        await discord.direct(HOSTILE),
        await discord.command(f"ask {HOSTILE}"),
    ):
        assert heard.words == expected
        assert heard.links == ("https://example.org/a",)


async def test_one_slow_answer_holds_up_no_other(discord: DiscordPlatform, desk: Desk) -> None:
    slow = await discord.fake.use("wait", {}, kind=COMMAND)
    await discord.fake.until(lambda: slow.answered)
    quick = await discord.fake.use("help", {})
    await discord.fake.until(lambda: "sent" in (quick.messages or [{}])[0])
    desk.opened.set()
    await discord.fake.until(lambda: "sent" in slow.messages[0])
