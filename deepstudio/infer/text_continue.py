"""Writing on, token by token. In the predict lane. Shapes: B hypotheses, V vocabulary."""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
from torch import Tensor

from deepstudio.core.job import JobContext
from deepstudio.core.text_input import BEGIN, END, PAD, UNKNOWN
from deepstudio.core.text_requests import ContinuedText, ContinueText, NextToken
from deepstudio.core.torch_threads import one_thread
from deepstudio.infer.text_models import TextModel, TextModels
from deepstudio.models.text_language import LanguageModel, LstmState

TASK = "language-model"
_REMEMBERED_TOKENS = 2000
_NEW_LINE = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beam:
    """A hypothesis: its tokens, what else could have stood at each, its state and its log-probability."""

    tokens: tuple[NextToken, ...]
    numbers: tuple[int, ...]
    score: float
    state: LstmState
    log_p: Tensor


class Continuer:
    """Answers `ContinueText`."""

    def __init__(self, models: TextModels) -> None:
        self._models = models
        self._ending: tuple[TextModel, Tensor] | None = None

    def continue_text(self, request: ContinueText, context: JobContext) -> ContinuedText:
        """Return what was written; every token comes as a partial `NextToken` as soon as it is drawn.

        With a beam the search runs first and its tokens come at the end. An empty text begins a new line. A word at
        the end of the text stays as it is where it may have ended there, and is written to its end where not.
        """
        model = self._models.get(request.model, context, (TASK,))
        began = time.perf_counter()
        with torch.inference_mode(), one_thread():
            log_p_V, state = self._read(model, request, context)
            if request.text[-1:].isalpha() and not request.first:
                log_p_V = last_word_kept(log_p_V, self._ends(model))
            written = (
                self._search(model, request, log_p_V, state, context)
                if request.beam > 1
                else self._draw(model, request, log_p_V, state, context)
            )
        return ContinuedText(
            model=model.name,
            text="".join(token.text for token in written),
            tokens=tuple(written),
            milliseconds=1e3 * (time.perf_counter() - began),
        )

    def _read(self, model: TextModel, request: ContinueText, context: JobContext) -> tuple[Tensor, LstmState]:
        """Read the given text, line ends as ends of sentences; return the log-probabilities of what comes next."""
        network = _network(model)
        numbers = [END]
        lines = request.text.split("\n")
        for place, line in enumerate(lines):
            numbers += model.tokenizer.encode(line[-20_000:]).ids.tolist()
            if place < len(lines) - 1 and numbers[-1] != END:
                numbers.append(END)
        numbers = numbers[-_REMEMBERED_TOKENS:]
        context.check()
        tokens_1T = torch.tensor([numbers], device=model.loaded.device)
        features_1TE, state = network(tokens_1T)
        return _log_probabilities(network, features_1TE[:, -1])[0], state

    def _ends(self, model: TextModel) -> Tensor:
        """Return of which tokens a word that stands before them is at its end, bool [V]."""
        if self._ending is None or self._ending[0] is not model:
            ends = [not _shown(model, number)[:1].isalpha() for number in range(model.tokenizer.size)]
            self._ending = (model, torch.tensor(ends, device=model.loaded.device))
        return self._ending[1]

    def _draw(
        self, model: TextModel, request: ContinueText, log_p_V: Tensor, state: LstmState, context: JobContext
    ) -> list[NextToken]:
        network = _network(model)
        random = torch.Generator(device="cpu").manual_seed(request.seed)
        written: list[NextToken] = []
        for index in range(request.tokens):
            context.check()
            forced = _number_of(model, request.first) if index == 0 and request.first else None
            number = choose(log_p_V.cpu(), request, random) if forced is None else forced
            written.append(_next(model, index, number, log_p_V, request.alternatives))
            context.partial(written[-1])
            context.progress(index + 1, request.tokens)
            features_11E, state = network(torch.tensor([[number]], device=model.loaded.device), state)
            log_p_V = _log_probabilities(network, features_11E[:, -1])[0]
        return written

    def _search(
        self, model: TextModel, request: ContinueText, log_p_V: Tensor, state: LstmState, context: JobContext
    ) -> list[NextToken]:
        """Return the likeliest continuation that a beam finds."""
        network = _network(model)
        beams = [_Beam(tokens=(), numbers=(), score=0.0, state=state, log_p=log_p_V)]
        for index in range(request.tokens):
            context.check()
            context.progress(index, request.tokens)
            candidates: list[tuple[float, _Beam, int]] = []
            for beam in beams:
                values, numbers = beam.log_p.topk(request.beam)
                pairs = zip(values.tolist(), numbers.tolist(), strict=True)
                candidates += [(beam.score + value, beam, number) for value, number in pairs]
            candidates.sort(key=lambda one: -one[0])
            grown: list[_Beam] = []
            for score, beam, number in candidates[: request.beam]:
                token = _next(model, index, number, beam.log_p, request.alternatives)
                features, after = network(torch.tensor([[number]], device=model.loaded.device), beam.state)
                grown.append(
                    _Beam(
                        tokens=(*beam.tokens, token),
                        numbers=(*beam.numbers, number),
                        score=score,
                        state=after,
                        log_p=_log_probabilities(network, features[:, -1])[0],
                    )
                )
            beams = grown
        written = list(max(beams, key=lambda beam: beam.score).tokens)
        for token in written:
            context.partial(token)
        return written


def last_word_kept(log_p_V: Tensor, ends_V: Tensor) -> Tensor:
    """Return the chances after a text that ends in a letter: nobody says whether its last word is whole.

    If it is likelier to end there, what would lengthen it has none; if it is likelier to go on, they stay.
    """
    if float(log_p_V[ends_V].exp().sum()) < 0.5:
        return log_p_V
    return log_p_V.masked_fill(~ends_V, float("-inf")).log_softmax(dim=0)


def choose(log_p_V: Tensor, request: ContinueText, random: torch.Generator) -> int:
    """Return a token number drawn as `request` says: temperature, then top-k, then top-p (Holtzman et al. 2020)."""
    if request.temperature <= 0:
        return int(log_p_V.argmax())
    values_V, order_V = (log_p_V / request.temperature).sort(descending=True)
    p_V = values_V.softmax(dim=0)
    kept = len(p_V) if request.top_k <= 0 else min(request.top_k, len(p_V))
    if request.top_p < 1:
        # The token that crosses the border is still in, so that one is always left.
        kept = min(kept, int((p_V.cumsum(dim=0) < request.top_p).sum()) + 1)
    place = int(torch.multinomial(p_V[:kept], 1, generator=random))
    return int(order_V[place])


def _log_probabilities(network: LanguageModel, features_BE: Tensor) -> Tensor:
    """Return log-probabilities_BV, those of tokens that are never written at minus infinity."""
    logits_BV = network.logits(features_BE).float()
    logits_BV[:, [PAD, UNKNOWN, BEGIN]] = float("-inf")
    return logits_BV.log_softmax(dim=1)


def _next(model: TextModel, index: int, number: int, log_p_V: Tensor, alternatives: int) -> NextToken:
    values, numbers = log_p_V.topk(min(max(alternatives, 1), len(log_p_V)))
    others = tuple(
        (_shown(model, other), float(value.exp())) for value, other in zip(values, numbers.tolist(), strict=True)
    )
    return NextToken(
        index=index, text=_shown(model, number), probability=float(log_p_V[number].exp()), alternatives=others
    )


def _shown(model: TextModel, number: int) -> str:
    return _NEW_LINE if number == END else model.tokenizer.token(number).replace("▁", " ").replace("Ġ", " ")


def _number_of(model: TextModel, shown: str) -> int:
    return END if shown == _NEW_LINE else model.tokenizer.number(shown.replace(" ", "▁"))


def _network(model: TextModel) -> LanguageModel:
    assert isinstance(model.loaded.network, LanguageModel)
    return model.loaded.network
