"""The app manifest: what a host pastes into Slack to create the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.commands.command import Command

NAME = "cnk"
DESCRIPTION = "Answers questions about relations between China and North Korea, with dated sources"  # at most 140
PROMPTS = 4  # Slack, assistant.threads.setSuggestedPrompts

# Every scope, and what stops without it.
SCOPES = {
    "app_mentions:read": "mentions",
    "chat:write": "answers to mentions and direct messages",
    "commands": "/cnk",
    "im:history": "direct messages",
}
AGENT_SCOPE = "assistant:write"  # Slack demands it of an app with agent_view
EVENTS = ("app_mention", "message.im")


def manifest(commands: Sequence[Command[Any]], agent: bool = True) -> dict[str, Any]:
    """The manifest in the form of https://docs.slack.dev/reference/app-manifest, as of 2026.

    ``agent`` shows the bot among the workspace's agents, with suggested prompts, at the price of one more scope.
    Without it all else works the same. Guests of a workspace cannot use agents (Slack, developing agents,
    members only), and an app that has become one stays one.
    """
    return {
        "display_information": {"name": NAME, "description": DESCRIPTION},
        "features": _features(commands) | (_agent_view(commands) if agent else {}),
        "oauth_config": {"scopes": {"bot": sorted([*SCOPES, *([AGENT_SCOPE] if agent else [])])}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _features(commands: Sequence[Command[Any]]) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": False,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": NAME, "always_online": True},
        "slash_commands": [
            {
                "command": "/cnk",
                "description": DESCRIPTION,
                "usage_hint": f"[a question, or {', '.join(command.name for command in commands)}]",
                "should_escape": True,  # mentions and links then look as they do in messages
            }
        ],
    }


def _agent_view(commands: Sequence[Command[Any]]) -> dict[str, Any]:
    prompts = [{"title": command.help, "message": command.example} for command in commands[:PROMPTS]]
    return {"agent_view": {"agent_description": DESCRIPTION, "suggested_prompts": prompts}}
