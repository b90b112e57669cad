"""Which code page bytes that are no Unicode were written in: the one whose reading looks most like writing. Any thread.

Many code pages give letters for the same bytes. What tells them apart is that all letters of a text belong to one
language: under the wrong page a Polish text has letters of three, with capitals inside its words.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise

_FREQUENT_CHINESE = (
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心"
    "多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将"
    "外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重"
    "被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比"
    "住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京"
    "务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功"
    "指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求"
    "品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站"
    "广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜離說這個們来時國會對"
    "學經過還發沒從開問間實樣現話讓應該點氣電車東見長門們"
)
_FREQUENT_KOREAN = (
    "이다는에가의을를고하지은로한기도사리어자나인아서대시정그수일보들해만라부것있면원여조제스주게장상전까마년"
    "적으구과세신오성무모없유동소우미안할관내려했된되거와던며니데요습합녕계선생집말때더음본알공국간중문비방"
)
_ASIAN = {
    "gb18030": _FREQUENT_CHINESE,
    "big5": _FREQUENT_CHINESE,
    "shift_jis": _FREQUENT_CHINESE,
    "euc_jp": _FREQUENT_CHINESE,
    "euc_kr": _FREQUENT_KOREAN,
}
_WESTERN = ("äüößé", "éèàêçâîôùûïœëüæÿ", "óíáéñúü", "ãçáéíóõêâôúà", "èàùòìé", "äåöé", "åøæé", "áðíéöþæúýó")
_CENTRAL = ("łąężśćóńź", "íáéěýřžščůťúóďň", "áéőóöíüúű", "ăîâţş", "šćčžđ", "áíéýčžšľúťôňóäďĺŕ")
_CYRILLIC = ("оеаинбвгджзйклмпрстуфхцчшщъыьэюяё", "оіаинбвгґдеєжзїйклмпрстуфхцчшщьюя", "аиоенбвгдђжзјклљмњпрстћуфхцчџш")
_ALPHABETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1254", ("ıüşğçöâî",)),
    ("cp1257", ("ėšųžąčęįū", "āīēūšžņļčģķ", "äõöüšž")),
    ("cp1251", _CYRILLIC),
    ("koi8_r", _CYRILLIC[:1]),
    ("cp866", _CYRILLIC[:1]),
    ("cp1253", ("αοιετάβγδέζηήθίϊκλμνξόπρσςυύφχψωώ",)),
    ("cp1255", ("ויהלראבגדזחטךכםמןנסעףפץצקשת",)),
    ("cp1256", ("الينمبتثجحخدذرزسشصضطظعغفقكهوىةءأإآؤئپچژگ،؟ـ",)),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
)
"""Code pages, the more usual ones first, and the letters beyond ASCII of languages, their most frequent ones first."""
_MOST_FREQUENT = 5
_LATIN_END = "\u0250"
_SIGNS = frozenset("“”„‘’‚–—…«»°£§©®·¿¡")


def guess_code_page(sample: bytes) -> tuple[str, float]:
    """Return the name of the code page that `sample` most likely is in, and how much it then looks like writing.

    About 1 is writing; of bytes that are no text in any code page it is below 0.7.
    """
    scores = {name: _likeness(sample, name, (frequent,)) for name, frequent in _ASIAN.items()}
    for name, alphabets in _ALPHABETS:
        scores[name] = _likeness(sample, name, alphabets)
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best]


def _likeness(sample: bytes, encoding: str, usual: tuple[str, ...]) -> float:
    """Return how much the non-ASCII part of `sample`, read as `encoding`, looks like writing; higher is better.

    `usual` are the letters of each language that it may be: that which explains most counts.
    """
    text = sample.decode(encoding, "replace")
    others = Counter(character for character in text if ord(character) > 127)
    if not others:
        return 0.0
    asian = encoding in _ASIAN
    best = max(
        sum(count * _credit(character, letters, asian) for character, count in others.items()) for letters in usual
    )
    return (best + _penalty(text)) / others.total()


def _credit(character: str, usual: str, asian: bool) -> float:
    code, category = ord(character), unicodedata.category(character)
    if character == "\ufffd" or category in ("Cc", "Co", "Cn"):
        return -8.0
    if asian:
        return _asian_credit(character, usual)
    if character in usual:
        return 1.0 if usual.index(character) < _MOST_FREQUENT else 0.8
    if character in _SIGNS:
        return 0.75
    if character == "€" or character.lower() in usual:
        return 0.6
    if category in ("Ll", "Lo"):
        return 0.4
    return 0.3 if code < 0x250 and category == "Lu" else 0.0


def _asian_credit(character: str, frequent: str) -> float:
    code = ord(character)
    if 0x3040 <= code <= 0x30FF:  # kana: only Japanese has them, and no other code page makes them by accident
        return 1.2
    if character in frequent:
        return 1.5
    if 0xAC00 <= code <= 0xD7A3 or (0x4E00 <= code <= 0x9FFF and frequent is _FREQUENT_CHINESE):
        return 0.55
    if 0x3000 <= code <= 0x301F or 0xFF00 <= code <= 0xFF5E or character in _SIGNS:
        return 0.6
    return 0.2 if unicodedata.category(character) in ("Ll", "Lo") else 0.0


def _penalty(text: str) -> float:
    """Return what capitals inside words and words of two scripts cost: a wrong code page makes them."""
    pairs = [pair for pair in pairwise(text) if pair[0].isalpha() and pair[1].isalpha() and not "".join(pair).isascii()]
    capitals = sum(left.islower() and right.isupper() for left, right in pairs)
    mixed = sum(min(pair) < _LATIN_END <= max(pair) for pair in pairs)
    return -2.0 * capitals - 1.0 * mixed
