"""The words of a model by their vectors: a map, neighbours, and analogies. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSplitter, QWidget

from deepstudio.core.text_requests import FindNeighbours, MapWords, Neighbours, WordPoints
from deepstudio.data.text.terms import parse_terms
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.parts import column, icon_button, label, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.text.word_map import WordMap

_WORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class WordsPane(QWidget):
    """`map_asked` and `find_asked` say that another map, other neighbours are wanted: see the requests."""

    map_asked = Signal()
    find_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._shown: WordPoints | None = None
        self._wanted: tuple[str, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("A word, or king - man + woman"))
        self.search.setAccessibleName(self.tr("Find words like this"))
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(self._on_search)
        self.method = Segmented(theme)
        for key, tip in (
            ("pca", self.tr("The two directions in which the words differ most")),
            ("tsne", self.tr("Keeps near words near; far distances mean little")),
        ):
            self.method.add(key)
            self.method.set_text(key, {"pca": "PCA", "tsne": "t-SNE"}[key], tip)
        self.method.chosen.connect(self.map_asked)
        whole = icon_button(theme, "fit", self.tr("Show the whole map"))
        self.trouble = Banner(theme, "warning", "warning")
        self.map = WordMap(theme)
        whole.clicked.connect(self.map.show_all)
        self.map.word_chosen.connect(self.look_for)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Words nearby"))
        mark(self.list, kind="plain")
        self.list.itemActivated.connect(self._on_item)
        self.list.itemClicked.connect(self._on_item)
        self._said = label("", "section", wrap=True)
        top = row(gap=8)
        top.addWidget(self.search, 1)
        top.addWidget(self.method)
        top.addWidget(whole)
        near = QWidget()
        inside = column(near, gap=4)
        inside.addWidget(self._said)
        inside.addWidget(self.list, 1)
        self._near = near
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(self.map)
        splitter.addWidget(near)
        splitter.setSizes([420, 180])
        splitter.setStretchFactor(0, 1)
        layout = column(self, gap=10)
        layout.addLayout(top)
        layout.addWidget(self.trouble)
        layout.addWidget(splitter, 1)
        near.hide()

    def map_request(self, model: str) -> MapWords:
        """Return the question for the map that is wanted."""
        return MapWords(model=model, words=self._wanted, method=self.method.current)

    def begin_model(self) -> None:
        """Another model: nothing of the one before stays, and what was looked for is looked for in this one."""
        self._shown, self._wanted = None, ()
        self.trouble.say("")
        self._near.hide()
        self.map.highlight((), ())
        self.map.show_all()
        self.look_for(self.search.text())

    @Slot(str)
    def look_for(self, query: str) -> None:
        """Ask for the words near a word, or near a sum of words."""
        plus, minus = parse_terms(query)
        if not plus:
            return
        self.search.setText(query)
        self._asked = (plus, minus)
        self.trouble.say("")
        self.find_asked.emit()

    def find_request(self, model: str) -> FindNeighbours:
        """Return the question that was last asked."""
        return FindNeighbours(model=model, plus=self._asked[0], minus=self._asked[1])

    def show_points(self, points: WordPoints) -> None:
        """Show a map, settled or on the way there."""
        self._shown = points
        self.map.show_points(points)

    def show_neighbours(self, near: Neighbours) -> None:
        """List the words found, and point them out on the map; words that it lacks are asked for."""
        plus, minus = self._asked
        words = [word for word, _ in near.words]
        formula = " + ".join(plus) + "".join(f" − {word}" for word in minus)
        self._said.setText(self.tr("Near {words}").format(words=formula))
        self.trouble.say(
            self.tr("The model does not know: {words}").format(words=", ".join(near.missing)) if near.missing else ""
        )
        self.list.clear()
        for word, cosine in near.words:
            item = QListWidgetItem(f"{word}   {cosine:.2f}")
            item.setData(_WORD_ROLE, word)
            item.setToolTip(self.tr("Show what is near {word}").format(word=word))
            self.list.addItem(item)
        self._near.setVisible(bool(words))
        asked = {form for word in (*plus, *minus) for form in (word, word.lower())}
        self.map.highlight(asked, words)
        self._wanted = (*asked, *words)
        known = set(self._shown.words) if self._shown is not None else set()
        if not known.issuperset(words):
            self.map_asked.emit()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no map."""
        self.trouble.say(sentence)

    def show_nothing_near(self, sentence: str) -> None:
        """Say why no words were found, and take away those found before: they are of another question."""
        self.trouble.say(sentence)
        self._near.hide()
        self.list.clear()
        self._wanted = ()
        self.map.highlight((), ())

    @Slot()
    def _on_search(self) -> None:
        self.look_for(self.search.text())

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.look_for(str(item.data(_WORD_ROLE)))
