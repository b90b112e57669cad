"""Reading text: encodings, tables, tagged sentences, pairs; splits and copies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from deepstudio.core.errors import InputError
from deepstudio.data.text.conll import read_conll, tag_names, to_conll
from deepstudio.data.text.encodings import decode_text, detect_encoding, encoding_name
from deepstudio.data.text.examples import read_labelled, without_copies
from deepstudio.data.text.pairs import read_pairs, read_parallel, split_by_source
from deepstudio.data.text.tables import label_column, read_table, text_column, texts_of

FRENCH = "Il était une fois, à l'été, une fée naïve qui reçut une leçon très sévère. "
RUSSIAN = "Жили-были дед и баба, и была у них курочка ряба. Снесла курочка яичко. "
CHINESE = "我们今天在学校里学习中文，老师说这个问题不是很难，大家都要努力。"
JAPANESE = "これは日本語のテキストです。今日はとても良い天気ですね。カタカナもあります。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("plain ASCII only", "utf-8"),
        (FRENCH, "utf-8"),
        (CHINESE, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH * 3, "utf-16-le"),
        (FRENCH * 3, "utf-16-be"),
        (RUSSIAN, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH * 3, "cp1252"),
        (RUSSIAN * 3, "cp1251"),
        (RUSSIAN * 3, "koi8_r"),
        (CHINESE * 3, "gb18030"),
        (JAPANESE * 3, "shift_jis"),
        (JAPANESE * 3, "euc_jp"),
    ],
)
def test_encoding_is_detected(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)).text == text


SENTENCES = {
    "Die Grüße aus Köln: 25 € – schön, daß Größe und Maß stimmen.": ("cp1252", "mac_roman"),
    "Le café est fermé à cause de l’été.": ("cp1252", "mac_roman"),
    "El niño pequeño comió ayer. ¿Cómo estás?": ("cp1252",),
    "Það er gott veður í dag og ég þarf að fara út.": ("cp1252",),
    "Grüße, schön und groß": ("cp850",),
    "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności.": ("cp1250", "iso8859_2"),
    "Příliš žluťoučký kůň úpěl ďábelské ódy.": ("cp1250", "iso8859_2"),
    "Minden emberi lény szabadon születik és egyenlő.": ("cp1250", "iso8859_2"),
    "Toate fiinţele umane se nasc libere şi egale în demnitate şi în drepturi.": ("cp1250",),
    "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.": ("cp1254",),
    "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis.": ("cp1257",),
    "Привет, как дела? Всё хорошо, спасибо.": ("cp1251", "koi8_r", "cp866"),
    "Всі люди народжуються вільними і рівними.": ("cp1251",),
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι.": ("cp1253",),
    "כל בני אדם נולדו בני חורין ושווים בערכם": ("cp1255",),
    "يولد جميع الناس أحرارا متساوين في الكرامة": ("cp1256",),
    "모든 인간은 태어날 때부터 자유로우며": ("euc_kr",),
    "人人生而自由，在尊嚴及權利上均各平等。": ("big5",),
}


@pytest.mark.parametrize("text", SENTENCES)
def test_one_sentence_is_enough_to_tell_the_code_page(text: str) -> None:
    for encoding in SENTENCES[text]:
        there = text.encode(encoding, "ignore")  # older pages lack the newest signs
        assert decode_text(there).text == there.decode(encoding), encoding


def test_a_few_old_letters_in_a_long_text_are_read() -> None:
    text = "It rained all day. " * 200 + "We met in a café, “Chez Noël”.\n" + "Then it was dry again. " * 200
    assert decode_text(text.encode("cp1252")).text == text
    damaged = decode_text(text.encode().replace(b"dry", b"d\xffy", 1))
    assert "café, “Chez Noël”" in damaged.text and damaged.replaced == 1


def test_invalid_bytes_never_raise() -> None:
    broken = decode_text(("good text " * 100).encode() + b"\xff\xfe\x80" + b" more")
    assert broken.text.startswith("good text") and broken.text.endswith("more") and broken.replaced > 0
    assert decode_text(bytes(range(256)) * 4).text
    assert decode_text(b"").text == ""
    assert detect_encoding(b"\x00") in ("utf-8", "utf-16-le", "utf-16-be")


def test_encodings_have_names_for_people() -> None:
    found = ["utf-8", "utf-8-sig", "cp1251", "cp866", "gb18030", "shift_jis", "utf-16-le", "koi8_r", "iso8859_2"]
    names = ["", "", "Windows-1251", "DOS 866", "GB18030", "SHIFT-JIS", "UTF-16-LE", "KOI8-R", "ISO 8859-2"]
    assert [encoding_name(name) for name in found] == names


def test_table_with_quotes_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('id,text,label\r\n1,"He said ""no"",\nthen left",bad\r\n2,fine,good\r\n'.encode("utf-16"))
    table = read_table(path)
    assert table.columns == ("id", "text", "label")
    assert (text_column(table), label_column(table)) == ("text", "label")
    assert table.column("text") == ['He said "no",\nthen left', "fine"]


@pytest.mark.parametrize("sign", [",", ";", "|"])
def test_columns_are_divided_by_the_sign_that_all_lines_have(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'text{sign}label\n"good, very good | really; yes"{sign}pos\nbad{sign}neg\n"so, so"{sign}neg\n')
    table = read_table(path)
    assert table.columns == ("text", "label") and table.column("label") == ["pos", "neg", "neg"]
    path.write_text("Reviews, sorted | unsorted\nOne, two\nThree, four | five\nSix, seven\n")
    assert len(read_table(path).columns) == 2, "a bar in a text divides nothing"


def test_a_single_column_of_a_table_may_have_a_name(tmp_path: Path) -> None:
    for file, rows in (("a.csv", ["one", "two, three"]), ("a.txt", ["text", "one", "two, three"])):
        (tmp_path / file).write_text('text\none\n"two, three"\n' if file == "a.csv" else "text\none\ntwo, three\n")
        assert [text for text in texts_of(read_table(tmp_path / file)) if text] == rows
    (tmp_path / "empty.csv").write_text("text\n")
    with pytest.raises(InputError):
        read_table(tmp_path / "empty.csv")


def test_table_without_header_finds_text_and_label(tmp_path: Path) -> None:
    path = tmp_path / "SMS"
    path.write_text("".join(f"{'spam' if i % 3 else 'ham'}\tmessage number {i} for you\n" for i in range(30)))
    table = read_table(path)
    assert label_column(table) == "0" and text_column(table) == "1"


def test_columns_are_joined_where_they_exist(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("label,title,description\n0,Big news,It happened\n1,Small,Nothing\n")
    assert texts_of(read_table(path), ["title", "description"]) == ["Big news It happened", "Small Nothing"]


def test_labels_by_name_and_by_number(tmp_path: Path) -> None:
    by_name, by_number, wrong = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    by_name.write_text("text,label\nx,good\ny,bad\n")
    by_number.write_text("text,label\nx,1\ny,0\n")
    wrong.write_text("text,label\nx,good\ny,ugly\n")
    labels = ["bad", "good"]
    assert read_labelled(by_name, labels).labels.tolist() == read_labelled(by_number, labels).labels.tolist() == [1, 0]
    with pytest.raises(InputError, match="ugly"):
        read_labelled(wrong, labels)


def test_empty_files_are_sentences(tmp_path: Path) -> None:
    empty = tmp_path / "a.csv"
    empty.write_text("\n \n")
    for read in (read_table, read_conll):
        with pytest.raises(InputError):
            read(empty)
    with pytest.raises(InputError):
        read_table(tmp_path / "missing.csv")


def test_conll_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("-DOCSTART- -X- O O\n\nAnna NNP B-NP B-PER\nlaughs VBZ B-VP O\n\nOslo NNP B-NP B-LOC\n")
    sentences = read_conll(path)
    assert [sentence.words for sentence in sentences] == [("Anna", "laughs"), ("Oslo",)]
    assert tag_names(sentences) == ["O", "B-LOC", "B-PER"]
    path.write_text(to_conll((sentence.words, sentence.tags) for sentence in sentences))
    assert read_conll(path) == sentences
    path.write_text("Anna\tB-PER\nlonely\n\n")
    with pytest.raises(InputError, match="Line 2"):
        read_conll(path)


def test_pairs(tmp_path: Path) -> None:
    left, right, table = tmp_path / "a.en", tmp_path / "a.de", tmp_path / "a.tsv"
    left.write_text("one\ntwo\n\n")
    right.write_text("eins\nzwei\n\n")
    table.write_text("one\teins\ntwo\tzwei\n")
    assert read_parallel(left, right).targets == read_pairs(table).targets == ["eins", "zwei"]
    right.write_text("eins\n")
    with pytest.raises(InputError, match="lines"):
        read_parallel(left, right)
    table.write_text("only one column\nhere\n")
    with pytest.raises(InputError, match="one column"):
        read_pairs(table)


def test_split_never_divides_a_source(tmp_path: Path) -> None:
    table = tmp_path / "a.tsv"
    table.write_text("".join(f"Word {i % 40}{'.' if i % 2 else '!'}\ttarget {i}\n" for i in range(120)))
    rest, held = split_by_source(read_pairs(table), 0.25, seed=1)
    strip = lambda texts: {text.rstrip(".!") for text in texts}  # noqa: E731
    assert not strip(rest.sources) & strip(held.sources)
    assert len(rest) + len(held) == 120 and len(held) >= 30


def test_copies_differ_in_case_and_signs_only() -> None:
    texts = ["Hello, World!", "hello world", "other", "???", "!!!", "known"]
    assert without_copies(texts, known={"known"}).tolist() == [0, 2, 3, 4]
    assert without_copies([]).dtype == np.int64
