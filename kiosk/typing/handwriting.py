"""Handwriting: one character's strokes drawn small, and read by the PP-OCRv6 recognizer; stroke order does not matter.

The model (Apache-2.0) is in the rapidocr wheel, of which no code is run. Heavy: imported only in the process that reads.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from kiosk.errors import OneSealError
from kiosk.typing.libpinyin import EngineMissing

_MODEL = "models/PP-OCRv6_rec_small.onnx"
#: The recognizer reads lines 48 px high. Ink, margin and width: best of eight tried on the tuning list.
_HEIGHT, _WIDTH, _MARGIN, _INK = 48, 64, 5, 3
#: Drawn so much larger first, for smooth edges.
_OVERSAMPLING = 4
#: Candidates given.
MOST = 10
#: More is a page, not a character.
MOST_STROKES, MOST_POINTS = 64, 4000

Stroke = Sequence[tuple[float, float]]


class NotStrokes(OneSealError):
    """What was given is no character that was drawn."""


def read_strokes(given: object) -> list[Stroke]:
    """Strokes from JSON: a list of strokes, each a list of [x, y], y down, any unit. Raises NotStrokes."""
    try:
        strokes = [[(float(x), float(y)) for x, y in stroke] for stroke in given if stroke]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        strokes = []
    points = [value for stroke in strokes for point in stroke for value in point]
    if (
        not points
        or len(strokes) > MOST_STROKES
        or len(points) > 2 * MOST_POINTS
        or not np.isfinite(points).all()
        or max(map(abs, points)) > 1e6
    ):
        raise NotStrokes(
            "strokes_invalid",
            f"Give a list of strokes, each a list of [x, y] with y down; {MOST_STROKES} strokes and {MOST_POINTS} points at most.",
        )
    return strokes  # type: ignore[return-value]


def draw(strokes: Sequence[Stroke]) -> np.ndarray:
    """Black ink on white, fitted into the recognizer's line and centered; height × width, 0..255."""
    points = [point for stroke in strokes for point in stroke]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    room_x, room_y = (_WIDTH - 2 * _MARGIN) * _OVERSAMPLING, (_HEIGHT - 2 * _MARGIN) * _OVERSAMPLING
    scale = min(room_x / max(width, 1e-6), room_y / max(height, 1e-6)) if max(width, height) > 0 else 1.0
    move_x = (_WIDTH * _OVERSAMPLING - width * scale) / 2 - left * scale
    move_y = (_HEIGHT * _OVERSAMPLING - height * scale) / 2 - top * scale
    image = Image.new("L", (_WIDTH * _OVERSAMPLING, _HEIGHT * _OVERSAMPLING), 255)
    brush, ink = ImageDraw.Draw(image), _INK * _OVERSAMPLING
    for stroke in strokes:
        line = [(x * scale + move_x, y * scale + move_y) for x, y in stroke]
        if len(line) > 1:
            brush.line(line, fill=0, width=ink, joint="curve")
        for x, y in (line[0], line[-1]):
            brush.ellipse((x - ink / 2, y - ink / 2, x + ink / 2, y + ink / 2), fill=0)
    return np.asarray(image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS), np.float32)


def _writable(label: str) -> bool:
    return len(label) == 1 and ("\u4e00" <= label <= "\u9fff" or "\u3400" <= label <= "\u4dbf" or label >= "\U00020000" or label in "·〇")


class HandwritingEngine:
    """The recognizer. Not safe for threads."""

    def __init__(self) -> None:
        """Loads the model, some 0.2 s. Raises EngineMissing."""
        package = importlib.util.find_spec("rapidocr")
        model = Path(package.origin).parent / _MODEL if package and package.origin else None
        if model is None or not model.exists():
            raise EngineMissing(
                "handwriting_model_missing", f"{_MODEL} is missing: install rapidocr as pyproject.toml pins it (make setup)."
            )
        try:
            import onnxruntime  # heavy, and only here
        except ImportError:
            raise EngineMissing(
                "onnxruntime_missing", "onnxruntime is missing: install it as pyproject.toml pins it (make setup)."
            ) from None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # the window draws on the other core
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            labels = ["", *self._session.get_modelmeta().custom_metadata_map["character"].split("\n")]  # first: the blank
        except Exception as error:  # onnxruntime raises types of its own for each way a file can be broken
            raise EngineMissing(
                "handwriting_model_broken", f"{_MODEL} cannot be read ({type(error).__name__}): reinstall rapidocr."
            ) from None
        self._input = self._session.get_inputs()[0].name
        self._indices = np.array([index for index, label in enumerate(labels) if _writable(label)])
        self._labels = [labels[index] for index in self._indices]

    def candidates(self, strokes: Sequence[Stroke]) -> list[str]:
        """Han characters (and ·) that the strokes may be, best first."""
        scores = self.recognize(draw(strokes))[:, self._indices].max(axis=0)
        return [self._labels[index] for index in np.argsort(-scores)[:MOST]]

    def recognize(self, picture: np.ndarray) -> np.ndarray:
        """The model's own call: steps × labels, probabilities."""
        given = np.repeat(((picture / 255 - 0.5) / 0.5)[None, None], 3, axis=1).astype(np.float32)
        return np.asarray(self._session.run(None, {self._input: given})[0][0])
