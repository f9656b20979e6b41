"""The house: which room may import which, and what must not be imported where."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {"knowledge": {"knowledge"}, "bot": {"bot", "knowledge"}, "adapters": {"adapters", "bot"}}
SDKS = {"discord", "slack_bolt", "slack_sdk", "aiohttp"}
HOMES = {"discord": {"discord", "aiohttp"}, "slack": {"slack_bolt", "slack_sdk", "aiohttp"}}  # aiohttp carries both


def modules_imported_by(path: Path) -> set[str]:
    """Full names of all modules a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            names.add(node.module or "")
    return names


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in modules_imported_by(path)}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_in_one_direction(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    for path in files:
        assert roots(path) & MAY_IMPORT.keys() <= MAY_IMPORT[room], path


@pytest.mark.parametrize("room", ["knowledge", "bot"])
def test_only_adapters_know_a_chat_sdk(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        assert not roots(path) & SDKS, path


def test_only_knowledge_reads_yaml_and_it_reads_no_environment() -> None:
    for room in ("bot", "adapters"):
        for path in (ROOT / room).rglob("*.py"):
            assert "yaml" not in roots(path), path
    for path in (ROOT / "knowledge").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(way in text for way in ("environ", "getenv", "expanduser")), path


@pytest.mark.parametrize("platform", HOMES)
def test_an_adapter_knows_its_own_sdk_and_no_other_adapter(platform: str) -> None:
    others = set(HOMES) - {platform}
    for path in (ROOT / "adapters" / platform).rglob("*.py"):
        assert roots(path) & SDKS <= HOMES[platform], path
        assert not any(name.startswith(f"adapters.{other}") for name in modules_imported_by(path) for other in others)


def test_the_command_line_knows_no_chat_sdk() -> None:
    for path in (ROOT / "adapters").glob("*.py"):
        allowed = {"aiohttp"} if path.name == "links.py" else set()  # it asks web sites, not a chat
        assert roots(path) & SDKS <= allowed, path


def test_yaml_is_only_ever_loaded_safely() -> None:
    for room in MAY_IMPORT:
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for unsafe in ("yaml.load", "UnsafeLoader", "FullLoader", "yaml.Loader", "pickle", "eval("):
                assert unsafe not in text, f"{path}: {unsafe}"
