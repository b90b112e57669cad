"""Words for what a card says in codes. GUI thread only."""

from __future__ import annotations

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.library import ModelEntry
from deepstudio.ui.text import translate_sentence

IMAGE, TEXT, SPEECH = "image", "text", "speech"
"""The workspaces in which models answer; each is also the name of its icon."""
KINDS = {
    IMAGE: QT_TRANSLATE_NOOP("cards", "Pictures"),
    TEXT: QT_TRANSLATE_NOOP("cards", "Texts"),
    SPEECH: QT_TRANSLATE_NOOP("cards", "Speech"),
}
TASKS = {
    "image-classification": QT_TRANSLATE_NOOP("cards", "Pictures"),
    "image-text": QT_TRANSLATE_NOOP("cards", "Pictures and words"),
    "text-classification": QT_TRANSLATE_NOOP("cards", "Sorts texts"),
    "tagging": QT_TRANSLATE_NOOP("cards", "Marks words"),
    "translation": QT_TRANSLATE_NOOP("cards", "Translates"),
    "summarisation": QT_TRANSLATE_NOOP("cards", "Summarises"),
    "language-model": QT_TRANSLATE_NOOP("cards", "Writes"),
    "word-vectors": QT_TRANSLATE_NOOP("cards", "Maps words"),
    "speech-recognition": QT_TRANSLATE_NOOP("cards", "Writes down speech"),
    "keyword-spotting": QT_TRANSLATE_NOOP("cards", "Hears single words"),
    "word-set": QT_TRANSLATE_NOOP("cards", "Hears single words"),
    "speech-language-model": QT_TRANSLATE_NOOP("cards", "Order of words"),
}
_SPEECH_TASKS = ("speech-recognition", "keyword-spotting", "word-set", "speech-language-model")
_HEADLINES = {
    "accuracy": QT_TRANSLATE_NOOP("cards", "{value} right"),
    "wer": QT_TRANSLATE_NOOP("cards", "{value} of words wrong"),
    "entity_f1": QT_TRANSLATE_NOOP("cards", "F1 {value}"),
    "bleu": QT_TRANSLATE_NOOP("cards", "BLEU {value}"),
    "rouge_l": QT_TRANSLATE_NOOP("cards", "ROUGE-L {value}"),
    "perplexity": QT_TRANSLATE_NOOP("cards", "perplexity {value}"),
    "analogy_accuracy": QT_TRANSLATE_NOOP("cards", "{value} of analogies"),
}
"""The figure that says most, in order, and how a row of the list says it."""
METRICS = {
    "accuracy": QT_TRANSLATE_NOOP("cards", "Accuracy"),
    "balanced_accuracy": QT_TRANSLATE_NOOP("cards", "Balanced accuracy"),
    "macro_f1": QT_TRANSLATE_NOOP("cards", "Macro F1"),
    "precision": QT_TRANSLATE_NOOP("cards", "Precision"),
    "recall": QT_TRANSLATE_NOOP("cards", "Recall"),
    "f1": QT_TRANSLATE_NOOP("cards", "F1 of the second label"),
    "ece": QT_TRANSLATE_NOOP("cards", "Calibration error"),
    "accuracy_unseen_phrases": QT_TRANSLATE_NOOP("cards", "Accuracy by words never learnt from"),
    "accuracy_held_out_among_all": QT_TRANSLATE_NOOP("cards", "Classes never learnt from, among all"),
    "accuracy_held_out_alone": QT_TRANSLATE_NOOP("cards", "Classes never learnt from, among themselves"),
    "one_shot_5_way": QT_TRANSLATE_NOOP("cards", "Five new classes by one example each"),
    "five_shot_5_way": QT_TRANSLATE_NOOP("cards", "Five new classes by five examples each"),
    "entity_f1": QT_TRANSLATE_NOOP("cards", "F1 of names"),
    "entity_precision": QT_TRANSLATE_NOOP("cards", "Precision of names"),
    "entity_recall": QT_TRANSLATE_NOOP("cards", "Recall of names"),
    "bleu": QT_TRANSLATE_NOOP("cards", "BLEU"),
    "chrf": QT_TRANSLATE_NOOP("cards", "chrF"),
    "rouge_l": QT_TRANSLATE_NOOP("cards", "ROUGE-L"),
    "rouge_l_lead": QT_TRANSLATE_NOOP("cards", "ROUGE-L of the first words"),
    "perplexity": QT_TRANSLATE_NOOP("cards", "Perplexity by word"),
    "token_perplexity": QT_TRANSLATE_NOOP("cards", "Perplexity by token"),
    "analogy_accuracy": QT_TRANSLATE_NOOP("cards", "Analogies completed"),
    "wer": QT_TRANSLATE_NOOP("cards", "Word error rate"),
    "cer": QT_TRANSLATE_NOOP("cards", "Character error rate"),
    "wer_first_pass": QT_TRANSLATE_NOOP("cards", "Word error rate, first pass"),
    "unknown_words": QT_TRANSLATE_NOOP("cards", "Words it does not know"),
    "rejected": QT_TRANSLATE_NOOP("cards", "Called none of these"),
}
SPLITS = {
    "test": QT_TRANSLATE_NOOP("cards", "test"),
    "validation": QT_TRANSLATE_NOOP("cards", "validation"),
    "train": QT_TRANSLATE_NOOP("cards", "training"),
    "other things": QT_TRANSLATE_NOOP("cards", "other things"),
}


def metric_title(name: str) -> str:
    """Return the words for a metric; its code made readable where there are none."""
    return translate_sentence(METRICS[name], "cards") if name in METRICS else name.replace("_", " ").capitalize()


def metric_value(measured: Measured) -> str:
    """Return a value for people: shares in percent, others with four digits."""
    if 0.0 <= measured.value <= 1.0:
        return f"{100 * measured.value:.2f} %"
    return f"{measured.value:.4g}"


def headline(card: ModelCard) -> Measured | None:
    """Return the figure that says most of such a task, of the test split where there is one; else the first one."""
    known = (card.figure(name) for name in _HEADLINES)
    return next((figure for figure in known if figure is not None), None) or next(iter(card.metrics), None)


def headline_text(card: ModelCard) -> str:
    """Return that figure in a few words, "" where nothing was measured."""
    figure = headline(card)
    if figure is None:
        return ""
    if figure.name not in _HEADLINES:
        return f"{metric_title(figure.name)} {metric_value(figure)}"
    return translate_sentence(_HEADLINES[figure.name], "cards", value=metric_value(figure))


def title_of(entry: ModelEntry) -> str:
    """Return the model's title, its file's name where the card cannot be read."""
    return translate_sentence(entry.card.title, "cards") if entry.card is not None else entry.name


def task_of(card: ModelCard) -> str:
    """Return the words for a card's task."""
    return translate_sentence(TASKS[card.task], "cards") if card.task in TASKS else card.task


def kind_of(card: ModelCard) -> str:
    """Return the workspace that such a model answers in: IMAGE, TEXT or SPEECH."""
    if card.task in _SPEECH_TASKS:
        return SPEECH
    return IMAGE if card.task in ("image-classification", "image-text") else TEXT


def count_text(number: int) -> str:
    """Return a large count for people, such as "2.0 M"."""
    if number >= 1_000_000:
        return f"{number / 1e6:.1f} M"
    return f"{number / 1e3:.0f} k" if number >= 10_000 else str(number)
