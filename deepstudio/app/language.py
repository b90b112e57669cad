"""Which language the window speaks: the setting, else the system's. Can change while the program runs. GUI thread."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from deepstudio.core.paths import resources_dir
from deepstudio.store.settings import Settings, SettingsStore

_log = logging.getLogger(__name__)

SOURCE_LANGUAGE = "en"
"""What the program is written in; needs no files."""
TRANSLATIONS = ("zh_CN",)
"""What it is translated to."""


class Language:
    """Keeps the application's translators in step with the settings; widgets get QEvent.LanguageChange."""

    def __init__(self, app: QCoreApplication, settings: SettingsStore) -> None:
        self._app = app
        self._translators: list[QTranslator] = []
        self.code = ""
        self._unsubscribe = settings.subscribe(self._apply)
        self._apply(settings.current)

    def _apply(self, settings: Settings) -> None:
        code = chosen_language(settings.appearance.language)
        if code == self.code:
            return
        self.code = code
        QLocale.setDefault(QLocale(code))
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = [] if code == SOURCE_LANGUAGE else self._load(code)
        for translator in self._translators:
            self._app.installTranslator(translator)

    def _load(self, code: str) -> list[QTranslator]:
        """Return Qt's own words first, so that ours win."""
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        loaded = []
        for path in (qt / f"qtbase_{code}.qm", resources_dir() / "i18n" / f"deepstudio_{code}.qm"):
            translator = QTranslator(self._app)
            if translator.load(str(path)):
                loaded.append(translator)
            else:
                _log.warning("The translation %s cannot be loaded; English is shown instead.", path)
        return loaded


def chosen_language(setting: str) -> str:
    """Return the code of the language that `setting` ("system" or a code) means on this machine."""
    known = (SOURCE_LANGUAGE, *TRANSLATIONS)
    if setting in known:
        return setting
    for name in _system_locale().uiLanguages():
        for code in known:
            if QLocale(name).language() == QLocale(code).language():
                return code
    return SOURCE_LANGUAGE


def _system_locale() -> QLocale:
    return QLocale.system()
