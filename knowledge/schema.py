"""The published JSON Schemas, made from the model: ``python -m knowledge.schema docs/schema`` writes them.

Editors complete and check content files with them. ``cnk check`` does not need them, and checks more.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from knowledge.annotations import unwrap
from knowledge.dates import PartialDate
from knowledge.decoding import keys_of
from knowledge.loading import SHELVES, Shelf
from knowledge.model import Limit, Pattern, Topic

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DATE = {
    "anyOf": [
        {"type": "string", "pattern": r"^(circa )?\d{4}(-\d{2}(-\d{2})?)?$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ]
}
_WORD = {"type": "string", "pattern": "^[a-z]+$"}


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by the name of its file."""
    made = {f"{Path(shelf.place).stem}.json": _shelf(shelf) for shelf in SHELVES.values()}
    words = {"type": "array", "minItems": 1, "items": _WORD}
    foreign = {"type": "array", "minItems": 1, "items": {"type": "string"}}
    made["lexicon.json"] = {"type": "object", "additionalProperties": foreign}
    made["synonyms.json"] = {"type": "object", "propertyNames": _WORD, "additionalProperties": words}
    return {name: {"$schema": DIALECT, **schema} for name, schema in made.items()}


def _shelf(shelf: Shelf) -> dict[str, Any]:
    record = _record(shelf.record)
    if shelf.record is Topic:  # one file a topic; its id is the name of the file
        return record
    names = {"pattern": f"^({shelf.id.expression})$", "description": shelf.id.meaning}
    return {"type": "object", "propertyNames": names, "additionalProperties": record}


def _record(record: Any) -> dict[str, Any]:
    keys = keys_of(record)
    return {
        "type": "object",
        "description": (record.__doc__ or "").partition("\n")[0],
        "properties": {key.name: _value(key.type) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _value(annotation: Any) -> dict[str, Any]:
    bare, said = unwrap(annotation)
    schema = _bare(bare, said)
    for rule in said:
        if isinstance(rule, Limit) and rule.most:
            schema["maxLength"] = rule.most
        elif isinstance(rule, Limit) and rule.fewest:
            schema["minItems"] = rule.fewest
        elif isinstance(rule, Pattern):
            schema["pattern"] = f"^({rule.expression})$"
            schema.setdefault("description", rule.meaning)
        elif isinstance(rule, str):
            schema["description"] = rule
    return schema


def _bare(bare: Any, said: tuple[Any, ...]) -> dict[str, Any]:
    if bare is PartialDate:
        return dict(_DATE)
    if get_origin(bare) is tuple:
        return {"type": "array", "items": _value(get_args(bare)[0])}
    if get_origin(bare) is Literal:
        return {"enum": list(get_args(bare))}
    if dataclasses.is_dataclass(bare):
        return _record(bare)
    if bare in (int, float):
        return {"type": "integer" if bare is int else "number", "minimum": 0}
    return {"type": "string", "minLength": 1}


def write(folder: Path) -> None:
    """Write every schema into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
