"""What is asked of text models, and what they answer. Frozen; arrays read-only. Any thread.

Offsets are places in the characters of the text that was asked about: int32 [N, 2], start and one past the end.
Times are milliseconds. A request names its model as the library does (or by the path of a model file). `notes` are
marked sentences (context "notes") on what was done to the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from deepstudio.core.words import Phrase


def _no_offsets() -> np.ndarray:
    return np.zeros((0, 2), np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyText:
    """Put a text into a class. The answer comes as a partial result first, without contributions, then whole."""

    text: str
    model: str
    explain: bool = True
    label: int | None = None
    """The class whose contributions are wanted; None takes the likeliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedText:
    """Calibrated probabilities float32 [labels], label indices by probability, and what moved the answer.

    `contributions` float32 [N] say how much each token at `offsets` speaks for (above 0) or against `explained`: in
    shares of the logit by integrated gradients, so that they add up to about the logit minus that of no words. Empty
    until they are known. `unknown` of the `tokens` looked at are not in the vocabulary.
    """

    model: str
    labels: tuple[str, ...]
    probabilities: np.ndarray
    ranking: tuple[int, ...]
    offsets: np.ndarray = field(default_factory=_no_offsets)
    contributions: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    explained: int = 0
    tokens: int = 0
    unknown: int = 0
    milliseconds: float = 0.0
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyRows:
    """Put many texts into classes. Partial results are `ClassifiedRows`, in order."""

    texts: tuple[str, ...]
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedRows:
    """Probabilities float32 [rows, labels] of the rows from `first` on."""

    first: int
    labels: tuple[str, ...]
    probabilities: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsSummary:
    """The result of `ClassifyRows` and `AnswerRows`."""

    rows: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRows:
    """Find the names in many texts, or write what the model writes of each. Partial results are `AnsweredRows`."""

    texts: tuple[str, ...]
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRows:
    """Answers in words to the rows from `first` on, and how sure each is: float32 [rows], 0..1, NaN for no answer."""

    first: int
    answers: tuple[str, ...]
    shares: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class TagText:
    """Find the entities in a text. A long text gives partial `TaggedText`s of what is read so far."""

    text: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named thing: where it stands, its type, and how sure the model is (0..1)."""

    start: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedText:
    """Entities in the order of the text; words at `offsets`, their BIO `tags`; `sentences` int32 [S, 2] of words."""

    model: str
    types: tuple[str, ...]
    entities: tuple[Entity, ...]
    offsets: np.ndarray
    tags: tuple[str, ...]
    sentences: np.ndarray = field(default_factory=_no_offsets)
    milliseconds: float = 0.0
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteText:
    """Translate a text, or write its headline: whatever the model is for. Partial results are `WrittenText`s so far."""

    text: str
    model: str
    beam: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One way to write it: `tokens` as shown (a leading space begins a word), score = mean log-probability a token.

    `attention` float32 [tokens, source tokens], rows add up to 1.
    """

    text: str
    tokens: tuple[str, ...]
    attention: np.ndarray
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSentence:
    """A stretch of the source (`start`, `end`), its tokens at `offsets`, and what was written, the best one first.

    The last token is the end of the sentence: it has no characters (start equals end) but can be looked at.
    """

    start: int
    end: int
    offsets: np.ndarray
    hypotheses: tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """All sentences, and the best text of all."""

    model: str
    text: str
    sentences: tuple[WrittenSentence, ...]
    finished: bool = True
    milliseconds: float = 0.0
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueText:
    """Write on, token by token. Each token comes as a `NextToken`. `beam` above 1 searches instead of drawing."""

    text: str
    model: str
    tokens: int = 60
    temperature: float = 0.8
    """0 always takes the likeliest."""
    top_k: int = 0
    """Draw among so many; 0 among all."""
    top_p: float = 0.95
    """Draw among the likeliest that make up this share; 1 among all."""
    beam: int = 1
    seed: int = 0
    alternatives: int = 8
    first: str = ""
    """Begin with this token (one of the alternatives shown), to branch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextToken:
    """A token that was written: its text (with its space), its probability, and what else might have stood there."""

    index: int
    text: str
    probability: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuedText:
    """All that was written after the given text."""

    model: str
    text: str
    tokens: tuple[NextToken, ...]
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStates:
    """Look into a recurrent layer while it reads. Works for every model with an LSTM, GRU or SimpleRNN."""

    text: str
    model: str
    layer: int = 0
    backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrentStates:
    """What a layer held after each token: values by name, float32 [tokens, units].

    LSTM: input, forget, candidate, output (gates), cell, hidden. GRU: reset, update, candidate, hidden. RNN: hidden.
    `layers` and `backward_there` say what else can be asked for.
    """

    model: str
    cell: str
    offsets: np.ndarray
    values: dict[str, np.ndarray]
    layers: int
    backward_there: bool
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWords:
    """Lay words out on a plane by their vectors: the `count` most frequent ones and `words`."""

    model: str
    words: tuple[str, ...] = ()
    count: int = 400
    method: str = "pca"
    """"pca" or "tsne"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPoints:
    """Points float32 [words, 2]; for t-SNE partial results come while it settles."""

    model: str
    words: tuple[str, ...]
    points: np.ndarray
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FindNeighbours:
    """Words near `plus` minus `minus`: one word in `plus` asks for neighbours, king - man + woman for an analogy."""

    model: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    count: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Words with their cosine, nearest first; `missing` are words that the model does not know."""

    model: str
    words: tuple[tuple[str, float], ...]
    missing: tuple[str, ...] = ()
