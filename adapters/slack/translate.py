"""Between Slack's events and the bot's requests, and between its replies and Slack's messages.

An event is the JSON body as Slack sends it: a slash command, an ``app_mention`` or ``message`` event in its
envelope, or a ``block_actions`` interaction. These functions take any of them, and touch nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from adapters.slack.blocks import SHARE, to_payload
from bot.reply import Action, Reply
from bot.request import Request

__all__ = ["Place", "addressed", "to_identity", "to_payload", "to_place", "to_request", "to_share"]

Body = Mapping[str, Any]

HELP = "help"  # what somebody who calls the bot without a word is given
SPOKEN = (None, "file_share", "thread_broadcast")  # message subtypes in which a person says something

_TAG = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: through ``response_url`` where there is one, else as a message in the channel."""

    channel: str
    user: str  # who asked
    thread: str = ""  # timestamp of the thread's first message; "" for none
    response_url: str = ""  # takes 5 answers within 30 minutes; Slack, handling user interaction
    public: bool = False  # only for a response_url: seen by the whole channel

    @property
    def direct(self) -> bool:
        """A message in the conversation of the bot and one person."""
        return not self.response_url and self.channel.startswith("D")

    @property
    def private(self) -> bool:
        """Seen by nobody but the asker, in the midst of a channel."""
        return bool(self.response_url) and not self.public


def addressed(body: Body, me: str) -> bool:
    """Whether a message or mention is a person's, and meant for the bot, whose user id is ``me``."""
    event = body["event"]
    if event.get("bot_id") or event.get("user") in (None, me) or event.get("subtype") not in SPOKEN:
        return False
    return bool(event["type"] == "app_mention" or event.get("channel_type") == "im")


def to_identity(body: Body) -> str:
    """What the event is known by however often it is delivered.

    Slack repeats messages under new event ids, and sends a mention in a direct message as two events; channel
    and timestamp stay. A command or a press is known by its trigger.
    """
    if "event" in body:
        return f"slack:{_team(body)}:{body['event']['channel']}:{body['event']['ts']}"
    return f"slack:{body['trigger_id']}"


def to_place(body: Body) -> Place:
    """Where the answer to this event belongs."""
    if "command" in body:
        return Place(body["channel_id"], body["user_id"], response_url=body["response_url"])
    if "event" in body:
        event = body["event"]
        start = event["ts"] if event["type"] == "app_mention" else ""
        return Place(event["channel"], event["user"], event.get("thread_ts", start))
    return _place_of_press(body)


def _place_of_press(body: Body) -> Place:
    place = Place(body["channel"]["id"], body["user"]["id"], body.get("message", {}).get("thread_ts", ""))
    if place.thread or place.direct:
        return place
    # Under a private answer, or one that was shared in a channel of which the bot may be no member.
    return replace(place, response_url=body["response_url"], public=_pressed(body)[1] == SHARE)


def to_request(body: Body, me: str) -> Request:
    """What the person asked, in plain words; a button asks with what it was made of."""
    place = to_place(body)
    # To share is no turn of the talk: it neither refers to what was said last nor is referred to.
    conversation = "" if place.public else f"slack:{_team(body)}:{place.channel}:{place.thread or place.user}"
    if "command" in body or "event" in body:
        text = _plain(body["text"] if "command" in body else body["event"].get("text", ""), me)
        return Request("slack", text=text or HELP, conversation=conversation)
    command, _ = _pressed(body)
    argument = unquote(body["actions"][0].get("value", ""))
    return Request("slack", command=command, text=argument, conversation=conversation)


def to_share(reply: Reply) -> Action | None:
    """The button under an answer that only the asker sees, which shows it to the channel.

    It asks the same again, as it would have been put without the talk before it: Slack keeps no private message
    for us to copy, and neither do we.
    """
    if reply.outcome not in ("answered", "declined") or not reply.asked:
        return None
    return Action("Share", "", reply.asked)


def _team(body: Body) -> str:
    return str(body.get("team_id") or (body.get("team") or {}).get("id", ""))


def _pressed(body: Body) -> tuple[str, str]:
    """The command of a pressed button, and its number or SHARE."""
    _, command, number = body["actions"][0]["action_id"].split(":")
    return command, number


def _plain(text: str, me: str) -> str:
    """Slack's escaped text as a person reads it, on one line, without the bot's own mention."""
    read = _TAG.sub(lambda tag: _word(tag[1], me), text)
    read = read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(read.split()).lstrip(" ,:")


def _word(tag: str, me: str) -> str:
    """What stands for ``<tag>``: a mention's name, a link's address."""
    target, _, label = tag.partition("|")
    if target == f"@{me}":
        return ""
    if target.startswith("@"):
        return f"@{label}" if label else "someone"
    if target.startswith("#"):
        return f"#{label}" if label else "a channel"
    if target.startswith("!"):
        return label or ("a group" if "^" in target else f"@{target[1:]}")
    return target.removeprefix("mailto:").removeprefix("tel:")
