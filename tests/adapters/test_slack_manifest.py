"""The app manifest keeps to Slack's reference, and asks for no more than the client uses."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from adapters.slack.manifest import AGENT_SCOPE, manifest
from bot.commands.command import Command
from bot.reply import Reply


def a_command(name: str, help_line: str = "Says something") -> Command[Any]:
    return Command(name, help_line, f"{name} anything", (), lambda *_: Reply(()), lambda *_: {})


COMMANDS = tuple(a_command(name, "h" * 100) for name in ("ask", "timeline", "who", "source", "trade", "help"))


def test_the_scopes_are_exactly_those_the_client_needs() -> None:
    # mentions, posting, the slash command, direct messages
    needed = ["app_mentions:read", "chat:write", "commands", "im:history"]
    assert manifest(COMMANDS, agent=False)["oauth_config"] == {"scopes": {"bot": needed}}
    assert set(manifest(COMMANDS)["oauth_config"]["scopes"]["bot"]) == {*needed, AGENT_SCOPE}


def test_the_events_are_those_the_client_listens_to() -> None:
    settings = manifest(COMMANDS)["settings"]
    assert settings["event_subscriptions"] == {"bot_events": ["app_mention", "message.im"]}
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["socket_mode_enabled"] is True
    assert settings["org_deploy_enabled"] is settings["token_rotation_enabled"] is False


def test_people_can_write_direct_messages() -> None:
    home = manifest(COMMANDS)["features"]["app_home"]
    assert home == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


@pytest.mark.parametrize("agent", [True, False])
def test_lengths_and_signs_are_those_of_the_manifest_reference(agent: bool) -> None:
    made = manifest(COMMANDS, agent=agent)
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", made["features"]["bot_user"]["display_name"])
    [command] = made["features"]["slash_commands"]
    assert command["command"] == "/cnk"
    assert command["should_escape"] is True
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
    assert json.loads(json.dumps(made)) == made


def test_the_agent_view_is_the_current_one_and_prompts_come_from_the_commands() -> None:
    features = manifest(COMMANDS)["features"]
    assert "assistant_view" not in features
    assert 1 <= len(features["agent_view"]["agent_description"]) <= 300
    prompts = features["agent_view"]["suggested_prompts"]
    assert [prompt["message"] for prompt in prompts] == [command.example for command in COMMANDS[:4]]
    assert all(set(prompt) == {"title", "message"} and prompt["title"] for prompt in prompts)
    assert "agent_view" not in manifest(COMMANDS, agent=False)["features"]
