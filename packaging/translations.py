"""Translations: finds every visible string in the sources, keeps the .ts files in step, compiles them for Qt.

    python packaging/translations.py update      after changing a text: then fill in what is new with Qt Linguist
    python packaging/translations.py build       resources/i18n/*.ts to *.qm

Strings are found by reading the syntax tree: `self.tr`, `translate` and the engine's QT_TRANSLATE_NOOP (lupdate knows
that mark in C++ only), the help of every `option`, which forms show (context "settings"), and the words that recipes
put on a model's card (title, description, warning, labels).
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TS_DIR = ROOT / "resources" / "i18n"
_CARD_WORDS = ("title", "description", "warning")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text to be translated: where it belongs, and its English words."""

    context: str
    source: str


class _Finder(ast.NodeVisitor):
    """Collects the marked texts of one module."""

    def __init__(self) -> None:
        self.found: list[Text] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Remember whose `self.tr` follows: Qt takes the class for the context."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        """Look at one call."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "tr" and node.args and self._classes:
            self._add(self._classes[-1], node.args[0])
        elif name in ("QT_TRANSLATE_NOOP", "translate") and len(node.args) >= 2:
            context = node.args[0]
            if isinstance(context, ast.Constant) and isinstance(context.value, str):
                self._add(context.value, node.args[1])
        elif name == "option" and len(node.args) >= 2:
            self._add("settings", node.args[1])
        self.generic_visit(node)

    def _add(self, context: str, node: ast.expr) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.found.append(Text(context, node.value))


def find_texts(root: Path = ROOT) -> list[Text]:
    """Return every text of the program, each once, sorted."""
    found: set[Text] = set()
    for path in sorted((root / "deepstudio").rglob("*.py")):
        finder = _Finder()
        finder.visit(ast.parse(path.read_text(encoding="utf-8"), str(path)))
        found.update(finder.found)
    for path in sorted((root / "resources" / "recipes").glob("*.toml")):
        found.update(_texts_of_recipe(tomllib.loads(path.read_text(encoding="utf-8"))))
    return sorted(found)


def read_translations(path: Path) -> dict[Text, str]:
    """Return the finished translations of a .ts file."""
    if not path.is_file():
        return {}
    translations = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and translation.get("type") is None:
                translations[Text(name, message.findtext("source", ""))] = translation.text
    return translations


def update(root: Path = ROOT) -> dict[str, list[Text]]:
    """Rewrite every .ts file: new texts come in as unfinished, vanished ones go; returns what is unfinished by file."""
    texts = find_texts(root)
    missing = {}
    for path in sorted((root / "resources" / "i18n").glob("*.ts")):
        known = read_translations(path)
        write_ts(path, texts, known)
        missing[path.name] = [text for text in texts if text not in known]
    return missing


def write_ts(path: Path, texts: list[Text], known: dict[Text, str]) -> None:
    """Write a .ts file with `texts`, translated as far as `known` goes."""
    language = path.stem.partition("_")[2]
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for text in texts:
        if text.context not in contexts:
            contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[text.context], "name").text = text.context
        message = ET.SubElement(contexts[text.context], "message")
        ET.SubElement(message, "source").text = text.source
        translation = ET.SubElement(message, "translation")
        if text in known:
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def build(ts_dir: Path = TS_DIR, qm_dir: Path = TS_DIR) -> list[Path]:
    """Compile every .ts file of `ts_dir` into `qm_dir` and return what was written.

    Raises subprocess.CalledProcessError, with lrelease's words, for a file that cannot be compiled.
    """
    import PySide6

    folder = Path(PySide6.__file__).parent
    compiler = next(path for name in ("lrelease", "lrelease.exe") if (path := folder / name).is_file())
    qm_dir.mkdir(parents=True, exist_ok=True)
    built = []
    for source in sorted(ts_dir.glob("*.ts")):
        target = qm_dir / f"{source.stem}.qm"
        subprocess.run([compiler, "-silent", source, "-qm", target], check=True)
        built.append(target)
    return built


def _texts_of_recipe(recipe: dict[str, object]) -> Iterator[Text]:
    for key in _CARD_WORDS:
        value = recipe.get(key)
        if isinstance(value, str) and value:
            yield Text("cards", value)
    labels = recipe.get("labels")
    for label in labels if isinstance(labels, list) else []:
        if isinstance(label, str) and not label.isdigit():
            yield Text("labels", label)


def main(arguments: list[str]) -> int:
    """Do what the first argument says; returns the exit code."""
    if arguments == ["update"]:
        for name, texts in update().items():
            for text in texts:
                print(f"{name}: {text.context}: {text.source}")
        return 0
    if arguments == ["build"]:
        build()
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
