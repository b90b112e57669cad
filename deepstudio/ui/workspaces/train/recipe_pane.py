"""Which network is trained, how long, and every setting. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QMenu, QToolButton, QWidget

from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, follow_icon, icon_button, label, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.train.draft import QUICK, THOROUGH, USUAL
from deepstudio.ui.workspaces.train.settings_form import SettingsForm
from deepstudio.ui.workspaces.train.setup_presenter import SetupPresenter
from deepstudio.ui.workspaces.train.words import network_sentence, network_title


class RecipePane(QFrame):
    """Edits the draft of a `SetupPresenter`."""

    open_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme, setup: SetupPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._theme, self._setup = theme, setup
        self.title = QLineEdit()
        self.title.setAccessibleName(self.tr("Name of the model"))
        self.title.setPlaceholderText(self.tr("Name of the model"))
        self.title.editingFinished.connect(self._on_title)
        self.recipes = QComboBox()
        self.recipes.setAccessibleName(self.tr("Recipe"))
        self.recipes.activated.connect(self._on_recipe)
        self.networks = QComboBox()
        self.networks.setAccessibleName(self.tr("Network"))
        self.networks.setMaxVisibleItems(16)
        self.networks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.networks.setMinimumContentsLength(16)
        self.networks.activated.connect(self._on_network)
        self._about = label("", "caption", wrap=True)
        self.presets = Segmented(theme)
        self.presets.add(QUICK)
        self.presets.add(USUAL)
        self.presets.add(THOROUGH)
        self.presets.set_text(QUICK, self.tr("Quick try"), self.tr("A fifth of the time: does it learn at all?"))
        self.presets.set_text(USUAL, self.tr("Usual"), self.tr("What suits data of this size"))
        self.presets.set_text(THOROUGH, self.tr("Thorough"), self.tr("Three times as long, keeping the best weights"))
        self.presets.choose(USUAL)
        self.presets.chosen.connect(setup.draft.use_preset)
        self.form = SettingsForm(theme, setup.draft)
        self._lay_out()
        setup.draft.changed.connect(self._show_buttons)
        setup.draft.replaced.connect(self.show_recipe)
        setup.networks_known.connect(self.show_recipe)
        setup.opened.connect(self.show_recipe)
        self.show_recipe()

    def _lay_out(self) -> None:
        draft = self._setup.draft
        self.undo = icon_button(self._theme, "undo", self.tr("Undo the last change of a setting"), size=16)
        self.undo.clicked.connect(draft.undo)
        self.redo = icon_button(self._theme, "redo", self.tr("Do it again"), size=16)
        self.redo.clicked.connect(draft.redo)
        self.more = QToolButton()
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAccessibleName(self.tr("More with the recipe"))
        self.more.setToolTip(self.tr("More with the recipe"))
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow_icon(self._theme, self.more, "more")
        menu = QMenu(self.more)
        menu.addAction(self.tr("Open a recipe…"), self.open_asked.emit)
        menu.addAction(self.tr("Save the recipe…"), self.save_asked.emit)
        menu.addSeparator()
        self.reset_all = menu.addAction(self.tr("Reset all settings"), draft.reset_all)
        self.more.setMenu(menu)
        head = row(gap=2)
        head.addWidget(label(self.tr("Network and settings"), "heading"), 1)
        for widget in (self.undo, self.redo, self.more):
            head.addWidget(widget)
        whole = column(self, margins=(16, 12, 6, 10), gap=8)
        whole.addLayout(head)
        upper = column(margins=(0, 0, 10, 0), gap=8)
        upper.addWidget(self.title)
        upper.addWidget(self.recipes)
        upper.addWidget(self.networks)
        upper.addWidget(self._about)
        upper.addWidget(self.presets)
        whole.addLayout(upper)
        whole.addWidget(self.form, 1)

    @Slot()
    def show_recipe(self) -> None:
        """Show what the presenter holds."""
        setup = self._setup
        if setup.draft.empty:
            return
        recipe = setup.draft.recipe
        self.title.setText(translate_sentence(recipe.title, "cards") if recipe.title else recipe.name)
        self.presets.choose(setup.draft.preset)
        self._show_recipes()
        self._show_networks()
        self._show_buttons()

    def _show_recipes(self) -> None:
        view = self._setup.view
        shipped = view.shipped if view is not None else ()
        self.recipes.setVisible(bool(shipped))
        with QSignalBlocker(self.recipes):
            self.recipes.clear()
            self.recipes.addItem(self.tr("Recipe made for these data"), "")
            for name in shipped:
                self.recipes.addItem(self.tr("Shipped recipe: {name}").format(name=name), name)
            if view is not None and view.recipe.name in shipped and view.task == view.recipe.task:
                own = self._setup.own_name
                if own in shipped:  # a folder of sets has no recipe of its own
                    self.recipes.removeItem(0)
            self.recipes.setCurrentIndex(max(0, self.recipes.findData(self._setup.draft.recipe.name)))

    def _show_networks(self) -> None:
        network = getattr(self._setup.draft.recipe, "network", None)
        for widget in (self.networks, self._about, self.presets):
            widget.setVisible(network is not None)
        if network is None:  # what is estimated, not trained
            return
        choices = self._setup.fitting_networks()
        current = network.architecture
        known = {choice.name: choice for choice in choices}
        with QSignalBlocker(self.networks):
            self.networks.clear()
            if current not in known:
                self.networks.addItem(network_title(current, current), current)
            for place, choice in enumerate(choices):
                before = choices[place - 1].name if place else ""
                if choice.name.startswith("torchvision/") and not before.startswith("torchvision/"):
                    self.networks.insertSeparator(self.networks.count())
                self.networks.addItem(network_title(choice.name, choice.title), choice.name)
                self.networks.setItemData(
                    self.networks.count() - 1,
                    network_sentence(choice.name, choice.title),
                    Qt.ItemDataRole.ToolTipRole,
                )
            self.networks.setCurrentIndex(max(0, self.networks.findData(current)))
        title = known[current].title if current in known else current
        self._about.setText(network_sentence(current, title))

    @Slot()
    def _show_buttons(self) -> None:
        draft = self._setup.draft
        self.undo.setEnabled(draft.can_undo)
        self.redo.setEnabled(draft.can_redo)
        self.reset_all.setEnabled(bool(draft.changes()))
        self.presets.choose(draft.preset)

    @Slot(int)
    def _on_network(self, place: int) -> None:
        name = self.networks.itemData(place)
        if isinstance(name, str):
            self._setup.use_network(name)

    @Slot(int)
    def _on_recipe(self, place: int) -> None:
        self._setup.use_shipped(self.recipes.itemData(place))

    @Slot()
    def _on_title(self) -> None:
        self._setup.set_title(self.title.text())
