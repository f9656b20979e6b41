from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.settings import SETTINGS, Secret, Settings


def test_nothing_set_gives_the_defaults() -> None:
    assert Settings.from_env({}) == Settings(cache=Path.home() / ".cache" / "cnk")


def test_every_setting_is_read() -> None:
    environ = {
        "DISCORD_TOKEN": " d ",
        "SLACK_BOT_TOKEN": "xoxb",
        "SLACK_APP_TOKEN": "xapp",
        "CNK_CONTENT": "/there",
        "CNK_STORE": "/here.db",
        "CNK_CACHE": "/cache",
        "CNK_KEEP_QUESTIONS": "Yes",
        "CNK_LOG": "debug",
    }
    assert set(environ) == {setting.name for setting in SETTINGS}
    assert Settings.from_env(environ) == Settings(
        discord_token=Secret("d"),
        slack_bot_token=Secret("xoxb"),
        slack_app_token=Secret("xapp"),
        content=Path("/there"),
        store=Path("/here.db"),
        cache=Path("/cache"),
        keep_questions=True,
        log_level=logging.DEBUG,
    )


def test_an_account_without_a_home_has_no_cache() -> None:
    assert Settings.from_env({"CNK_CACHE": "~nobody-of-this-name/cache"}).cache is None


def test_a_token_shows_itself_to_nobody() -> None:
    settings = Settings.from_env({"DISCORD_TOKEN": "very-secret"})
    assert "very-secret" not in repr(settings)
    assert settings.discord_token == "very-secret"


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"CNK_LOG": "loud"}, "CNK_LOG cannot be “loud”. Write one of: debug, info, warning, error."),
        ({"CNK_KEEP_QUESTIONS": "maybe"}, "CNK_KEEP_QUESTIONS cannot be “maybe”"),
        ({"CNK_STOER": "x"}, "There is no setting CNK_STOER"),
    ],
)
def test_a_wrong_setting_is_named(environ: dict[str, str], told: str) -> None:
    with pytest.raises(StartError) as error:
        Settings.from_env(environ)
    assert told in str(error.value)
