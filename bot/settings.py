"""What the host decides, read from the environment once, at the entry."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.errors import StartError

T = TypeVar("T")


class Secret(str):
    """A text whose repr hides it, and with it that of Settings: in a traceback, or where settings are logged."""

    def __repr__(self) -> str:
        return "Secret('…')" if self else "Secret('')"


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, what it is, and what holds when it is not set."""

    name: str
    help: str
    default: str = ""


SETTINGS = (
    Setting("DISCORD_TOKEN", "Token of the Discord bot; Discord is started only when it is set"),
    Setting("SLACK_BOT_TOKEN", "Slack's bot token, xoxb-…; Slack is started only when both its tokens are set"),
    Setting("SLACK_APP_TOKEN", "Slack's app-level token, xapp-…, with the scope connections:write"),
    Setting("CNK_CONTENT", "Another content folder than the one that comes with the bot"),
    Setting("CNK_STORE", "The SQLite file for what outlives a restart", "cnk.db"),
    Setting("CNK_CACHE", "A folder in which the content is kept ready for a quick start", "~/.cache/cnk"),
    Setting("CNK_KEEP_QUESTIONS", "yes keeps the words of unanswered questions in the store", "no"),
    Setting("CNK_LOG", "How much is logged: debug, info, warning or error", "info"),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, cast and checked."""

    discord_token: Secret = field(default=Secret(""))
    slack_bot_token: Secret = field(default=Secret(""))
    slack_app_token: Secret = field(default=Secret(""))
    content: Path | None = None
    store: Path = Path("cnk.db")
    cache: Path | None = None
    keep_questions: bool = False
    log_level: int = logging.INFO

    @classmethod
    def from_env(cls, environ: Mapping[str, str], content: Path | None = None) -> Settings:
        """Read the variables of SETTINGS; ``content`` goes before CNK_CONTENT.

        Raises StartError, naming the variable, for a value it cannot have.
        """
        values = {name: environ.get(name, "").strip() or default for name, default in _DEFAULTS.items()}
        unknown = sorted(name for name in environ if name.startswith("CNK_") and name not in _DEFAULTS)
        if unknown:
            known = ", ".join(name for name in _DEFAULTS if name.startswith("CNK_"))
            raise StartError(f"There is no setting {unknown[0]}. Remove it, or write one of: {known}.", os.EX_CONFIG)
        return cls(
            discord_token=Secret(values["DISCORD_TOKEN"]),
            slack_bot_token=Secret(values["SLACK_BOT_TOKEN"]),
            slack_app_token=Secret(values["SLACK_APP_TOKEN"]),
            content=content or (_path(values["CNK_CONTENT"]) if values["CNK_CONTENT"] else None),
            store=_path(values["CNK_STORE"]),
            cache=_cache(values["CNK_CACHE"]),
            keep_questions=_choice("CNK_KEEP_QUESTIONS", values, _YES_NO),
            log_level=_choice("CNK_LOG", values, _LEVELS),
        )


_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def _path(path: str) -> Path:
    """A path that may begin with ``~``."""
    return Path(os.path.expanduser(path))


def _cache(path: str) -> Path | None:
    """A cache that lies in the home of an account that has none is no cache."""
    return None if str(_path(path)).startswith("~") else _path(path)


def _choice(name: str, values: Mapping[str, str], allowed: Mapping[str, T]) -> T:
    value = values[name].casefold()
    if value not in allowed:
        raise StartError(f"{name} cannot be “{values[name]}”. Write one of: {', '.join(allowed)}.", os.EX_CONFIG)
    return allowed[value]
