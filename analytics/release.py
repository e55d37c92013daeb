"""The shape of a release: the columns of its cells, its manifest, and the hashes that chain the two together."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

FORMAT = 1
NOT_SHOWN = "Not shown, to protect anonymity."
STATES = ("", "higher", "unclear", "lower")
VIEWS = (
    "indicators",
    "leanings",
    "quadrants",
    "questions",
    "splits",
    "slope",
    "profiles",
    "drivers",
    "fit",
    "reliability",
    "quality",
    "response",
)

CELL_TYPES: dict[str, str] = {
    "view": "str",  # which table of the release this cell belongs to (VIEWS)
    "node": "int32",  # place of the unit in manifest["units"]
    "measure": "str",  # id in manifest["measures"], or a scale or model id for model figures
    "part": "str",  # "" or the part of a k-way share, the step of a slope, the class of a profile
    "kind": "str",  # mean | share | parts | model
    "shown": "bool",
    "n_low": "int32",  # band of the number of answers; 0 when hidden
    "n_high": "int32",  # -1 when the band is open above
    "value": "float64",  # the displayed point; NaN for a band, a cut end or a hidden cell
    "low": "float64",  # what is displayed, as the interval of truths it leaves open
    "high": "float64",
    "ci_low": "float64",  # the 95 % interval that is drawn; NaN when none is
    "ci_high": "float64",
    "state": "str",  # clearly higher | not clear | clearly lower, decided from exact values at publishing
    "text": "str",  # exactly what is printed
}


class TamperedRelease(ValueError):
    """A release's files do not match the hashes in its manifest."""


@dataclass(frozen=True)
class Release:
    """A published wave: the cells that may be seen, the manifest that names them, the report of the attack."""

    cells: pd.DataFrame
    manifest: Mapping[str, Any]
    audit: Mapping[str, Any]


def cells_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of cells in the fixed column order and types, sorted so that equal contents give equal bytes."""
    frame = pd.DataFrame(rows, columns=list(CELL_TYPES)).astype(CELL_TYPES)
    return frame.sort_values(["view", "measure", "node", "part"], kind="stable", ignore_index=True)


def cells_bytes(cells: pd.DataFrame) -> bytes:
    """The Parquet bytes of a table of cells: the same cells always give the same bytes."""
    arrays = [pa.array(cells[name].to_numpy(), type=_ARROW[kind]) for name, kind in CELL_TYPES.items()]
    sink = io.BytesIO()
    pq.write_table(pa.table(dict(zip(CELL_TYPES, arrays, strict=True))), sink, compression="zstd")
    return sink.getvalue()


def read_cells(content: bytes) -> pd.DataFrame:
    """The table of cells in Parquet bytes; raises ``TamperedRelease`` when its columns are not a release's."""
    frame: pd.DataFrame = pq.read_table(io.BytesIO(content)).to_pandas()
    if list(frame.columns) != list(CELL_TYPES):
        raise TamperedRelease(f"Expected {len(CELL_TYPES)} cell columns, but got {len(frame.columns)}.")
    return frame.astype(CELL_TYPES)


def canonical(document: Mapping[str, Any]) -> bytes:
    """A JSON document as bytes that depend on its contents alone."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode("utf-8")


def seal(manifest: Mapping[str, Any], cells: pd.DataFrame, audit: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with the SHA-256 of the cells, of the audit and, last, of itself."""
    hashes = {"cells": _sha(cells_bytes(cells)), "audit": _sha(canonical(audit))}
    body = {key: value for key, value in manifest.items() if key != "hash"} | {"hashes": hashes}
    return body | {"hash": _sha(canonical(body))}


def verify(manifest: Mapping[str, Any], cells: pd.DataFrame, audit: Mapping[str, Any] | None = None) -> None:
    """Raise ``TamperedRelease`` unless the manifest, the cells and (when given) the audit carry the sealed hashes."""
    body = {key: value for key, value in manifest.items() if key != "hash"}
    if _sha(canonical(body)) != manifest.get("hash"):
        raise TamperedRelease("The manifest was changed after it was sealed. Publish the wave again.")
    if _sha(cells_bytes(cells)) != body["hashes"]["cells"]:
        raise TamperedRelease("The cells were changed after they were sealed. Publish the wave again.")
    if audit is not None and _sha(canonical(audit)) != body["hashes"]["audit"]:
        raise TamperedRelease("The audit report was changed after it was sealed. Publish the wave again.")


_ARROW = {"str": pa.string(), "int32": pa.int32(), "bool": pa.bool_(), "float64": pa.float64()}


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"A manifest should hold plain values, but got {type(value).__name__}.")
