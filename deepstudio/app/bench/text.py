"""Text: milliseconds from a keystroke to its answer, and speed against the Keras code of the articles.

A keystroke is a text of two hundred words with one more letter at its end, asked as the window asks: through the
predictor, reasons and all. The speeds are of the same network, batch and tokens, in turns of about a second.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from deepstudio.app.bench._keras_process import KerasProcess
from deepstudio.app.bench.train import Block, take_turns
from deepstudio.core.allocator import freed_memory_kept
from deepstudio.core.job import JobContext, SilentContext

if TYPE_CHECKING:
    from deepstudio.infer.text import TextPredictor
    from deepstudio.models.library import ModelLibrary

NAME = "text"
HELP = "Milliseconds from a keystroke to its answer, by model; speed against the Keras code of the articles."
IN_ALL = True

_KERAS_SCRIPT = Path(__file__).with_name("_keras_text_script.py")
_WARM_UP = 5
_SENTENCE = (
    "The mayor of Lyon told reporters on Monday that the new bridge over the river, which had been planned for ten "
    "years, would open in spring, although the company that builds it asked for more money and some people fear noise. "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A network of the articles, as it is measured: tokens of a text, texts of a step."""

    architecture: str
    words: int
    length: int
    batch: int = 64
    texts: int = 1024


CASES = (
    Case(architecture="text-article-lstm-64", words=10_000, length=200),
    Case(architecture="text-article-lstm-100-100", words=20_000, length=100),
    Case(architecture="text-article-lstm-128-64", words=10_000, length=100),
    Case(architecture="text-article-rnn-32", words=10_000, length=200),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tokens:
    """Random token numbers int64 [texts, length] and classes."""

    images: np.ndarray
    labels: np.ndarray


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--model", action="append", help="model to ask (default: all that are installed)")
    parser.add_argument("--network", action="append", choices=[case.architecture for case in CASES])
    parser.add_argument("--keystrokes", type=int, default=60, help="answers to measure")
    parser.add_argument("--turns", type=int, default=5, help="blocks of each, in turns")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a block")
    parser.add_argument("--keras", metavar="PYTHON", help="a Python that has TensorFlow (default: this one)")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping a model and one a network; `ratio_keras` is None where TensorFlow is missing."""
    from deepstudio.models.library import default_library

    library = default_library()
    if arguments.model or not arguments.network:
        yield from _keystrokes(library, arguments, context)
    keras = arguments.keras or (sys.executable if importlib.util.find_spec("tensorflow") else None)
    for case in CASES:
        if (not arguments.model and arguments.network is None) or case.architecture in (arguments.network or ()):
            context.status(case.architecture)
            yield _measure_case(case, arguments, keras, context)


def _keystrokes(
    library: ModelLibrary, arguments: argparse.Namespace, context: JobContext
) -> Iterator[Mapping[str, Any]]:
    from deepstudio.infer.pool import ModelPool
    from deepstudio.infer.text import TextPredictor

    predictor = TextPredictor(ModelPool(library))
    tasks = {entry.name: entry.card.task for entry in library.entries() if entry.card is not None}
    names = arguments.model or [name for name, task in tasks.items() if task in ("text-classification", "tagging")]
    for name in names:
        context.status(name)
        yield _type_into(predictor, name, tasks[name], arguments.keystrokes, context)


def _type_into(
    predictor: TextPredictor, name: str, task: str, keystrokes: int, context: JobContext
) -> Mapping[str, Any]:
    from deepstudio.core.text_requests import ClassifyText, TagText

    text = " ".join((_SENTENCE * 6).split()[:200])
    answers: list[float] = []
    reasons: list[float] = []
    for number in range(_WARM_UP + keystrokes):
        context.progress(number, _WARM_UP + keystrokes)
        text += "etaoin shrdlu"[number % 13]
        clock = _FirstAnswer()
        if task == "tagging":
            predictor.tag(TagText(text=text, model=name), clock)
        else:
            predictor.classify(ClassifyText(text=text, model=name), clock)
        whole = clock.milliseconds()
        reasons.append(whole)
        answers.append(clock.first or whole)
    return {
        "model": name,
        "p50_ms": float(np.percentile(answers[_WARM_UP:], 50)),
        "p95_ms": float(np.percentile(answers[_WARM_UP:], 95)),
        "with_reasons_p95_ms": float(np.percentile(reasons[_WARM_UP:], 95)),
        "words": 200,
        "keystrokes": keystrokes,
    }


class _FirstAnswer(SilentContext):
    """Remembers when the first partial answer came."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.perf_counter()
        self.first = 0.0

    def milliseconds(self) -> float:
        """Return the time since the keystroke."""
        return 1e3 * (time.perf_counter() - self._began)

    def partial(self, value: object) -> None:
        """Take the time of the first answer."""
        self.first = self.first or self.milliseconds()


def _measure_case(
    case: Case, arguments: argparse.Namespace, keras: str | None, context: JobContext
) -> Mapping[str, Any]:
    random = np.random.default_rng(0)
    data = _Tokens(
        images=random.integers(4, case.words, (case.texts, case.length)), labels=random.integers(0, 2, case.texts)
    )
    result: dict[str, Any] = {"network": case.architecture}
    with ExitStack() as stack:
        ours = _our_blocks(case, data, arguments.seconds)
        process = None
        if keras is not None:
            process = stack.enter_context(
                KerasProcess(keras, case.architecture, data, case.batch, 2, script=_KERAS_SCRIPT)
            )
        for action, block in ours.items():
            blocks: dict[str, Block] = {"ours": block}
            if process is not None:
                blocks["keras"] = lambda action=action: process.block(arguments.seconds, action)  # type: ignore[misc]
            with freed_memory_kept() if action == "fit" else nullcontext():  # as in every training of this program
                speeds = take_turns(blocks, arguments.turns, context)
            name = "ratio_keras" if action == "fit" else "ratio_keras_inference"
            pairs = zip(speeds["ours"], speeds.get("keras", ()), strict=False)
            ratios = [mine / theirs for mine, theirs in pairs]
            result[name] = statistics.median(ratios) if ratios else None
            result |= {f"texts_per_second_{action}_{who}": statistics.median(v) for who, v in speeds.items()}
    if keras is None:
        result["reason_keras"] = "TensorFlow is not installed beside this program; --keras PYTHON names one."
    return result


def _our_blocks(case: Case, data: _Tokens, seconds: float) -> dict[str, Block]:
    """Return training by this program's loop, and asking the network, a block each."""
    import tempfile

    import torch

    from deepstudio.train.loop import train_step
    from deepstudio.train.precision import arithmetic
    from deepstudio.train.setup import build_run
    from deepstudio.train.text.classification_task import TextClassificationTask

    recipe, material = _recipe_and_material(case, data)
    device = torch.device("cpu")
    folder = Path(tempfile.mkdtemp())
    trainer, state = build_run(TextClassificationTask(), recipe, material, device, checkpoint=folder / "checkpoint")

    def batches() -> Iterator[Any]:
        while True:
            yield from trainer.objective.batches(0, 0)

    dealt = batches()

    def fit() -> float:
        state.network.train()
        return _speed(lambda: train_step(trainer, state, next(dealt)), case.batch, seconds)

    tokens_NT = torch.from_numpy(data.images.astype(np.int64))
    lengths_B = torch.full((case.batch,), case.length)
    places = [slice(begin, begin + case.batch) for begin in range(0, case.texts, case.batch)]

    def predict() -> float:
        state.network.eval()
        step = 0

        def ask() -> None:
            nonlocal step
            with torch.inference_mode(), arithmetic(torch.float32, device):
                state.network(tokens_NT[places[step % len(places)]], lengths_B)
            step += 1

        return _speed(ask, case.batch, seconds)

    return {"fit": fit, "predict": predict}


def _recipe_and_material(case: Case, data: _Tokens) -> tuple[Any, Any]:
    from deepstudio.core.text_input import TextInput
    from deepstudio.data.text.examples import LabelledTexts
    from deepstudio.data.text.tokens import TextTokenizer
    from deepstudio.train.recipe_base import OptimizerConfig, TrainingConfig
    from deepstudio.train.text.classification import ClassMaterial
    from deepstudio.train.text.recipe import TextNetworkConfig, TextRecipe

    text = TextInput(vocabulary=case.words, max_tokens=case.length)
    recipe = TextRecipe(
        name=case.architecture,
        text=text,
        network=TextNetworkConfig(architecture=case.architecture, config={"vocabulary": case.words}),
        optimizer=OptimizerConfig(name="adam", lr=1e-3),
        training=TrainingConfig(epochs=100_000, batch_size=case.batch),
    )
    tokenizer = TextTokenizer.from_words({f"w{number}": 1 for number in range(case.words)}, text)
    few = LabelledTexts(name="few", texts=["w1 w2", "w3"], labels=np.array([0, 1]))
    whole = LabelledTexts(name="random", texts=[""] * case.texts, labels=data.labels)
    material = ClassMaterial(
        labels=("0", "1"),
        train=whole,
        validation={"few": few},
        test={},
        tokenizer=tokenizer,
        tokens=list(data.images.astype(np.int32)),
    )
    return recipe, material


def _speed(step: Any, batch: int, seconds: float) -> float:
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        step()
        done += 1
    return done * batch / (time.perf_counter() - began)
