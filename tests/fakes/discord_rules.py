"""What Discord refuses, in Discord's own words: checks of bodies, and the errors they give.

Limits are those of Discord's published API description (v10), and of its developer pages where the
description is silent: content of bots, five buttons a row, required options first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]
Fault = tuple[str, str, str]  # where (a dotted path), Discord's code, Discord's sentence

NAME = re.compile(r"^[-_'\w]{1,32}$")  # chat input command and option names; besides, lower case
SUBCOMMAND, STRING, BOOLEAN = 1, 3, 5


def too_long(where: str, text: Any, most: int, least: int = 0) -> Iterator[Fault]:
    if not isinstance(text, str):
        yield where, "BASE_TYPE_REQUIRED", "This field is required"
    elif len(text) > most:
        yield where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
    elif len(text) < least:
        yield where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."


def message_faults(body: JSON) -> Iterator[Fault]:
    """Faults of a message to create, in a channel or in answer to an interaction."""
    yield from too_long("content", body.get("content") or "", 2000)
    rows = body.get("components") or []
    if len(rows) > 5:
        yield "components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
    seen: set[str] = set()
    for number, row in enumerate(rows):
        where = f"components.{number}.components"
        buttons = row.get("components", [])
        if row.get("type") != 1 or not 1 <= len(buttons) <= 5:
            yield where, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
        for place, button in enumerate(buttons):
            yield from _button_faults(f"{where}.{place}", button, seen)


def _button_faults(where: str, button: JSON, seen: set[str]) -> Iterator[Fault]:
    yield from too_long(f"{where}.custom_id", button.get("custom_id"), 100, 1)
    yield from too_long(f"{where}.label", button.get("label"), 80, 1)
    if button.get("custom_id") in seen:
        yield f"{where}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
    seen.add(str(button.get("custom_id")))


def choice_faults(body: JSON) -> Iterator[Fault]:
    """Faults of an answer to autocomplete."""
    choices = body.get("choices", [])
    if len(choices) > 25:
        yield "data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
    for number, choice in enumerate(choices):
        yield from too_long(f"data.choices.{number}.name", choice.get("name"), 100, 1)
        yield from too_long(f"data.choices.{number}.value", choice.get("value"), 100)


def command_faults(commands: list[JSON]) -> Iterator[Fault]:
    """Faults of a whole set of commands to register."""
    for number, command in enumerate(commands):
        yield from _option_faults(str(number), command)
        for key, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
            if not set(command.get(key) or allowed) <= allowed:
                yield f"{number}.{key}", "BASE_TYPE_CHOICES", "Value must be one of the choices."


def _option_faults(where: str, option: JSON) -> Iterator[Fault]:
    name, options = option.get("name", ""), option.get("options") or []
    if not NAME.match(name) or name != name.lower():
        yield f"{where}.name", "STRING_TYPE_REGEX", "String value did not match validation regex."
    yield from too_long(f"{where}.description", option.get("description"), 100, 1)
    if len(options) > 25:
        yield f"{where}.options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
    names = [each.get("name") for each in options]
    if len(set(names)) < len(names):
        yield f"{where}.options", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name must be unique"
    required = [bool(each.get("required")) for each in options]
    if required != sorted(required, reverse=True):
        sentence = "Required options must be placed before non-required options"
        yield f"{where}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence
    for number, each in enumerate(options):
        yield from _option_faults(f"{where}.options.{number}", each)


class Refused(Exception):  # noqa: N818 - an answer of Discord's, not a mistake of the fake
    """An answer with an error in it."""

    def __init__(self, status: int, code: int, message: str, more: JSON | None = None) -> None:
        super().__init__(message)
        self.status, self.body = status, {"message": message, "code": code, **(more or {})}


def check(faults: Iterator[Fault]) -> None:
    """Refuse as Discord does if there is any fault."""
    errors: JSON = {}
    for where, code, sentence in faults:
        place = errors
        for key in where.split("."):
            place = place.setdefault(key, {})
        place.setdefault("_errors", []).append({"code": code, "message": sentence})
    if errors:
        raise Refused(400, 50035, "Invalid Form Body", {"errors": errors})
