"""Names that may be meant by one that is nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer import Subject
from knowledge.choices import MOST, Choices
from knowledge.dates import PartialDate
from knowledge.index import Index
from knowledge.loading import load
from knowledge.model import Content, Entity, EntityType, Names, Statement
from tests.knowledge.planting import SMALL


def entity(name: str, *others: str, kind: EntityType = "person") -> Entity:
    about = (Statement(f"{name} is in the record.", ("paper-2008",), PartialDate(2008)),)
    return Entity(name.casefold().replace(" ", "-"), kind, Names((name, *others)), about)


def with_entities(*added: Entity) -> Content:
    content = load(SMALL)
    return replace(content, entities={**content.entities, **{each.id: each for each in added}})


CONTENT = with_entities(
    entity("Wang Yi"),
    entity("Wang Jiarui"),
    entity("Ri Yong Ho", "Lee Yong-ho"),
    entity("Ri Su Yong"),
    entity("Yalu River", "Amnok", kind="place"),
    entity("Tumen River", kind="place"),
    *(entity(f"Pak Number{letter}") for letter in "abcdefg"),
)
INDEX = Index(CONTENT)
CHOICES = Choices(CONTENT, INDEX)


def chosen(text: str) -> list[str]:
    return [subject.id for subject in CHOICES.of(INDEX.query(text))]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Kim", ["kim-jong-il", "kim-jong-un"]),
        ("KIM?", ["kim-jong-il", "kim-jong-un"]),
        ("Kim Jong", ["kim-jong-il", "kim-jong-un"]),
        ("Jong Kim", ["kim-jong-il", "kim-jong-un"]),
        ("Who is Kim?", ["kim-jong-il", "kim-jong-un"]),
        ("tell me about Kim Jong please", ["kim-jong-il", "kim-jong-un"]),
        ("Wang", ["wang-yi", "wang-jiarui"]),
        ("who was Wang", ["wang-yi", "wang-jiarui"]),
        ("Yong", ["ri-yong-ho", "ri-su-yong"]),
    ],
)
def test_half_a_name_that_several_people_have_is_a_choice_among_them(text: str, ids: list[str]) -> None:
    assert chosen(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Kim Jong Ill", ["kim-jong-il", "kim-jong-un"]),
        ("Who is Kim Jong Unn?", ["kim-jong-un", "kim-jong-il"]),
        ("Wang Yii", ["wang-yi"]),
        ("Lee Yong Hoo", ["ri-yong-ho"]),
    ],
)
def test_what_is_nearly_a_name_is_a_choice_the_nearest_first(text: str, ids: list[str]) -> None:
    assert chosen(text)[: len(ids)] == ids


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "who is it",
        "Kim Jong Il",
        "Who is Kim Jong Un?",
        "Kim Jong Il and Kim",
        "Six-Party Talks",
        "Eun",
        "Jiarui",
        "River",
        "Party",
        "Kim 2006",
        "Kim in 2006",
        "Kim since 2006",
        "China",
        "China and North Korea",
        "refugees",
        "Roosevelt",
        "Why did Kim fear refugees and chaos?",
        "Kim mining licences border test",
        "Wang Roosevelt",
        "Yalu Rivver",  # repaired when it is read, and a whole name then
        "金",
    ],
)
def test_what_is_a_whole_name_one_owner_or_more_than_a_name_is_no_choice(text: str) -> None:
    assert chosen(text) == []


def test_a_choice_names_what_it_shows() -> None:
    assert CHOICES.of(INDEX.query("Wang")) == (
        Subject("entity", "wang-yi", "Wang Yi"),
        Subject("entity", "wang-jiarui", "Wang Jiarui"),
    )


def test_a_choice_is_short() -> None:
    assert chosen("Pak") == [f"pak-number{letter}" for letter in "abcde"]
    assert len(CHOICES.near("Pak Number")) == MOST == 5


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("kim jong il", ["kim-jong-il", "kim-jong-un"]),
        ("KIM-JONG-ILL!", ["kim-jong-il", "kim-jong-un"]),
        ("Wang Jiaru", ["wang-jiarui"]),
        ("Li Yong Ho", ["ri-yong-ho"]),
        ("Amnokk", ["yalu-river"]),
        ("Six Party Talk", ["six-party-talks"]),
        ("金正", ["kim-jong-il", "kim-jong-un"]),
    ],
)
def test_the_nearest_name_comes_first(name: str, ids: list[str]) -> None:
    assert [subject.id for subject in CHOICES.near(name)][: len(ids)] == ids


@pytest.mark.parametrize("name", ["", " ", "?!", "Roosevelt", "the capital of France", "x", "\x00", "9" * 5000])
def test_nobody_is_near_what_is_spelt_like_nothing(name: str) -> None:
    assert CHOICES.near(name) == ()


def test_each_entity_is_offered_once_however_many_of_its_names_are_near() -> None:
    ids = [subject.id for subject in CHOICES.near("Six Party Talks")]
    assert ids.count("six-party-talks") == 1


def test_an_empty_content_has_no_choices() -> None:
    index = Index(Content())
    choices = Choices(Content(), index)
    assert choices.of(index.query("Kim")) == choices.near("Kim") == ()


PIECES = st.sampled_from([*"Kim Jong Il Un Wang Yi Ri Yong Ho River who is the China refugees 2006 good".split(), "金"])


@given(st.lists(PIECES | st.text(max_size=8), max_size=6))
def test_any_text_has_at_most_a_few_choices_each_once(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in (CHOICES.of(INDEX.query(text)), CHOICES.near(text)):
        assert len(found) <= MOST
        assert len({subject.id for subject in found}) == len(found)
        assert {subject.id for subject in found} <= CONTENT.entities.keys()
