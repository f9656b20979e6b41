"""Discord's events to requests, and replies to Discord's messages. No traffic, no state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from adapters.discord.markup import escape, link
from bot.reply import Action, Reply, SourceLine, Style, shortened
from bot.request import Request
from bot.splitting import pack, split

PLATFORM = "discord"
PRIVATE = "private"  # the option that every subcommand has besides its own

CONTENT_LIMIT = 2000  # characters; Discord, create message, content (4000 is for paying people, not for bots)
CUSTOM_ID_LIMIT = 100  # characters; Discord, button, custom_id
LABEL_LIMIT = 80  # characters; Discord, button, label
BUTTONS_LIMIT = 5 * 5  # per message; Discord, action row: 5 buttons, message: 5 action rows

ASK = "cnk:"  # how the custom_id of our buttons begins: cnk:<command>:<argument>
SHARE = "cnk-share"  # the custom_id of the button that repeats a private message publicly

_DRESS: Mapping[Style, tuple[str, str]] = {
    "heading": ("**", "**"),
    "body": ("", ""),
    "item": ("", ""),
    "quiet": ("-# ", ""),
}


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; ``custom_id`` holds all that is needed to answer it, even after a restart."""

    label: str  # 1 to LABEL_LIMIT characters
    custom_id: str  # 1 to CUSTOM_ID_LIMIT characters


@dataclass(frozen=True, slots=True)
class Payload:
    """One message to send."""

    content: str  # Discord markdown, 1 to CONTENT_LIMIT characters
    buttons: tuple[Button, ...] = ()  # at most BUTTONS_LIMIT


# From events to requests


def is_question(message: discord.Message, me: discord.abc.Snowflake) -> bool:
    """Whether a person speaks to us: in a direct message, or naming the bot itself.

    ``Message.mentions`` holds neither roles nor @everyone (``mentioned_in`` would); it does hold whom a reply
    pings. Notices such as "pinned a message" have types of their own.
    """
    if message.author.bot or message.webhook_id or message.type not in _WRITTEN:
        return False
    return message.guild is None or any(user.id == me.id for user in message.mentions)


_WRITTEN = (discord.MessageType.default, discord.MessageType.reply)


def message_to_request(message: discord.Message, me: discord.abc.Snowflake) -> Request:
    """A mention or a direct message; one without words asks for help."""
    text = message.content.replace(f"<@{me.id}>", " ").replace(f"<@!{me.id}>", " ")
    conversation = _conversation(message.channel, message.author)
    return Request(PLATFORM, text=" ".join(text.split()) or "help", conversation=conversation)


def command_to_request(interaction: discord.Interaction[Any]) -> Request:
    """A slash command; the name is the subcommand's, the options those that were filled in."""
    options = {name: str(value) for name, value in interaction.namespace if name != PRIVATE}
    name = interaction.command.name if interaction.command else ""
    return Request(
        PLATFORM, command=name, options=options, conversation=_conversation(interaction.channel, interaction.user)
    )


def button_to_request(interaction: discord.Interaction[Any]) -> Request:
    """A pressed button, with what it was made of."""
    command, _, argument = (interaction.custom_id or "").removeprefix(ASK).partition(":")
    conversation = _conversation(interaction.channel, interaction.user)
    return Request(PLATFORM, command=command, text=argument, conversation=conversation)


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Whether the answer is for the asker's eyes only: as they chose, or as the message they pressed on is."""
    if interaction.message is not None:
        return interaction.message.flags.ephemeral
    return (PRIVATE, True) in tuple(interaction.namespace)


def _conversation(channel: Any, user: discord.abc.Snowflake) -> str:
    """A thread is one talk for all in it; elsewhere each person has their own."""
    place = getattr(channel, "id", 0)
    return f"discord:{place}" if isinstance(channel, discord.Thread) else f"discord:{place}:{user.id}"


# From replies to payloads


def to_payload(reply: Reply, private: bool = False) -> tuple[Payload, ...]:
    """The messages that say ``reply``, in order; none for a reply without words.

    Actions sit under the last message. Each message of a private reply can be shared.
    """
    contents = [content for content in pack(_paragraphs(reply), CONTENT_LIMIT) if content.strip()]
    share = (Button("Share", SHARE),) if private else ()
    actions = _buttons(reply.actions)[: BUTTONS_LIMIT - len(share)]
    first, last = contents[:-1], contents[-1:]
    return tuple(
        [Payload(content, share) for content in first] + [Payload(content, actions + share) for content in last]
    )


def to_shared(message: discord.Message) -> Payload:
    """The public twin of a private message, which is all that a press on its Share button needs.

    We repeat the message rather than ask again: nothing need be kept, so it works after a restart, it shows the
    very words the person has read, and a question that leans on the talk before it would not mean the same
    again. Discord hands us only the pressed message, so each message of a long answer has a button of its own.
    """
    buttons = (each for row in message.components if isinstance(row, discord.ActionRow) for each in row.children)
    kept = (
        Button(button.label or "", button.custom_id)
        for button in buttons
        if isinstance(button, discord.Button) and button.custom_id and button.custom_id.startswith(ASK)
    )
    return Payload(message.content, tuple(kept))


def _paragraphs(reply: Reply) -> Iterator[str]:
    for line in reply.lines:
        yield from _line(line.words, line.style)
    for source in reply.sources:
        yield from _source(source)


def _line(words: str, style: Style) -> tuple[str, ...]:
    """One line, or as many as the limit makes of it, each in the same dress."""

    def dressed(piece: str) -> str:
        before, after = _DRESS[style]
        return f"{before}{escape(piece)}{after}" if piece.strip() else ""

    pieces = split(words, CONTENT_LIMIT, size=lambda piece: len(dressed(piece)))
    return tuple(dressed(piece) for piece in pieces) or ("",)  # an empty line is a line


def _source(source: SourceLine) -> tuple[str, ...]:
    """A source in one line with its link; a title too long for that goes without the link, but in full."""
    number, credit = escape(f"[{source.number}] "), escape(f" – {source.credit}")
    linked = f"-# {number}{link(source.title, source.url)}{credit}"
    return (linked,) if len(linked) <= CONTENT_LIMIT else _line(source.words, "quiet")


def _buttons(actions: Iterable[Action]) -> tuple[Button, ...]:
    """Actions as buttons; Discord refuses the whole message for one without label, too long, or there twice."""
    labels = {f"{ASK}{action.command}:{action.argument}": shortened(action.label, LABEL_LIMIT) for action in actions}
    return tuple(
        Button(label, custom_id)
        for custom_id, label in labels.items()
        if label.strip() and len(custom_id) <= CUSTOM_ID_LIMIT
    )
