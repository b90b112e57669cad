"""Image sets as tables, in the dialects that people's programs write."""

from __future__ import annotations

from pathlib import Path

import pytest

from deepstudio.core.errors import InputError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.csv_images import names_pictures, read_image_table
from deepstudio.data.csv_table import read_table, read_text
from deepstudio.data.image_sets import load_image_set
from deepstudio.data.listing import list_data
from tests.unit.test_image_sets import picture

SMALL = Preprocessing(height=8, width=8, channels=3)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number in range(6):
        picture(tmp_path / "img" / f"{number}.png", number)
    return tmp_path


def write(folder: Path, text: str, *, name: str = "labels.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "name", "encoding"),
    [
        ("path,label\nimg/0.png,cat\nimg/1.png,dog\n", "a.csv", "utf-8"),
        ("label;path\ncat;img/0.png\ndog;img/1.png\n", "a.csv", "utf-8"),
        ("img/0.png,cat\nimg/1.png,dog\n", "a.csv", "utf-8"),
        ("cat\timg\\0.png\r\ndog\timg\\1.png\r\n", "a.tsv", "utf-8"),
        ('"Filename","Class"\n"img/0.png","cat"\n\n"img/1.png","dog"\n', "a.csv", "utf-8-sig"),
        ("image|category\nimg/0.png|cat\nimg/1.png|dog\n", "a.csv", "utf-16"),
        ("id,path,width,label\n1,img/0.png,8,cat\n2,img/1.png,8,dog\n", "a.csv", "utf-8"),
    ],
)
def test_dialects(pictures: Path, text: str, name: str, encoding: str) -> None:
    found = load_image_set(write(pictures, text, name=name, encoding=encoding), SMALL)
    assert found.names == ("img/0.png", "img/1.png")
    assert found.classes == ("cat", "dog") and found.labels.tolist() == [0, 1]
    assert found.images[:, 0, 0, 0].tolist() == [0, 1]


@pytest.mark.parametrize("label, encoding", [("Käse", "cp1252"), ("猫和狗", "gb18030"), ("Käse", "utf-8")])
def test_labels_of_other_encodings(pictures: Path, label: str, encoding: str) -> None:
    path = write(pictures, f"path,label\nimg/0.png,{label}\nimg/1.png,dog\n", encoding=encoding)
    assert label in load_image_set(path, SMALL).classes
    assert read_text(path)[1] == encoding


def test_splits(pictures: Path) -> None:
    roles = ["train", "Training", "", "valid", "dev", "TEST"]
    lines = [f"img/{number}.png,{number % 2},{role}" for number, role in enumerate(roles)]
    path = write(pictures, "\n".join(["path,label,split", *lines]))
    table = read_image_table(path)
    assert [len(table.of(split)) for split in ("train", "validation", "test")] == [3, 2, 1]
    assert load_image_set(path, SMALL, split="test").names == ("img/5.png",)
    assert list_data(path).splits == ("train", "validation", "test")


def test_three_columns_without_a_header(pictures: Path) -> None:
    path = write(pictures, "train,cat,img/0.png\ntest,dog,img/1.png\n")
    table = read_image_table(path)
    assert [(row.name, row.label, row.split) for row in table.rows] == [
        ("img/0.png", "cat", "train"),
        ("img/1.png", "dog", "test"),
    ]


def test_labels_by_index_of_a_model(pictures: Path) -> None:
    path = write(pictures, "path,label\nimg/0.png,1\nimg/1.png,Snow_Leopard\n")
    assert load_image_set(path, SMALL, classes=("cat", "snow leopard")).labels.tolist() == [1, 1]
    with pytest.raises(InputError, match="The label 'newt'"):
        load_image_set(write(pictures, "path,label\nimg/0.png,newt\n"), SMALL, classes=("cat", "dog"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("path,label\nimg/0.png,cat\nimg/1.png,\n", "Line 3"),
        ("path,label,split\nimg/0.png,cat,training\nimg/1.png,cat,later\n", "Line 3 .* 'later'"),
        ("text,label\nA fine film,pos\nA bad one,neg\n", "columns text, label"),
        ("", "is empty"),
        ("path,label,split\n", "columns path"),
    ],
)
def test_what_is_no_image_set_is_told(pictures: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_image_table(write(pictures, text))


def test_missing_and_broken_pictures_are_named(pictures: Path) -> None:
    (pictures / "img" / "1.png").write_bytes(b"nothing")
    path = write(pictures, "path,label\nimg/0.png,a\nimg/1.png,b\nimg/99.png,b\n")
    named: list[str] = []
    found = load_image_set(path, SMALL, on_unreadable=lambda name, error: named.append(name))
    assert len(found) == 1 and named == ["img/1.png", "img/99.png"]


def test_tables_of_texts_are_told_from_tables_of_pictures(pictures: Path) -> None:
    assert names_pictures(write(pictures, "img/0.png,cat\n"))
    assert not names_pictures(write(pictures, 'text,label\n"See photo.png, it is great",pos\n'))


def test_quoted_fields_keep_lines_and_their_numbers(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, 'text,label\n"two\nlines, one field",a\nnext,b\n'), titles=frozenset({"text"}))
    assert table.rows == (("two\nlines, one field", "a"), ("next", "b")) and table.lines == (2, 4)


def test_binary_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(InputError, match="no text"):
        read_table(path)
