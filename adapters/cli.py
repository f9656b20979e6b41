"""The command line: ``cnk ask``, ``chat``, ``check``, ``run`` and the rest. ``cnk --help`` lists them."""

from __future__ import annotations

import argparse
import io
import logging
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from types import FrameType

from adapters import console
from bot.app import Bot
from bot.build import build
from bot.context import Context
from bot.errors import StartError, UsageError
from bot.settings import SETTINGS, Settings
from bot.store.sqlite import Store

EXIT_CODES = """\
exit codes:
  0    done
  1    done in part: something wrong in the content, a source gone, lines of a batch skipped
  2    an option is wrong
  65   the content has mistakes
  69   a platform cannot be reached
  70   something failed for a reason we did not foresee; the log says more
  74   a file cannot be read or written
  77   a platform refused a token
  78   a setting or token is missing or wrong
  130  stopped by Ctrl-C
  143  stopped by SIGTERM
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Every failure is one sentence on standard error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name in Hangul must not end a terminal that has none
    options = _parser().parse_args(arguments)
    stopped_by = signal.SIGINT

    def terminate(number: int, frame: FrameType | None) -> None:
        nonlocal stopped_by
        stopped_by = signal.SIGTERM
        signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, terminate)
    try:
        return int(options.run(options))
    except StartError as error:
        return _fail(str(error), error.code)
    except UsageError as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # so that the flush at exit has somewhere to go
        return 128 + signal.SIGPIPE
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _fail(f"A file could not be read or written: {error.strerror or error}{where}.", os.EX_IOERR)
    except KeyboardInterrupt:
        return _fail("Stopped.", 128 + stopped_by)


def _fail(sentence: str, code: int) -> int:
    print(f"cnk: {sentence}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cnk",
        description="Answers questions about relations between China and North Korea, with dated sources.",
        epilog="settings, from the environment or a file .env:\n"
        + "".join(f"  {each.name:<19}{each.help}\n" for each in SETTINGS)
        + f"\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="command", title="commands")

    def add(name: str, run: object, words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        command.add_argument("--content", type=Path, metavar="FOLDER", help="another content folder")
        return command

    ask = add("ask", _ask, "answer one question, or a batch of them")
    ask.add_argument("question", nargs="*", help="a question, or a line such as: timeline 2006 2009")
    ask.add_argument("--json", action="store_true", help="print the reply as JSON, for programs")
    ask.add_argument("--batch", metavar="IN.jsonl", help='questions, one {"id": …, "q": "…"} a line; - for input')
    ask.add_argument("--out", metavar="OUT.jsonl", help="where the answers of a batch go; - for output")
    add("chat", _chat, "talk in the terminal; “more” and follow-ups work")
    add("check", _check, "print every mistake in the content, what an editor should look at, and what it covers")
    links = add("links", _links, "ask every source's address whether it is still there; needs the internet")
    links.add_argument(
        "--report", type=Path, default=Path("links.jsonl"), metavar="FILE", help="what is known (default: links.jsonl)"
    )
    links.add_argument("--days", type=int, default=30, help="ask again what was asked so long ago (default: 30)")
    about = add("about", _about, "print the version and how much it knows")
    about.add_argument("--counts", action="store_true", help="print how much of everything there is, and should be")
    run = add("run", _run, "start the bot on each platform whose tokens are set")
    run.add_argument("--only", choices=("discord", "slack"), help="start just this one")
    add("gaps", _gaps, "print how many questions found no answer, by day")
    slack = add("slack-manifest", _manifest, "print the manifest to create the Slack app from")
    slack.add_argument("--no-agent", action="store_true", help="for workspaces whose guests shall use it, too")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    """The settings of the environment, filled up from a file .env in this folder."""
    from dotenv import dotenv_values

    try:
        in_file = {name: value or "" for name, value in dotenv_values(".env").items()}
    except UnicodeDecodeError as error:
        raise StartError("The file .env is not UTF-8 text. Save it with that encoding.", os.EX_CONFIG) from error
    return Settings.from_env(in_file | {name: value for name, value in os.environ.items() if value}, options.content)


def _bot(options: argparse.Namespace) -> Bot[Context]:
    """A bot that remembers nothing on disk."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    return build(_settings(options), Store(":memory:"))


def _ask(options: argparse.Namespace) -> int:
    if options.batch is None and options.out is not None:
        raise UsageError("--out goes with --batch.")
    if options.batch is not None:
        if options.question:
            raise UsageError("Give a question or --batch, not both.")
        from adapters import batch

        return batch.run(_bot(options), options.batch, options.out or "-")
    question = " ".join(options.question).strip()
    if not question:
        raise UsageError('Ask something: cnk ask "Why does China support North Korea?"')
    reply = _bot(options).reply(console.to_request(question))
    if options.json:
        print(console.to_json(reply))
    else:
        print(console.to_text(reply, width=_width(), colour=_colour()))
    return os.EX_SOFTWARE if reply.outcome == "failed" else 0


def _watched() -> bool:
    """Whether a person reads along."""
    return sys.stdout is not None and sys.stdout.isatty()


def _width() -> int:
    """Columns to wrap at; 0, not at all, for a pipe."""
    return min(shutil.get_terminal_size().columns, 100) if _watched() else 0


def _colour() -> bool:
    """Whether to colour: on a terminal, unless the reader declines (no-color.org)."""
    return _watched() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _chat(options: argparse.Namespace) -> int:
    if _typing():
        import readline  # noqa: F401  # gives input() a history and editing

        print("Ask about relations between China and North Korea. “help” shows more; an empty line or Ctrl-D ends.\n")
    bot = _bot(options)
    while line := _typed():
        reply = bot.reply(console.to_request(line, console.CONVERSATION))
        print("\n" + console.to_text(reply, width=_width(), colour=_colour()) + "\n", flush=True)
    if _typing():
        print()  # so that the shell begins on a line of its own
    return 0


def _typing() -> bool:
    """Whether a person types."""
    return sys.stdin is not None and sys.stdin.isatty()


def _typed() -> str:
    try:
        return input("cnk> " if _typing() else "").strip()
    except (EOFError, RuntimeError):  # RuntimeError: there is no input at all
        return ""


def _check(options: argparse.Namespace) -> int:
    from bot.editing import check

    found = check(_settings(options), date.today())  # noqa: DTZ011  # the editor's day
    for line in (*found.wrong, *found.due, *found.coverage, found.summary):
        print(line)
    return 1 if found.wrong else 0


def _links(options: argparse.Namespace) -> int:
    import asyncio

    from tqdm import tqdm

    from adapters import links
    from bot.editing import addresses

    every = addresses(_settings(options))
    today = date.today()  # noqa: DTZ011  # the editor's day
    since = today - timedelta(days=options.days)
    with tqdm(total=len(every), disable=not _watched(), unit="address") as bar:
        asked = links.run(every, options.report, since, today, links.Manners(), lambda _: bar.update())
        verdicts = asyncio.run(asked)
    print(links.summary(verdicts))
    return 1 if any(verdict.state in ("gone", "failing") for verdict in verdicts) else 0


def _about(options: argparse.Namespace) -> int:
    if options.counts:
        from bot.editing import counts

        print("\n".join(counts(_settings(options))))
        return 0
    reply = _bot(options).reply(console.to_request("about"))
    print(console.to_text(reply, width=_width(), colour=_colour()))
    return 0


def _run(options: argparse.Namespace) -> int:
    from adapters import worker

    settings = _settings(options)
    worker.log_to_output(settings.log_level)
    return worker.run(settings, options.only)


def _gaps(options: argparse.Namespace) -> int:
    settings = _settings(options)
    if not settings.store.exists():
        print(f"There is no store {settings.store} yet: nothing has been asked of a bot that runs here.")
        return 0
    store = Store(settings.store, keep_questions=settings.keep_questions)
    for day, question, times in store.gaps():
        print(f"{day}  {times:>4}  {question or '(words not kept)'}")
    store.close()
    return 0


def _manifest(options: argparse.Namespace) -> int:
    import json

    from adapters.slack.manifest import manifest
    from bot.commands import COMMANDS

    print(json.dumps(manifest(COMMANDS, agent=not options.no_agent), indent=2, ensure_ascii=False))
    return 0
