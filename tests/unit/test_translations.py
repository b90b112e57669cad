"""Every visible text is translated, whole, with the same placeholders; nothing stale is left in the files."""

from __future__ import annotations

import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator


@pytest.fixture(scope="module")
def translations(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("deepstudio_translations", checkout / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def chinese(checkout: Path) -> Path:
    return checkout / "resources" / "i18n" / "deepstudio_zh_CN.ts"


def _placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{\w*\}|%[1-9n]|--\w+|\*\.\w+", text))


def _accelerators(text: str) -> int:
    return len(re.findall(r"&(?=\w)", text))


def test_the_finder_sees_every_kind_of_mark(translations: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "deepstudio").mkdir()
    (tmp_path / "resources" / "recipes").mkdir(parents=True)
    (tmp_path / "deepstudio" / "a.py").write_text(
        'X = QT_TRANSLATE_NOOP("errors", "One " "sentence.")\n'
        "class Window:\n    def f(self):\n"
        '        self.tr("Two")\n        QCoreApplication.translate("units", "Three")\n'
    )
    (tmp_path / "resources" / "recipes" / "r.toml").write_text('title = "Four"\nlabels = ["five", "6"]\n')
    found = [(text.context, text.source) for text in translations.find_texts(tmp_path)]
    assert found == [
        ("Window", "Two"),
        ("cards", "Four"),
        ("errors", "One sentence."),
        ("labels", "five"),
        ("units", "Three"),
    ]


def test_every_text_is_translated(translations: ModuleType, chinese: Path) -> None:
    known = translations.read_translations(chinese)
    assert [text for text in translations.find_texts() if text not in known] == []


def test_nothing_is_stale_or_unfinished(translations: ModuleType, chinese: Path) -> None:
    texts = set(translations.find_texts())
    assert [text for text in translations.read_translations(chinese) if text not in texts] == []
    assert [element.attrib for element in ET.parse(chinese).iter("translation") if element.get("type")] == []


def test_placeholders_and_accelerators_are_the_same(translations: ModuleType, chinese: Path) -> None:
    wrong = [
        (text.source, translation)
        for text, translation in translations.read_translations(chinese).items()
        if _placeholders(text.source) != _placeholders(translation)
        or _accelerators(text.source) != _accelerators(translation)
    ]
    assert wrong == []


def test_no_text_is_built_before_it_is_translated(checkout: Path) -> None:
    pattern = re.compile(r"""\.tr\(\s*f["']|QT_TRANSLATE_NOOP\([^,]+,\s*f["']""")
    files = (checkout / "deepstudio").rglob("*.py")
    assert [path.name for path in files if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_the_compiled_file_speaks_chinese(translations: ModuleType, qapp: QCoreApplication, tmp_path: Path) -> None:
    (built,) = translations.build(translations.TS_DIR, tmp_path)
    translator = QTranslator()
    assert translator.load(str(built))
    assert translator.translate("workspaces", "Models") == "模型"
    assert translator.translate("labels", "airplane") == "飞机"
