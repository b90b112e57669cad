"""Text models asked as the window and the command line ask them: right, robust, quick to give up."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from deepstudio.core.errors import InputError, JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.core.text_input import TextInput
from deepstudio.core.text_requests import (
    AnsweredRows,
    AnswerRows,
    ClassifiedText,
    ClassifyRows,
    ClassifyText,
    ContinueText,
    FindNeighbours,
    MapWords,
    NextToken,
    ShowStates,
    TagText,
    WriteText,
)
from deepstudio.data.text.conll import read_conll
from deepstudio.data.text.export import tagged_to_conll, tagged_to_spacy
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.infer.pool import ModelPool
from deepstudio.infer.text import TextPredictor
from deepstudio.infer.text_continue import choose, last_word_kept
from deepstudio.infer.text_models import AnswerCache, _all_strange
from deepstudio.infer.text_vectors import principal_plane, t_sne
from deepstudio.models.library import ModelLibrary
from deepstudio.models.modelfile import load_model, save_model
from deepstudio.train.tasks import task_spec


class Recorder(SilentContext):
    """A context that keeps partial results and may cancel after so many looks."""

    def __init__(self, looks: int = 10**9) -> None:
        super().__init__()
        self.partials: list[object] = []
        self._looks = looks

    def partial(self, value: object) -> None:
        self.partials.append(value)

    def check(self) -> None:
        self._looks -= 1
        if self._looks < 0:
            raise JobCancelled


ODD = [
    "😀",
    "\0\0 film \0",
    "e\u0301\u0301\u0301\u0301 was lovely",
    "\u202eשלום עולם\u202c مرحبا بالعالم",
    "\ud800 lone surrogate",
    "zzzz qqqq xxxx",
    "\u200b\u200b.",
    "x" * 100_000,
    "?" * 20_000,
    "the film was lovely. " * 3000,
    "one\n\n\ntwo\r\nthree\t",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_get_an_answer(predictor: TextPredictor, text: str) -> None:
    context = SilentContext()
    found = predictor.classify(ClassifyText(text=text, model="moods"), context)
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-4)
    assert len(found.contributions) == len(found.offsets) == found.tokens
    assert (found.offsets >= 0).all() and (found.offsets <= len(text)).all()
    tagged = predictor.tag(TagText(text=text, model="names"), context)
    assert len(tagged.offsets) == len(tagged.tags)
    assert all(text[one.start : one.end].strip() for one in tagged.entities)
    written = predictor.write(WriteText(text=text[:2000], model="count", beam=2), context)
    assert written.finished
    predictor.continue_text(ContinueText(text=text, model="rhyme", tokens=2), context)
    predictor.states(ShowStates(text=text, model="moods"), context)


def test_signs_are_not_words_that_a_model_knows() -> None:
    tokenizer = TextTokenizer.train(["a good film, a dog."] * 3, TextInput(unit="subwords", vocabulary=60))
    texts = ("今天，公园。", "今天, 公园.", "今天 good", ",.")
    strange = [_all_strange(tokenizer, tokenizer.encode(text).ids) for text in texts]
    assert strange == [True, True, False, False]


@pytest.mark.parametrize("text", ["", "   \n\t ", "\0", "\u200b"])
def test_nothing_to_read_is_a_sentence(predictor: TextPredictor, text: str) -> None:
    for ask, request in (
        (predictor.classify, ClassifyText(text=text, model="moods")),
        (predictor.tag, TagText(text=text, model="names")),
        (predictor.write, WriteText(text=text, model="count")),
        (predictor.states, ShowStates(text=text, model="moods")),
    ):
        with pytest.raises(InputError, match="no text"):
            ask(request, SilentContext())  # type: ignore[operator]
    assert predictor.continue_text(ContinueText(text=text, model="rhyme", tokens=1), SilentContext()).tokens


def test_ten_megabytes_in_one_line(predictor: TextPredictor) -> None:
    text = "the film was awful and " * 450_000
    found = predictor.classify(ClassifyText(text=text, model="moods"), SilentContext())
    assert found.labels[found.ranking[0]] == "bad" and "long" in found.notes[0].text
    assert found.offsets.max() == len(text.rstrip())
    with pytest.raises(JobCancelled):
        predictor.tag(TagText(text=text, model="names"), Recorder(looks=0))


@pytest.mark.parametrize(("text", "count"), [("x" * 100_000, 1), ("good day " * 5000, 2)])
def test_a_note_on_a_long_text_fits_any_number(predictor: TextPredictor, text: str, count: int) -> None:
    found = predictor.classify(ClassifyText(text=text, model="moods"), SilentContext())
    said = found.notes[0].text.format(**found.notes[0].values)
    assert said.startswith("The text is long. ")
    assert int(said.rstrip(".").split(": ")[1]) >= count


def test_what_is_beyond_a_limit_is_left_out_and_said(predictor: TextPredictor) -> None:
    text = "one two three\n" * 75_000
    found = predictor.tag(TagText(text=text, model="names"), SilentContext())
    written = predictor.write(WriteText(text=text, model="count", beam=1), SilentContext())
    for answer, count in ((found, "1,000,000"), (written, "20,000")):
        assert [str(note) for note in answer.notes] == [
            f"The text is long: its first {count} characters were looked at."
        ]
    assert found.offsets.max() <= 1_000_000 and written.sentences[-1].end <= 20_000


def test_model_of_another_task_is_a_sentence(predictor: TextPredictor) -> None:
    with pytest.raises(InputError, match="another task"):
        predictor.classify(ClassifyText(text="a", model="names"), SilentContext())
    with pytest.raises(InputError, match="another task"):
        predictor.write(WriteText(text="a", model="rhyme"), SilentContext())


def test_the_answer_comes_before_its_reasons(predictor: TextPredictor) -> None:
    context = Recorder()
    text = "the film 3, was cruel and long"
    found = predictor.classify(ClassifyText(text=text, model="moods"), context)
    (early,) = context.partials
    assert isinstance(early, ClassifiedText) and not len(early.contributions)
    assert np.array_equal(early.probabilities, found.probabilities)
    strongest = found.offsets[np.abs(found.contributions).argmax()]
    assert text[strongest[0] : strongest[1]] == "cruel" and found.contributions.max() > 0
    other = predictor.classify(ClassifyText(text=text, model="moods", label=1), SilentContext())
    assert np.allclose(other.contributions, -found.contributions, atol=1e-5)
    assert not found.probabilities.flags.writeable
    with pytest.raises(JobCancelled):
        predictor.classify(ClassifyText(text=text, model="moods"), Recorder(looks=0))


def test_contributions_add_up(predictor: TextPredictor) -> None:
    text = "the film was lovely and bright"
    found = predictor.classify(ClassifyText(text=text, model="moods"), SilentContext())
    loaded = predictor._classifier._models.get("moods", SilentContext()).loaded
    margin = math.log(found.probabilities[found.ranking[0]] / found.probabilities[found.ranking[1]])
    margin *= loaded.card.temperature
    with torch.no_grad():
        nothing = loaded.network.classify(torch.zeros(1, found.tokens, 8), torch.tensor([found.tokens]))[0]
    base = float(nothing[found.ranking[0]] - nothing[found.ranking[1]])
    assert found.contributions.sum() == pytest.approx(margin - base, rel=0.15, abs=0.1)


def test_rows_come_in_order_even_empty_ones(predictor: TextPredictor) -> None:
    context = Recorder()
    texts = (*("it was lovely" if i % 2 else "it was awful" for i in range(150)), "")
    summary = predictor.classify_rows(ClassifyRows(texts=texts, model="moods"), context)
    parts = [part for part in context.partials]
    assert summary.rows == 151 and [part.first for part in parts] == [0, 64, 128]  # type: ignore[attr-defined]
    table = np.concatenate([part.probabilities for part in parts])  # type: ignore[attr-defined]
    assert table.shape == (151, 2) and (table[:150].argmax(axis=1) == np.arange(150) % 2).all()


def test_rows_are_answered_in_words(predictor: TextPredictor) -> None:
    context = Recorder()
    summary = predictor.answer_rows(AnswerRows(texts=("Anna went to Rome .", "", "went"), model="names"), context)
    parts = [part for part in context.partials if isinstance(part, AnsweredRows)]
    assert summary.rows == 3 and [part.first for part in parts] == [0, 1, 2] and len(parts) == len(context.partials)
    assert [part.answers for part in parts] == [("Anna (PER), Rome (LOC)",), ("",), ("",)]
    assert 0 < parts[0].shares[0] <= 1.0001 and np.isnan([part.shares[0] for part in parts[1:]]).all()
    context = Recorder()
    predictor.answer_rows(AnswerRows(texts=("one two three\nfour",), model="count"), context)
    (part,) = context.partials
    assert isinstance(part, AnsweredRows) and part.answers == ("eins zwei drei\nvier",) and 0.5 < part.shares[0] <= 1
    with pytest.raises(InputError, match="another task"):
        predictor.answer_rows(AnswerRows(texts=("a",), model="moods"), SilentContext())
    with pytest.raises(JobCancelled):
        predictor.answer_rows(AnswerRows(texts=("one",), model="count"), Recorder(looks=0))


def test_entities_with_their_places_and_exports(predictor: TextPredictor, tmp_path: Path) -> None:
    text = "Anna went to Rome .\nThen   Boris went to Oslo ."
    tagged = predictor.tag(TagText(text=text, model="names"), SilentContext())
    assert [(text[e.start : e.end], e.label) for e in tagged.entities][-2:] == [("Boris", "PER"), ("Oslo", "LOC")]
    assert all(0 <= one.probability <= 1.0001 for one in tagged.entities) and set(tagged.types) == {"PER", "LOC"}
    again = predictor.tag(TagText(text=text + " Anna went to Lima .", model="names"), SilentContext())
    assert again.entities[: len(tagged.entities)] == tagged.entities
    path = tmp_path / "a.conll"
    path.write_text(tagged_to_conll(text, tagged))
    assert [len(sentence.words) for sentence in read_conll(path)] == [5, 6]
    spacy = json.loads(tagged_to_spacy(text, tagged))
    assert spacy["text"] == text and spacy["ents"][-1]["label"] == "LOC" and len(spacy["tokens"]) == 11


def test_accents_that_are_characters_of_their_own_divide_no_word(predictor: TextPredictor) -> None:
    whole, apart = "Boris went to Zürich .", "Boris went to Zu\u0308rich ."
    read = [predictor.tag(TagText(text=text, model="names"), SilentContext()) for text in (whole, apart)]
    assert read[0].tags == read[1].tags and len(read[1].offsets) == 5
    assert [apart[begin:end] for begin, end in read[1].offsets.tolist()][3] == "Zu\u0308rich"


def test_each_sentence_of_a_long_text_is_read_once(predictor: TextPredictor, monkeypatch: pytest.MonkeyPatch) -> None:
    """More sentences than are remembered: those pushed out are not read again for the answer, one by one."""
    tagger = predictor._tagger
    monkeypatch.setattr(tagger, "_cache", AnswerCache(8))
    network = tagger._models.get("names", SilentContext()).loaded.network
    read: list[int] = []
    counting = network.register_forward_hook(lambda _network, given, _answer: read.append(len(given[0])))
    text = "\n".join(f"Anna went to Rome {'again ' * number}." for number in range(40))
    tagged = predictor.tag(TagText(text=text, model="names"), SilentContext())
    assert sum(read) == len(tagged.sentences) == 40
    predictor.tag(TagText(text=text.removesuffix("."), model="names"), SilentContext())
    counting.remove()
    assert sum(read) == 40 + 33, "the eight latest but the changed one were remembered"


def test_translation_with_attention_and_alternatives(predictor: TextPredictor) -> None:
    found = predictor.write(WriteText(text="one two three\nfour", model="count", beam=3), SilentContext())
    assert found.text == "eins zwei drei\nvier"
    first = found.sentences[0]
    best = first.hypotheses[0]
    assert "".join(best.tokens).strip() == best.text == "eins zwei drei"
    assert best.attention.shape == (len(best.tokens), len(first.offsets))
    assert np.allclose(best.attention.sum(axis=1), 1, atol=1e-4)
    assert len(first.hypotheses) == 3 and first.hypotheses[0].score >= first.hypotheses[1].score
    once_more = predictor.write(WriteText(text="five\none two three", model="count", beam=3), SilentContext())
    assert once_more.sentences[1].hypotheses is first.hypotheses, "a sentence seen before is not translated again"


def test_a_translation_does_not_go_round_in_circles(
    predictor: TextPredictor, library: ModelLibrary, tmp_path: Path
) -> None:
    pairs = itertools.permutations(("one", "two", "three", "four", "five"), 2)
    texts = [" ".join(pair * 4) for pair in pairs]
    found = predictor.write(WriteText(text="\n".join(texts), model="count"), SilentContext())
    written = [sentence.hypotheses[0].text for sentence in found.sentences]
    for words in map(str.split, written):
        assert words and all(
            words[first : first + 2] != words[first + 2 : first + 4] for first in range(len(words) - 3)
        )
    file = tmp_path / "pairs.tsv"
    file.write_text("".join(f"{one}\t{other}\n" for one, other in zip(texts, written, strict=True)), encoding="utf-8")
    loaded = load_model(library.find("count").path, torch.device("cpu"))
    report = task_spec(loaded.card.task).open().evaluate(loaded, file, SilentContext())
    assert report["bleu"] == pytest.approx(100.0), "what is measured is what is shown"


def test_writing_on_is_drawn_as_asked(predictor: TextPredictor) -> None:
    context = Recorder()
    request = ContinueText(text="the cat sat on the", model="rhyme", tokens=6, seed=4)
    found = predictor.continue_text(request, context)
    assert [token for token in context.partials if isinstance(token, NextToken)] == list(found.tokens)
    assert found.text == "".join(token.text for token in found.tokens)
    assert predictor.continue_text(request, SilentContext()).text == found.text
    first = found.tokens[0]
    chances = [chance for _, chance in first.alternatives]
    assert len(chances) == 8 and chances == sorted(chances, reverse=True) and first.probability <= chances[0] + 1e-6
    branch = ContinueText(text="the cat sat on the", model="rhyme", tokens=3, first=first.alternatives[2][0])
    assert predictor.continue_text(branch, SilentContext()).tokens[0].text == first.alternatives[2][0]
    greedy = ContinueText(text="the cat", model="rhyme", tokens=5, temperature=0)
    searched = ContinueText(text="the cat", model="rhyme", tokens=5, beam=4)

    def score(asked: ContinueText) -> float:
        return sum(math.log(token.probability) for token in predictor.continue_text(asked, SilentContext()).tokens)

    assert score(searched) >= score(greedy) - 1e-4
    with pytest.raises(JobCancelled):
        predictor.continue_text(ContinueText(text="the", model="rhyme", tokens=1000), Recorder(looks=20))


def test_sampling_keeps_to_its_limits() -> None:
    log_p = torch.tensor([0.5, 0.3, 0.15, 0.05]).log()
    random = torch.Generator().manual_seed(0)

    def drawn(**options: float) -> set[int]:
        request = ContinueText(text="", model="", **{"temperature": 1.0, "top_p": 1.0, **options})  # type: ignore[arg-type]
        return {choose(log_p, request, random) for _ in range(300)}

    assert drawn() == {0, 1, 2, 3}
    assert drawn(top_k=2) == {0, 1}
    assert drawn(top_p=0.6) == {0, 1}
    assert drawn(top_p=0.01) == {0} and drawn(temperature=0) == {0} and drawn(temperature=0.05) == {0}


def test_states_of_every_kind_of_model(predictor: TextPredictor) -> None:
    text = "one two"
    for model, names in (("moods", 6), ("names", 6), ("count", 6), ("rhyme", 6)):
        found = predictor.states(ShowStates(text=text, model=model), SilentContext())
        assert len(found.values) == names and found.cell == "lstm" and found.layers >= 1
        assert all(len(rows) == len(found.offsets) for rows in found.values.values())
    ahead = predictor.states(ShowStates(text="a b c", model="moods"), SilentContext())
    back = predictor.states(ShowStates(text="a b c", model="moods", backward=True), SilentContext())
    assert ahead.backward_there and not np.allclose(ahead.values["hidden"], back.values["hidden"])
    assert not predictor.states(ShowStates(text="a", model="rhyme"), SilentContext()).backward_there


def test_word_maps_and_neighbours(predictor: TextPredictor) -> None:
    points = predictor.map_words(MapWords(model="moods", words=("lovely",), count=12), SilentContext())
    assert points.points.shape == (len(points.words), 2) and "lovely" in points.words and points.settled
    context = Recorder()
    settled = predictor.map_words(MapWords(model="moods", count=12, method="tsne"), context)
    assert np.isfinite(settled.points).all() and context.partials
    near = predictor.neighbours(FindNeighbours(model="moods", plus=("Lovely",), count=2), SilentContext())
    assert {word for word, _ in near.words} & {"bright", "kind"}
    sums = FindNeighbours(model="moods", plus=("lovely", "nowhere"), minus=("awful",), count=3)
    found = predictor.neighbours(sums, SilentContext())
    assert found.missing == ("nowhere",) and not {"lovely", "awful"} & {word for word, _ in found.words}
    with pytest.raises(InputError, match="nowhere"):
        predictor.neighbours(FindNeighbours(model="moods", plus=("nowhere",)), SilentContext())


def test_t_sne_keeps_groups_together() -> None:
    rng = np.random.default_rng(0)
    vectors = np.concatenate([rng.normal(centre, 0.1, (12, 8)) for centre in (-1, 0, 1)]).astype(np.float32)
    rng.shuffle(vectors[:, 1])
    *_, points = t_sne(vectors, principal_plane(vectors), perplexity=8, check=lambda: None)
    centres = [points[i * 12 : (i + 1) * 12].mean(axis=0) for i in range(3)]
    spread = max(float(points[i * 12 : (i + 1) * 12].std(axis=0).max()) for i in range(3))
    distance = min(float(np.linalg.norm(centres[a] - centres[b])) for a, b in ((0, 1), (0, 2), (1, 2)))
    assert distance > 2 * spread


def test_a_changed_file_is_read_anew(library: ModelLibrary, tmp_path: Path) -> None:
    own = ModelLibrary(tmp_path, tmp_path / "none")
    path = tmp_path / "m.safetensors"
    path.write_bytes(library.find("moods").path.read_bytes())
    predictor = TextPredictor(ModelPool(own, "cpu"))
    assert predictor.classify(ClassifyText(text="lovely", model="m"), SilentContext()).labels == ("bad", "good")
    path.write_bytes(library.find("names").path.read_bytes() + b"")
    with pytest.raises(InputError, match="another task"):
        predictor.classify(ClassifyText(text="lovely", model="m"), SilentContext())


def test_headlines_of_odd_texts_say_that_they_guess(library: ModelLibrary, tmp_path: Path) -> None:
    loaded = load_model(library.find("count").path, torch.device("cpu"))
    save_model(tmp_path / "short.safetensors", replace(loaded.card, task="summarisation"), loaded.network)
    predictor = TextPredictor(ModelPool(ModelLibrary(tmp_path, tmp_path / "none"), "cpu"))

    def notes(text: str) -> list[str]:
        found = predictor.write(WriteText(text=text, model="short", beam=2), SilentContext())
        assert len(found.sentences) == 1 and found.text == found.sentences[0].hypotheses[0].text
        return [str(note) for note in found.notes]

    assert notes("one two three four " * 4) == []
    assert "very short" in notes("one two")[0]
    assert "knows none" in notes("😀")[0]
    assert [text.split(".")[0] for text in notes("one two three " * 4000)] == ["The text is long"]


@pytest.mark.parametrize("beam", [1, 3])
def test_a_whole_word_at_the_end_stays_a_word(predictor: TextPredictor, beam: int) -> None:
    for seed in range(12):
        asked = ContinueText(text="the cat sat on the", model="rhyme", tokens=1, seed=seed, temperature=3.0, beam=beam)
        assert not predictor.continue_text(asked, SilentContext()).text[:1].isalpha()


def test_a_begun_word_is_written_to_its_end() -> None:
    ends = torch.tensor([True, False, True, False])
    whole, begun = torch.tensor([0.5, 0.3, 0.1, 0.1]).log(), torch.tensor([0.2, 0.7, 0.05, 0.05]).log()
    assert torch.equal(last_word_kept(begun, ends), begun)
    assert torch.allclose(last_word_kept(whole, ends).exp(), torch.tensor([5 / 6, 0, 1 / 6, 0]))
