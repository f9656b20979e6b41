"""The command line as a person or a program runs it: a process, its output and its exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from bot.settings import SETTINGS
from tests.conftest import SMALL

DEADLINE = 60.0  # seconds; for what should take one
SETTING_NAMES = {setting.name for setting in SETTINGS}
PLAIN = {name: value for name, value in os.environ.items() if name not in SETTING_NAMES}
PLAIN |= {"CNK_CACHE": str(Path(tempfile.gettempdir()) / "cnk-tests")}
ROOT = Path(__file__).parents[2]


def cnk(*arguments: str, cwd: Path | None = None, **options: object) -> subprocess.CompletedProcess[str]:
    """Run ``cnk`` to its end."""
    environ = PLAIN | {"CNK_CONTENT": str(SMALL)} | dict(options.pop("environ", {}))  # type: ignore[call-overload]
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [sys.executable, "-m", "adapters", *arguments],
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        cwd=cwd or ROOT,
        env=environ | {"PYTHONPATH": str(ROOT)},
        **options,  # type: ignore[call-overload]
    )
    return done


def start(*arguments: str, cwd: Path, **options: object) -> subprocess.Popen[str]:
    process: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, "-m", "adapters", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env=PLAIN | {"CNK_CONTENT": str(SMALL), "PYTHONPATH": str(ROOT)},
        **options,  # type: ignore[call-overload]
    )
    return process


def test_a_question_is_answered_with_its_sources() -> None:
    done = cnk("ask", "Why does China support North Korea?")
    assert done.returncode == 0
    assert done.stdout.startswith("Beijing feared refugees and chaos if Pyongyang collapsed. [1][2]\n")
    assert "https://example.org/daily-2013" in done.stdout
    assert "\x1b" not in done.stdout
    assert not done.stderr


def test_words_may_come_without_quotes() -> None:
    assert cnk("ask", "timeline", "2006").stdout.startswith("2 events in 2006:")


def test_a_terminal_without_the_letters_still_gets_an_answer() -> None:
    done = cnk("ask", "who 金正日", environ={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Kim Jong Il")


def test_an_output_that_is_closed_is_no_drama() -> None:
    done = subprocess.run(
        f"{sys.executable} -m adapters ask 'resolution 1718' >&-",
        shell=True,
        cwd=ROOT,
        env=PLAIN | {"CNK_CONTENT": str(SMALL)},
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_json_is_one_line_for_a_program() -> None:
    record = json.loads(cnk("ask", "--json", "capital of France").stdout)
    assert record["outcome"] == "declined"


def test_asking_leaves_nothing_on_disk(tmp_path: Path) -> None:
    cnk("ask", "capital of France", cwd=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "usage: cnk"),
        (["dance"], 2, "invalid choice"),
        (["ask"], 2, "Ask something"),
        (["ask", "--loud", "why"], 2, "unrecognized arguments"),
        (["ask", "why", "--batch", "x"], 2, "not both"),
        (["ask", "why", "--out", "x"], 2, "goes with --batch"),
        (["ask", "--batch", ""], 74, "No such file"),
        (["ask", "--batch", str(ROOT / "pyproject.toml"), "--out", str(ROOT / "pyproject.toml")], 2, "another file"),
        (["ask", "why", "--content", "/nowhere"], 65, "cannot be read"),
        (["ask", "--batch", "/nowhere.jsonl"], 74, "No such file"),
        (["run"], 78, "No token is set"),
        (["run", "--only", "slack"], 78, "SLACK_BOT_TOKEN and SLACK_APP_TOKEN"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(arguments: list[str], code: int, told: str) -> None:
    done = cnk(*arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "set SLACK_APP_TOKEN as well"),
        ({"CNK_LOG": "loud"}, "CNK_LOG"),
        ({"DISCORD_TOKEN": "x", "CNK_STORE": "/nowhere/cnk.db"}, "CNK_STORE"),
        ({"DISCORD_TOKEN": "x", "CNK_CONTENT": "/nowhere", "CNK_STORE": ":memory:"}, "cannot be read"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_one_sentence(environ: dict[str, str], told: str) -> None:
    done = cnk("run", environ=environ)
    assert done.returncode in (65, 74, 78)
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_settings_are_read_from_a_file_and_the_environment_goes_before(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CNK_LOG=loud\nSLACK_BOT_TOKEN=xoxb-1\n")
    assert "CNK_LOG" in cnk("run", cwd=tmp_path).stderr
    assert "SLACK_APP_TOKEN" in cnk("run", cwd=tmp_path, environ={"CNK_LOG": "info"}).stderr


def test_an_empty_variable_does_not_hide_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\n")
    assert "SLACK_APP_TOKEN" in cnk("run", cwd=tmp_path, environ={"SLACK_BOT_TOKEN": ""}).stderr


def test_a_settings_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"CNK_STORE=caf\xe9.db\n")
    done = cnk("run", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (78, "cnk: The file .env is not UTF-8 text. Save it with that encoding.\n")


def test_gaps_of_a_bot_that_never_ran_are_none_and_leave_no_file(tmp_path: Path) -> None:
    done = cnk("gaps", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no store" in done.stdout
    assert not list(tmp_path.iterdir())


# check


def test_check_prints_what_an_editor_should_look_at_and_what_the_content_covers() -> None:
    done = cnk("check")
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("entities/all.yaml:17: kim-jong-il: nothing in the record names this entity.")
    assert "The wider picture                     1           5        2         1         0" in lines
    assert "Years without an event: 2004, 2005." in lines
    assert lines[-1].startswith("4 to look at in the content: 3 topics")


def test_about_tells_the_version_and_with_counts_how_much_there_is() -> None:
    assert cnk("about").stdout.startswith("/cnk 0.")
    lines = cnk("about", "--counts").stdout.splitlines()
    assert lines[0] == "     3  sources cited (short of 300)"
    assert "     3  fewest wordings of a topic (short of 6)" in lines


def test_check_prints_every_mistake_and_fails(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "a.yaml").write_text("titel: A\n")
    (tmp_path / "resolutions.yaml").write_text("1718: [\n")
    done = cnk("check", "--content", str(tmp_path))
    assert done.returncode == 1
    assert "topics/a.yaml:1: a, titel:" in done.stdout
    assert "resolutions.yaml:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


# chat


def test_a_chat_follows_what_was_said_before() -> None:
    done = cnk("chat", input="Why does China support North Korea?\nmore\n")
    assert done.returncode == 0
    assert "Chinese firms held most of the mining licences" in done.stdout


# batch

BATCH = """\
{"id": 1, "q": "Why does China support North Korea?"}

{"id": 2, "q": "capital of France"}
not json
{"id": 3, "turns": [{"id": "3a", "q": "Why does China support North Korea?"}, {"id": "3b", "q": "more"}]}
{"id": 4}
"""


def test_a_batch_answers_every_line_it_can_read(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(BATCH)
    done = cnk("ask", "--batch", "in.jsonl", "--out", "out.jsonl", cwd=tmp_path)
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [record["id"] for record in records] == [1, 2, "3a", "3b"]
    assert [record["declined"] for record in records] == [False, True, False, False]
    assert records[0]["answer"].splitlines()[0].endswith("[1][2]")
    assert records[0]["citations"] == ["https://example.org/daily-2013", "https://example.org/paper-2008"]
    assert "mining licences" in records[3]["answer"]
    assert all(record["ms"] > 0 for record in records)
    assert done.returncode == 1
    assert "line 4: this is not JSON" in done.stderr
    assert 'line 6: a question needs an "id" and a "q"' in done.stderr


def test_a_batch_reads_and_writes_pipes() -> None:
    done = cnk("ask", "--batch", "-", input='{"id": 1, "q": "Why does China support North Korea?"}\n')
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == 1


def test_a_batch_with_an_odd_id_gives_that_id_back() -> None:
    done = cnk("ask", "--batch", "-", input='{"id": "\\ud800", "q": "hi"}\n{"id": NaN, "q": "hi"}\n')
    assert done.returncode == 1
    assert json.loads(done.stdout)["id"] == "\ud800"
    assert "line 2" in done.stderr


def test_a_batch_with_odd_bytes_still_answers(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'\xef\xbb\xbf{"id": 1, "q": "caf\xe9 \\ud800 border length"}\n')
    done = cnk("ask", "--batch", "in.jsonl", "--out", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out.jsonl").read_text())["id"] == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full disk to write to")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(BATCH)
    done = cnk("ask", "--batch", "in.jsonl", "--out", "/dev/full", cwd=tmp_path)
    assert done.returncode == 74
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_drama(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "q": "Why does China support North Korea?"}\n' * 3000)
    process = start("ask", "--batch", "in.jsonl", cwd=tmp_path)
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(DEADLINE) == 141
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch_that_is_stopped_keeps_what_it_has(tmp_path: Path, number: signal.Signals, code: int) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "q": "Why does China support North Korea?"}\n' * 100_000)
    process = start("ask", "--batch", "in.jsonl", "--out", "out.jsonl", cwd=tmp_path)
    out, limit = tmp_path / "out.jsonl", time.monotonic() + DEADLINE
    while not (out.exists() and out.stat().st_size) and time.monotonic() < limit:
        time.sleep(0.02)
    process.send_signal(number)
    _, told = process.communicate(timeout=DEADLINE)
    assert process.returncode == code
    assert told.strip() == "cnk: Stopped."
    assert json.loads(out.read_text().splitlines()[0])["id"] == 1
    assert out.read_text().endswith("\n")


def test_the_slack_manifest_is_printed() -> None:
    manifest = json.loads(cnk("slack-manifest").stdout)
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_help_lists_commands_settings_and_exit_codes() -> None:
    text = cnk("--help").stdout
    for word in ("ask", "chat", "check", "run", "slack-manifest", *SETTING_NAMES, "77"):
        assert word in text
