"""The worker as a host runs it: one process, both platforms, signals and exit codes."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack_platform import a_mention
from tests.conftest import SMALL
from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.fakes.worker import start_worker

DEADLINE = 30.0  # seconds

QUESTION = "Why does China support North Korea?"


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack().serving() as fake:
        yield fake


async def start(discord: FakeDiscord, slack: FakeSlack, folder: Path, **settings: str) -> Process:
    """The worker on the small content, which it reads at once."""
    return await start_worker(discord, slack, folder, CNK_CONTENT=str(SMALL), **settings)


async def ended(process: Process) -> tuple[int | None, str, str]:
    """Exit code, output and errors of a process that is about to end."""
    out, errors = await asyncio.wait_for(process.communicate(), DEADLINE)
    return process.returncode, out.decode(), errors.decode()


async def test_one_process_answers_on_both_and_ends_cleanly(
    discord: FakeDiscord, slack: FakeSlack, tmp_path: Path
) -> None:
    process = await start(discord, slack, tmp_path)
    await discord.connected()
    await slack.until(lambda: slack.connections > 0)
    await discord.say(f"<@bot> {QUESTION}")
    await slack.deliver("events_api", a_mention(QUESTION))
    await discord.until(lambda: bool(discord.messages))
    await slack.until(lambda: bool(slack.messages()))
    process.terminate()
    code, out, errors = await ended(process)
    assert (code, errors) == (0, "")
    assert out.splitlines()[-1].endswith("stopped")
    assert "connected to Discord" in out
    assert "connected to Slack" in out
    assert QUESTION not in out


async def test_a_platform_that_is_not_set_is_not_started(
    discord: FakeDiscord, slack: FakeSlack, tmp_path: Path
) -> None:
    process = await start(discord, slack, tmp_path, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    await discord.connected()
    process.terminate()
    code, out, _ = await ended(process)
    assert code == 0
    assert "Slack" not in out
    assert not slack.calls


@pytest.mark.parametrize(
    ("settings", "told"),
    [({"DISCORD_TOKEN": "wrong"}, "DISCORD_TOKEN"), ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN")],
)
async def test_a_platform_that_is_refused_leaves_the_other_alone(
    discord: FakeDiscord, slack: FakeSlack, tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    process = await start(discord, slack, tmp_path, **settings)
    if told == "DISCORD_TOKEN":
        await slack.until(lambda: slack.connections > 0)
        await slack.deliver("events_api", a_mention(QUESTION))
        await slack.until(lambda: bool(slack.messages()))
    else:
        await discord.connected()
        await discord.say(f"<@bot> {QUESTION}")
        await discord.until(lambda: bool(discord.messages))
    process.terminate()
    code, out, errors = await ended(process)
    assert code == 77
    assert told in out
    assert told in errors
    assert "Traceback" not in out + errors


async def test_when_every_platform_is_refused_the_process_ends(
    discord: FakeDiscord, slack: FakeSlack, tmp_path: Path
) -> None:
    process = await start(discord, slack, tmp_path, DISCORD_TOKEN="wrong", SLACK_BOT_TOKEN="xoxb-wrong")
    code, out, errors = await ended(process)
    assert code == 77
    assert "DISCORD_TOKEN" in out
    assert "SLACK_BOT_TOKEN" in out
    assert len(errors.strip().splitlines()) == 1
