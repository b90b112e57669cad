"""Recipes of the tasks on speech, as one TOML file each. Torch-free, any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deepstudio.core.config import option
from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.recipe_base import BaseRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechDataConfig:
    """Where the utterances are, and who is held out.

    A set is a folder below the data folder with `train.tsv` (and `test.tsv`): columns path, text, speaker, seconds and,
    where a file holds many utterances, start.
    """

    name: str = option("", "Name of the data, as it appears on the card.")
    sets: tuple[str, ...] = option((), "Folders of the sets below the data folder; empty takes the data folder itself.")
    validation: str = option("", "Table of the validation speakers in each set; empty holds out speakers of `train`.")
    held_out_from: tuple[str, ...] = option((), "Sets whose speakers may be held out; empty takes any.")
    held_out_seconds: float = option(1000.0, "Seconds of speech of the held-out speakers.", low=1.0)
    held_out_most: float = option(300.0, "A speaker with more seconds than this is never held out.", low=1.0)
    test: tuple[str, ...] = option((), "Sets with a test table that is measured once at the end.")
    cut_from: tuple[str, ...] = option((), "Sets of sentences that single words are cut from (keywords).")
    cut_with: str = option("english", "Model that finds the words in the sentences.")
    noise: str = option("", "Folder with recordings without speech; the last fifth of each is never trained on.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechAugmentConfig:
    """How the sound is changed while training."""

    speeds: tuple[float, ...] = option((1.0, 0.9, 1.1), "Speeds at which everything is heard.", low=0.5, high=2.0)
    reverberation: float = option(0.2, "Share of utterances heard in a room.", low=0.0, high=1.0)
    noise: float = option(0.5, "Share of utterances with noise mixed in.", low=0.0, high=1.0)
    snr_low: float = option(5.0, "Least decibels of speech over noise.", low=-20.0, high=100.0)
    snr_high: float = option(30.0, "Most decibels of speech over noise.", low=-20.0, high=100.0)
    gain_low: float = option(-3.0, "Least change of loudness (natural logarithm of energy).", low=-20.0, high=0.0)
    gain_high: float = option(1.5, "Greatest change of loudness (natural logarithm of energy).", low=0.0, high=20.0)
    bands: int = option(2, "Stripes of mel bands hidden (SpecAugment).", low=0, high=20)
    band_width: int = option(16, "Widest of them.", low=1, high=128)
    seconds_a_stripe: float = option(3.5, "Seconds of sound for each stripe of time that is hidden.", low=0.1)
    stripe_frames: int = option(35, "Longest of them, in frames.", low=1, high=1000)
    made_noise_seconds: int = option(60, "Seconds of each noise made by rule; 0 is none.", low=0, high=3600)
    shift: float = option(0.1, "Seconds by which a single word is moved (keywords).", low=0.0, high=1.0)
    stretch: float = option(0.25, "How much faster or slower a single word is heard (keywords).", low=0.0, high=1.0)
    tract: float = option(
        0.12, "How much longer or shorter a voice's vocal tract is made (keywords).", low=0.0, high=0.5
    )
    wordless: float = option(
        0.05, "What a batch's stretch of noise, which holds no words, counts for.", low=0.0, high=10.0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechNetworkConfig:
    """Which network, and where it starts from."""

    architecture: str = option("speech-ctc", "Name of the network in the registry.")
    config: dict[str, Any] = option({}, "Options of that network.")
    start_from: str = option("", "Name or file of a model of the same shape whose weights training starts from.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechRecipe(BaseRecipe):
    """Training of a recogniser or of a keyword spotter."""

    task: str = option(
        "speech-recognition", "What is learnt.", choices=("speech-recognition", "keyword-spotting", "word-set")
    )
    data: SpeechDataConfig = field(default_factory=SpeechDataConfig)
    speech: SpeechInput = field(default_factory=SpeechInput)
    augment: SpeechAugmentConfig = field(default_factory=SpeechAugmentConfig)
    network: SpeechNetworkConfig = field(default_factory=SpeechNetworkConfig)
    language_model: str = option("english-lm", "Model that says how words are spoken and which follow which.")
    batch_seconds: float = option(260.0, "Seconds of sound in a batch.", low=1.0)
    storage: str = option(
        "float16", "How matrices are stored; int8 has a scale for each row.", choices=("float16", "int8")
    )
    spelling: float = option(0.3, "What the loss of the second head, which spells, counts for.", low=0.0, high=1.0)
    labels: tuple[str, ...] = option((), "Words to spot; empty takes those of the data.")
    word_weight: float = option(0.5, "What telling words of sentences apart counts for (keywords).", low=0.0, high=10.0)
    balance: float = option(
        0.0,
        "Whose clips are heard how often: 0 takes every clip alike, 1 every word and every speaker of it (keywords).",
        low=0.0,
        high=1.0,
    )
    window_seconds: float = option(1.0, "Seconds that a keyword spotter looks at.", low=0.2, high=10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageDataConfig:
    """Texts and the dictionary of a language model for speech."""

    name: str = option("", "Name of the data, as it appears on the card.")
    texts: tuple[str, ...] = option((), "Text files below the data folder, one sentence a line.")
    sets: tuple[str, ...] = option((), "Speech sets whose training transcripts are read too.")
    held_out: SpeechDataConfig = field(default_factory=SpeechDataConfig)
    """Speakers whose sentences are never read: perplexity is measured on them."""
    dictionary: str = option("", "Pronouncing dictionary in CMUdict's form; empty keeps the shipped model's.")
    letters_to_sounds: bool = option(True, "Guess how words that the dictionary lacks are spoken.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRecipe(BaseRecipe):
    """Estimation of an n-gram language model with its lexicon; there are no steps and no network."""

    task: str = option("speech-language-model", "What is learnt.", choices=("speech-language-model",))
    data: LanguageDataConfig = field(default_factory=LanguageDataConfig)
    words: int = option(64_000, "Most words of the vocabulary.", low=10, high=65_000)
    trigram_threshold: float = option(5e-8, "Trigrams that tell less than this are dropped (nats).", low=0.0, high=1.0)
    bigram_threshold: float = option(5e-8, "Bigrams that tell less than this are dropped (nats).", low=0.0, high=1.0)
    levels: int = option(64, "Levels that probabilities are rounded to.", low=4, high=256)
