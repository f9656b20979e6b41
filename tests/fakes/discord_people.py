"""The world the fake Discord plays: an application, a server, its channels, two people, and another bot.

Invented, and shaped as Discord shapes them (API v10), with the fields that discord.py reads.
"""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]

TOKEN = "MTIz.invented.token"
APPLICATION = "1100000000000000001"  # the application and its bot user share one id
GUILD = "1100000000000000002"
GENERAL = "1100000000000000003"
THREAD = "1100000000000000004"  # in GENERAL
DIRECT = "1100000000000000005"  # between MIN and the bot
BOT_ROLE = "1100000000000000006"  # the role that Discord gives a bot, of the same name


def user(number: str, name: str, bot: bool = False) -> JSON:
    return {
        "id": number,
        "username": name,
        "global_name": name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


BOT = user(APPLICATION, "cnk", bot=True)
MIN = user("1100000000000000011", "min")
WEI = user("1100000000000000012", "wei")
OTHER_BOT = user("1100000000000000013", "weatherbot", bot=True)


def member(person: JSON) -> JSON:
    return {
        "user": person,
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": "2024-03-01T10:00:00.000000+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": "2248473465835073",
    }


def channel(number: str) -> JSON:
    if number == DIRECT:
        return {"id": DIRECT, "type": 1, "last_message_id": None, "recipients": [MIN], "flags": 0}
    if number == THREAD:
        return {
            "id": THREAD,
            "type": 11,
            "guild_id": GUILD,
            "parent_id": GENERAL,
            "owner_id": MIN["id"],
            "name": "sanctions",
            "last_message_id": None,
            "message_count": 3,
            "member_count": 2,
            "rate_limit_per_user": 0,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2024-03-01T10:00:00.000000+00:00",
                "locked": False,
            },
        }
    return {
        "id": number,
        "type": 0,
        "guild_id": GUILD,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
        "topic": None,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
    }


def role(number: str, name: str) -> JSON:
    return {
        "id": number,
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": "2248473465835073",
        "managed": name != "@everyone",
        "mentionable": True,
        "flags": 0,
    }


def guild() -> JSON:
    return {
        "id": GUILD,
        "name": "Simulation club",
        "owner_id": WEI["id"],
        "roles": [role(GUILD, "@everyone"), role(BOT_ROLE, "cnk")],
        "emojis": [],
        "features": [],
        "channels": [channel(GENERAL)],
        "threads": [channel(THREAD)],
        "members": [member(BOT)],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "member_count": 4,
        "large": False,
        "unavailable": False,
    }


def application() -> JSON:
    return {
        "id": APPLICATION,
        "name": "cnk",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": WEI,
        "verify_key": "00",
        "team": None,
        "flags": 0,
    }
