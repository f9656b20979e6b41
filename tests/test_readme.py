"""README.md tells the truth: its made parts are current, and every command in it does what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import SETTINGS
from tests.evaluate import CELLS
from tests.readme import README, renewed

ROOT = README.parent
DEADLINE = 120.0  # seconds
ENVIRON = {
    name: value
    for name, value in os.environ.items()
    if name not in {setting.name for setting in SETTINGS} and not name.startswith("MAKE")
}


@dataclass(frozen=True)
class Outcome:
    """What running a command of the README must show."""

    says: str
    code: int = 0
    dry: bool = False  # only show what make would do: it is what runs this test
    typed: str = ""  # what the person types into it


COMMANDS = {
    'make ask Q="How much influence does Beijing have with Pyongyang?"': Outcome("https://"),
    "make chat": Outcome("https://", typed="How much influence does Beijing have with Pyongyang?\n"),
    '.venv/bin/cnk ask --json "resolution 1718"': Outcome('"outcome": "answered"'),
    ".venv/bin/cnk ask --batch questions.jsonl --out answers.jsonl": Outcome(""),
    ".venv/bin/cnk slack-manifest": Outcome('"socket_mode_enabled": true'),
    "make run": Outcome("No token is set. Put DISCORD_TOKEN", code=2),
    ".venv/bin/cnk gaps": Outcome("no store"),
    ".venv/bin/cnk about --counts": Outcome("sources cited (at least 300)"),
    "make check": Outcome("No mistakes in the content"),
    "make test": Outcome("pytest", dry=True),
    "make test-all": Outcome("every_python.sh", dry=True),
}


def commands_of(text: str) -> list[str]:
    """Every line of every shell block."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_the_made_parts_are_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert renewed(text) == text, "run: make readme"


def test_every_command_of_the_readme_is_run_by_a_test() -> None:
    assert set(commands_of(README.read_text(encoding="utf-8"))) == COMMANDS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, tmp_path: Path) -> None:
    outcome = COMMANDS[command]
    (tmp_path / "questions.jsonl").write_text('{"id": 1, "q": "Why does China support North Korea?"}\n')
    words = shlex.split(command.replace(".venv", sys.prefix))
    if words[0] == "make":
        words[1:1] = ["--no-print-directory", "-C", str(ROOT), f"VENV={sys.prefix}", *(["-n"] if outcome.dry else [])]
    done = subprocess.run(
        words,
        cwd=tmp_path,
        env=ENVIRON,
        input=outcome.typed,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == outcome.code, done.stderr
    assert outcome.says in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    if "--batch" in command:
        assert '"declined": false' in (tmp_path / "answers.jsonl").read_text()


def test_the_measured_figures_are_those_make_measure_prints() -> None:
    text = README.read_text(encoding="utf-8")
    for row in ("start to first answer", "answer, in the process", "worker, both platforms", "installed size"):
        assert re.search(rf"^{row} +\d", text, re.MULTILINE), f"paste what make measure prints: {row}"


def test_every_column_of_the_evaluation_is_explained() -> None:
    explained = re.findall(r"^- \*\*(.+)\*\*: ", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert explained == list(CELLS)


def test_each_process_of_the_procfile_starts_up_to_its_missing_token(tmp_path: Path) -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["worker", "discord", "slack"]
    for line in lines:
        words = shlex.split(line.partition(":")[2])
        assert words[0] == "python"
        done = subprocess.run(
            [sys.executable, *words[1:]],
            cwd=tmp_path,
            env=ENVIRON | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            check=False,
        )
        assert (done.returncode, "No token is set" in done.stderr) == (78, True), done.stderr


def test_nothing_that_is_pinned_names_a_host() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / file).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?:|--index|--find-links|--extra", text)
