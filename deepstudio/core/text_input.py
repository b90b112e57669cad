"""How text becomes a network's input: declared once, carried by the model card, used in training and inference alike.

Any thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from deepstudio.core.config import option

PAD, UNKNOWN, BEGIN, END = 0, 1, 2, 3
"""Numbers of the special tokens, the same in every tokenizer of this program."""

CHARACTER_CODES = 512
"""Numbers that a letter of a word can have: 0 is padding, Latin-1 follows its code, all others share 256 places."""

SPECIAL_TOKENS = ("<pad>", "<unk>", "<s>", "</s>")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput:
    """From a string to token numbers; the tokenizer itself is JSON beside it on the card."""

    unit: str = option(
        "words",
        "What a token is: a word, a piece of a word, a character or a byte.",
        choices=("words", "subwords", "characters", "bytes"),
    )
    vocabulary: int = option(10_000, "Most tokens in the vocabulary, the special ones included.", low=8, high=200_000)
    min_count: int = option(1, "Rarer tokens of the training text are left out of the vocabulary.", low=1)
    lowercase: bool = option(True, "Capitals count as small letters.")
    max_tokens: int = option(512, "Tokens of a text that the network looks at.", low=4, high=100_000)
    max_target_tokens: int = option(64, "Tokens of an answer that is text (translation, headline).", low=4, high=10_000)
    characters: int = option(0, "Characters of a word that a tagger looks at; 0 looks at whole words.", low=0, high=64)
    keep: str = option("start", "What is kept of a text that is too long.", choices=("start", "end", "both"))
