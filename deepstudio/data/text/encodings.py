"""Text files of any encoding: which one it is, and the text in it. Any thread."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.code_pages import guess_code_page

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_GUESSED_FROM = 1 << 14
_WORDS_BEFORE = 100
_WRITING = 0.7
_NAMES = {"cp866": "DOS 866", "cp850": "DOS 850", "mac_roman": "Mac Roman", "iso8859_2": "ISO 8859-2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """The text of a file, the encoding that it was in, and how many characters could not be read."""

    text: str
    encoding: str
    replaced: int = 0


def encoding_name(encoding: str) -> str:
    """Return what people call an encoding, such as "Windows-1252" for "cp1252"; "" for UTF-8, of which none ask."""
    if encoding.startswith("utf-8"):
        return ""
    if encoding in _NAMES:
        return _NAMES[encoding]
    return f"Windows-{encoding[2:]}" if encoding.startswith("cp") else encoding.replace("_", "-").upper()


def read_text(path: Path) -> DecodedText:
    """Return the text of a file, its line ends as newlines. Raises InputError if it cannot be opened."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be read: {reason}."), path=str(path), reason=error.strerror or ""
        ) from error
    return decode_text(content)


def decode_text(content: bytes) -> DecodedText:
    """Return the text in `content`; never raises, what is no text becomes U+FFFD and is counted."""
    encoding = detect_encoding(content)
    text = content.decode(encoding, "replace")
    replaced = text.count("\ufffd") if encoding in ("utf-8", "utf-8-sig") or "\ufffd" in text else 0
    return DecodedText(text=text.replace("\r\n", "\n").replace("\r", "\n"), encoding=encoding, replaced=replaced)


def detect_encoding(content: bytes) -> str:
    """Return the name of the encoding that `content` most likely is in.

    A byte-order mark decides; then UTF-16 without one (every other byte of Latin text is NUL), UTF-8 if all of it is
    valid or a little is damaged, and else the code page whose reading looks most like writing.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    if found := _utf16_without_mark(sample):
        return found
    text = sample.decode("utf-8", "replace")
    wrong = text.rstrip("\ufffd").count("\ufffd")  # the end may cut a character in two
    if not wrong:
        return "utf-8"
    page, likeness = guess_code_page(_around_others(sample))
    if wrong * 200 > len(text):
        return page
    # A few bytes only are no UTF-8: damage, unless there is no other sign of UTF-8 and they read well otherwise.
    right = sum(ord(character) > 127 for character in text) - wrong
    return page if right <= wrong and likeness >= _WRITING else "utf-8"


def _around_others(sample: bytes) -> bytes:
    """Return the part of `sample` to guess from: it begins some words before the first byte that is not ASCII."""
    first = re.search(rb"[\x80-\xff]", sample)
    begin = max(0, first.start() - _WORDS_BEFORE) if first is not None else 0
    return sample[begin : begin + _GUESSED_FROM]


def _utf16_without_mark(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 4 and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""
