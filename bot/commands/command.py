"""What a command is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.reply import Reply, Suggestion

C = TypeVar("C")  # what handlers work on: the bot's context


@dataclass(frozen=True, slots=True)
class Option(Generic[C]):
    """One thing a command is told."""

    name: str  # lower case, as Discord wants it
    help: str  # at most 100 characters; Discord, option description
    required: bool = False
    suggest: Callable[[C, str], tuple[Suggestion, ...]] | None = None  # typed so far -> what it may become


@dataclass(frozen=True, slots=True)
class Command(Generic[C]):
    """One word people can use, and what it does.

    ``read`` turns the rest of a typed line into options, or gives None where the line is a question that only
    happens to begin with the command's name ("who signed the treaty?").
    """

    name: str
    help: str  # at most 100 characters; Discord, command description
    example: str  # a whole typed line, without /cnk
    options: tuple[Option[C], ...]  # the first is what a button or a bare line fills
    handle: Callable[[C, Mapping[str, str]], Reply]
    read: Callable[[C, str], Mapping[str, str] | None]
