"""Text files of any encoding: which one it is, and the text in it. Any thread."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_EAST_ASIAN = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")
_SINGLE_BYTE = ("cp1252", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256")
_FREQUENT_CHINESE = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜離說這個們來時國會對學經過還發沒從開問間實樣現話讓應該點氣電車東見長門們"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """The text of a file, the encoding that it was in, and how many characters could not be read."""

    text: str
    encoding: str
    replaced: int = 0


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

    A byte-order mark decides; then UTF-16 without one (every other byte of Latin text is NUL), UTF-8 if nearly all of
    it is valid, and else the code page whose reading looks most like writing.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    if found := _utf16_without_mark(sample):
        return found
    text = sample.decode("utf-8", "replace")
    if text.rstrip("\ufffd").count("\ufffd") * 200 <= len(text):  # the end may cut a character in two
        return "utf-8"
    scores = {name: _likeness(sample, name) for name in _EAST_ASIAN + _SINGLE_BYTE}
    return max(scores, key=lambda name: scores[name])


def _utf16_without_mark(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 4 and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _likeness(sample: bytes, encoding: str) -> float:
    """Return how much the non-ASCII part of `sample` looks like writing when read as `encoding`; higher is better."""
    text = sample.decode(encoding, "replace")
    others = [character for character in text if ord(character) > 127]
    if not others:
        return 0.0
    wrong = sum(character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn") for character in others)
    return (sum(map(_credit, others)) + _case_credit(text) - 8.0 * wrong) / len(others)


def _credit(character: str) -> float:
    code = ord(character)
    if 0x3040 <= code <= 0x30FF:  # kana: only Japanese has them, and no other code page makes them by accident
        return 1.2
    if character in _FREQUENT_CHINESE:
        return 1.5
    if 0x4E00 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3:
        return 0.55
    if unicodedata.category(character) in ("Ll", "Lo"):
        return 0.6
    if 0x3000 <= code <= 0x301F or 0xFF00 <= code <= 0xFF5E or character in "“”‘’–—…«»°£€":
        return 0.6
    return 0.0


def _case_credit(text: str) -> float:
    """Return a penalty for capitals inside words, as the wrong one of two Cyrillic code pages makes them."""
    pairs = Counter(
        (left.islower(), right.isupper())
        for left, right in pairwise(text)
        if left.isalpha() and right.isalpha() and (ord(left) > 127 or ord(right) > 127)
    )
    return -2.0 * pairs[True, True]
