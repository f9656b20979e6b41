"""The Slack client on a server that plays Slack: what goes in, what comes out, and what happens in between."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from adapters.slack.client import run
from bot.app import Bot
from bot.commands.command import Command, Option
from bot.errors import StartError
from bot.reply import Action, Line, Reply, SourceLine
from tests.adapters.slack_platform import SlackPlatform, a_mention, connected, heard, slack_platform
from tests.fakes.slack import APP_TOKEN, BOT_ID, BOT_TOKEN, BOT_USER, DEADLINE, FakeSlack, payload

QUICK = 0.2  # seconds; between looks at the websocket, where a test is about losing it

BACKUP = SourceLine(
    1, "On backups", "Invented Press", "18 June 2008", "think tank", "https://example.org/backups?a=1&b=2"
)


class Claims:
    def __init__(self) -> None:
        self._seen: set[str] = set()

    def claim(self, identity: str) -> bool:
        new = identity not in self._seen
        self._seen.add(identity)
        return new


class Gate:
    """Holds an answer back until the test lets it go."""

    def __init__(self) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()


def ask(gate: Gate, options: Mapping[str, str]) -> Reply:
    question = options.get("question", "")
    return Reply((Line(f"Echo: {question}", (1,)),), (BACKUP,), (Action("More", "more", question),))


def more(gate: Gate, options: Mapping[str, str]) -> Reply:
    return Reply((Line("More", style="heading"), Line(f"about {options.get('topic', 'nothing')}", style="item")))


def fail(gate: Gate, options: Mapping[str, str]) -> Reply:
    raise RuntimeError("the shelf fell over")


def long(gate: Gate, options: Mapping[str, str]) -> Reply:
    lines = tuple(Line(f"Paragraph {number}. " + "word " * 100 + "end.") for number in range(int(options["size"])))
    return Reply(lines, (BACKUP,), (Action("More", "more", "words"),))


def slow(gate: Gate, options: Mapping[str, str]) -> Reply:
    gate.entered.set()
    assert gate.opened.wait(DEADLINE)
    return Reply((Line("at last"),))


def a_command(name: str, handle: Any, option: str) -> Command[Gate]:
    return Command(name, f"The {name}", f"{name} x", (Option(option, option),), handle, lambda _, rest: {option: rest})


COMMANDS = (
    a_command("ask", ask, "question"),
    a_command("more", more, "topic"),
    a_command("fail", fail, "way"),
    a_command("long", long, "size"),
    a_command("slow", slow, "way"),
    a_command("help", lambda *_: Reply((Line("Ask me something."),)), "topic"),
)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def bot(gate: Gate) -> Bot[Gate]:
    return Bot(COMMANDS, gate, Claims())


@pytest.fixture
async def slack(bot: Bot[Gate]) -> AsyncIterator[SlackPlatform]:
    async with slack_platform(bot) as platform:
        yield platform


# Asking


async def test_a_slash_command_is_acknowledged_and_answered_to_the_asker_alone(slack: SlackPlatform) -> None:
    heard = await slack.command("ask when does a backup count?")
    assert heard.words == "Echo: when does a backup count? [1]\n" + BACKUP.words
    assert heard.links == (BACKUP.url,)
    assert heard.private


async def test_an_acknowledgement_does_not_wait_for_the_answer(slack: SlackPlatform, gate: Gate) -> None:
    await slack.fake.deliver("slash_commands", slack.a_command("slow"))
    assert not slack.fake.messages()
    gate.opened.set()
    await slack.fake.until(lambda: len(slack.fake.messages()) == 1)


async def test_a_mention_is_answered_in_its_thread(slack: SlackPlatform) -> None:
    body = a_mention("ask anything")
    heard = await slack.hear("events_api", body)
    assert heard.words.startswith("Echo: anything [1]")
    assert not heard.private
    assert slack.fake.messages()[-1].body["thread_ts"] == body["event"]["ts"]


async def test_a_mention_inside_a_thread_is_answered_there(slack: SlackPlatform) -> None:
    body = a_mention("ask anything")
    body["event"]["thread_ts"] = "1600000000.000001"
    await slack.hear("events_api", body)
    assert slack.fake.messages()[-1].body["thread_ts"] == "1600000000.000001"


async def test_a_mention_without_a_word_is_given_help(slack: SlackPlatform) -> None:
    assert (await slack.mention("")).words == "Ask me something."


async def test_a_direct_message_is_answered_where_it_stands(slack: SlackPlatform) -> None:
    assert (await slack.direct("ask anything")).private
    assert "thread_ts" not in slack.fake.messages()[-1].body
    threaded = slack.a_direct("ask anything")
    threaded["event"]["thread_ts"] = "1600000000.000001"
    await slack.hear("events_api", threaded)
    assert slack.fake.messages()[-1].body["thread_ts"] == "1600000000.000001"


async def test_messages_that_are_not_for_the_bot_are_left_alone(slack: SlackPlatform) -> None:
    own = slack.a_direct("ask myself")
    own["event"] |= {"user": BOT_USER, "bot_id": BOT_ID}
    other = a_mention("ask me")
    other["event"] |= {"bot_id": "B0OTHER"}
    joined = slack.a_direct("has joined")
    joined["event"] |= {"subtype": "channel_join"}
    for body in (payload("message_bot"), payload("message_changed"), own, other, joined):
        await slack.fake.deliver("events_api", body)
    assert await slack.unheeded("ask anything")
    assert len(slack.fake.messages()) == 1


# Once


async def test_a_message_delivered_under_two_event_ids_is_answered_once(slack: SlackPlatform) -> None:
    body = a_mention("ask anything")
    await slack.hear("events_api", body)
    for attempt in (1, 2):
        await slack.fake.deliver("events_api", body | {"event_id": f"Ev0AGAIN{attempt}"}, attempt)
    await slack.direct("help")
    assert len(slack.fake.messages()) == 2


async def test_a_mention_in_a_direct_message_is_answered_once(slack: SlackPlatform) -> None:
    message = slack.a_direct(f"<@{BOT_USER}> ask anything")
    mention = message | {"event": message["event"] | {"type": "app_mention"}, "event_id": "Ev0OTHER"}
    await asyncio.gather(slack.fake.deliver("events_api", message), slack.fake.deliver("events_api", mention))
    await slack.fake.until(lambda: len(slack.fake.messages()) == 1)
    await slack.direct("help")
    assert len(slack.fake.messages()) == 2


async def test_a_command_delivered_twice_is_answered_once(slack: SlackPlatform) -> None:
    body = slack.a_command("ask anything")
    await slack.hear("slash_commands", body)
    await slack.fake.deliver("slash_commands", body, attempt=1)
    await slack.direct("help")
    assert len(slack.fake.messages()) == 2


# Pressing


async def test_a_button_is_answered_where_its_message_is(slack: SlackPlatform) -> None:
    mention = a_mention("ask R&D <now>")
    await slack.hear("events_api", mention)
    heard = await slack.press("More")
    assert heard.words == "More\n• about R&D <now>"
    assert slack.fake.messages()[-1].body["thread_ts"] == mention["event"]["ts"]
    await slack.direct("ask anything")
    assert (await slack.press("More")).words == "More\n• about anything"
    assert slack.fake.messages()[-1].body["channel"] == "D0MINA"
    await slack.command("ask anything")
    assert (await slack.press("More")).private
    assert slack.fake.messages()[-1].method == "response_url"


async def test_a_button_works_after_a_restart(gate: Gate) -> None:
    async with slack_platform(Bot(COMMANDS, gate, Claims())) as before:
        await before.mention("ask anything")
        body = before.a_press("More")
    async with slack_platform(Bot(COMMANDS, gate, Claims())) as after:
        assert (await after.hear("interactive", body)).words == "More\n• about anything"


async def test_a_private_answer_can_be_shared_once(slack: SlackPlatform) -> None:
    private = await slack.command("ask R&D <now>")
    assert private.buttons == ("More", "Share")
    shared = await slack.press("Share")
    assert not shared.private
    assert (shared.words, shared.links, shared.buttons) == (private.words, private.links, ("More",))
    assert slack.fake.messages()[-1].body["response_type"] == "in_channel"


async def test_the_answer_to_a_button_can_be_shared_too(slack: SlackPlatform) -> None:
    await slack.command("ask anything")
    private = await slack.press("More")
    shared = await slack.press("Share")
    assert shared.words == private.words
    assert not shared.private


async def test_a_button_under_a_shared_answer_speaks_to_who_pressed_it(slack: SlackPlatform) -> None:
    await slack.command("ask anything")
    await slack.press("Share")
    assert (await slack.press("More")).private


# What goes wrong


async def test_a_failure_is_told_with_a_reference_and_its_traceback_only_logged(
    slack: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    heard = await slack.command("fail badly")
    reference = heard.words.rsplit(" ", 1)[-1].rstrip(".")
    assert reference in caplog.text
    assert "the shelf fell over" in caplog.text
    assert "shelf" not in "".join(heard.payloads)
    assert heard.buttons == ()


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_an_answer_that_the_channel_does_not_take_reaches_the_asker(
    slack: SlackPlatform, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    slack.fake.refusals["chat.postMessage"].append(error)
    await slack.fake.deliver("events_api", a_mention("ask anything"))
    await slack.fake.until(lambda: len(slack.fake.messages()) == 2)
    explanation, answer = (call.body for call in slack.fake.messages())
    assert error in explanation["text"]
    assert "Echo: anything" in answer["text"]
    assert {explanation["channel"], answer["channel"]} == {"U0MINA"}
    assert error in caplog.text
    assert "Traceback" not in caplog.text


async def test_an_answer_that_is_refused_everywhere_leaves_a_line_in_the_log(
    slack: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fake.refusals["chat.postMessage"].extend(["is_archived", "cannot_dm_bot"])
    await slack.fake.deliver("events_api", a_mention("ask anything"))
    await slack.fake.until(lambda: slack.fake.count("chat.postMessage") == 2)
    assert (await slack.direct("help")).words == "Ask me something."
    assert "cannot_dm_bot" in caplog.text


async def test_an_expired_response_url_is_replaced_by_a_direct_message(slack: SlackPlatform) -> None:
    body = slack.a_command("ask anything")
    slack.fake.expire_responses()
    await slack.fake.deliver("slash_commands", body)
    await slack.fake.until(lambda: len(slack.fake.messages()) == 2)
    assert "expired_url" in slack.fake.messages()[0].body["text"]
    assert "Echo: anything" in slack.fake.messages()[1].body["text"]


async def test_a_rate_limit_is_waited_for(slack: SlackPlatform) -> None:
    slack.fake.refusals["chat.postMessage"].append("ratelimited")
    assert (await slack.mention("ask anything")).words.startswith("Echo: anything")


# Length


@pytest.mark.parametrize("size", [1, 7, 8, 20])
async def test_a_long_answer_comes_in_several_messages_and_whole(slack: SlackPlatform, size: int) -> None:
    expected = "\n".join([*(line.words for line in long(Gate(), {"size": str(size)}).lines), BACKUP.words])
    heard = await slack.mention(f"long {size}")
    assert heard.words == expected
    assert len(heard.payloads) == -(-size // 7)  # seven such paragraphs fit one message
    assert [("More" in each) for each in heard.payloads] == [False] * (len(heard.payloads) - 1) + [True]
    assert len({call.body["thread_ts"] for call in slack.fake.messages()}) == 1


async def test_an_answer_too_long_for_a_response_url_goes_on_as_direct_message(slack: SlackPlatform) -> None:
    await slack.fake.deliver("slash_commands", slack.a_command("long 40"))
    await slack.fake.until(lambda: any("Paragraph 39" in call.body["text"] for call in slack.fake.messages()))
    private, direct = slack.fake.messages()[:5], slack.fake.messages()[6:]
    assert {call.method for call in private} == {"response_url"}
    assert {call.body["channel"] for call in direct} == {"U0MINA"}
    words = heard([call.body for call in (*private, *direct)]).words
    assert words.count("Paragraph") == 40


# Injection


@pytest.mark.parametrize(
    "text",
    ["<!channel>", "<!here|here>", "@everyone", "<@U1>", "*bold* _it_ ~no~ `code`", "&amp; &lt;", ":tada:", "> quote"],
)
async def test_what_people_type_comes_back_as_plain_words(slack: SlackPlatform, text: str) -> None:
    heard = await slack.mention(f"ask say {text}")
    assert heard.words.startswith(f"Echo: say {text} [1]")
    body = slack.fake.messages()[-1].body
    assert "<" not in body["text"]
    assert (body["parse"], body["link_names"], body["unfurl_links"], body["unfurl_media"]) == (
        "none",
        False,
        False,
        False,
    )
    blocks = [block["type"] for block in body["blocks"]]
    assert blocks == ["rich_text", "context", "actions"]


# Connection


async def test_connecting_is_told_in_one_line(bot: Bot[Gate], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="adapters"):
        async with slack_platform(bot):
            pass
    assert [record.message for record in caplog.records if record.name.startswith("adapters")] == [
        "connected to Slack: @cnk in Simulation Club"
    ]


async def refused(
    fake: FakeSlack, bot: Bot[Gate], bot_token: str = BOT_TOKEN, app_token: str = APP_TOKEN
) -> StartError:
    with pytest.raises(StartError) as error:
        await asyncio.wait_for(run(bot, bot_token, app_token, asyncio.Event(), f"{fake.url}/api/"), DEADLINE)
    return error.value


@pytest.mark.parametrize(
    ("bot_token", "app_token", "words"),
    [
        ("xapp-a", "xoxb-b", "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped"),
        ("xoxp-a", APP_TOKEN, "SLACK_BOT_TOKEN is not a bot token"),
        (BOT_TOKEN, "xoxb-b", "SLACK_APP_TOKEN is not an app-level token"),
        ("xoxb-old", APP_TOKEN, "SLACK_BOT_TOKEN is refused by Slack (invalid_auth)"),
        (BOT_TOKEN, "xapp-old", "SLACK_APP_TOKEN is refused by Slack (invalid_auth)"),
    ],
)
async def test_a_wrong_token_is_told_by_the_name_of_its_setting(
    bot: Bot[Gate], bot_token: str, app_token: str, words: str
) -> None:
    async with FakeSlack().serving() as fake:
        error = await refused(fake, bot, bot_token, app_token)
    assert words in str(error)
    assert error.code == os.EX_NOPERM
    assert bot_token not in str(error)


async def test_a_missing_scope_is_told_with_what_to_do(bot: Bot[Gate]) -> None:
    async with FakeSlack().serving() as fake:
        fake.refusals["apps.connections.open"].append("missing_scope")
        error = await refused(fake, bot)
    assert "missing_scope" in str(error)
    assert "connections:write" in str(error)


async def test_no_network_is_not_taken_for_a_wrong_token(bot: Bot[Gate]) -> None:
    async with FakeSlack().serving() as fake:
        pass
    assert (await refused(fake, bot)).code == os.EX_UNAVAILABLE
    async with FakeSlack().serving() as fake:
        fake.refusals["auth.test"].append("internal_error")
        assert (await refused(fake, bot)).code == os.EX_UNAVAILABLE


async def test_a_refresh_is_followed(slack: SlackPlatform) -> None:
    await slack.fake.refresh()
    await slack.fake.until(lambda: slack.fake.connections == 2)
    assert (await slack.mention("ask anything")).words.startswith("Echo: anything")


async def test_a_dropped_socket_is_replaced_and_what_was_missed_is_answered(bot: Bot[Gate]) -> None:
    async with slack_platform(bot, ping_interval=QUICK) as slack:
        slack.fake.drop()
        assert (await slack.mention("ask anything")).words.startswith("Echo: anything")
        assert slack.fake.connections > 1


async def test_a_quiet_socket_is_noticed_and_replaced(bot: Bot[Gate]) -> None:
    fake = FakeSlack(quiet=True)
    async with fake.serving(), connected(bot, fake, ping_interval=QUICK):
        fake.quiet = False
        await fake.until(lambda: fake.connections > 1)
        assert (await SlackPlatform(fake, bot).mention("ask anything")).words.startswith("Echo: anything")


async def test_a_client_that_cannot_reconnect_by_itself_is_replaced(
    bot: Bot[Gate], caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_platform(bot, ping_interval=QUICK) as slack:
        slack.fake.doors.append(503)  # the SDK then tries its used-up address again and again
        slack.fake.drop()
        await slack.fake.until(lambda: slack.fake.count("apps.connections.open") == 2)
        slack.fake.refusals["apps.connections.open"].append("internal_error")  # for our own first try
        await slack.fake.until(lambda: slack.fake.connections > 1)
        assert (await slack.mention("ask anything")).words.startswith("Echo: anything")
    assert "starting afresh" in caplog.text


async def test_a_token_that_is_revoked_later_ends_the_client(bot: Bot[Gate]) -> None:
    async with FakeSlack().serving() as fake:
        running = asyncio.create_task(run(bot, BOT_TOKEN, APP_TOKEN, asyncio.Event(), f"{fake.url}/api/", QUICK / 4))
        await fake.until(lambda: fake.connections == 1)
        fake.refusals["apps.connections.open"].extend(["token_revoked"] * 1000)
        fake.drop()
        with pytest.raises(StartError, match="token_revoked"):
            await asyncio.wait_for(running, DEADLINE)


async def test_an_answer_under_way_is_finished_before_the_client_ends(bot: Bot[Gate], gate: Gate) -> None:
    async with FakeSlack().serving() as fake:
        async with connected(bot, fake) as stop:
            await fake.deliver("slash_commands", SlackPlatform(fake, bot).a_command("slow"))
            await asyncio.to_thread(gate.entered.wait, DEADLINE)
            stop.set()
            gate.opened.set()
        assert [call.body["text"] for call in fake.messages()] == ["at last"]


async def test_a_stop_is_heeded_while_connecting(bot: Bot[Gate]) -> None:
    async with FakeSlack().serving() as fake:
        fake.doors.extend([503] * 1000)
        stop = asyncio.Event()
        running = asyncio.create_task(run(bot, BOT_TOKEN, APP_TOKEN, stop, f"{fake.url}/api/"))
        await fake.until(lambda: fake.count("apps.connections.open") == 1)
        stop.set()
        await asyncio.wait_for(running, DEADLINE)
