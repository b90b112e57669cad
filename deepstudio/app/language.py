"""Which language the window speaks: the setting, else the system's. Can change while the program runs. GUI thread."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from deepstudio.core.paths import resources_dir
from deepstudio.store.settings import Settings, SettingsStore

_log = logging.getLogger(__name__)
SOURCE_LANGUAGE = "en"


class Language:
    """Keeps the application's translators in step with the settings; widgets get QEvent.LanguageChange."""

    def __init__(self, app: QCoreApplication, settings: SettingsStore) -> None:
        self._app = app
        self._translators: list[QTranslator] = []
        self._shown = ""
        self._unsubscribe = settings.subscribe(self._apply)
        self._apply(settings.current)

    def _apply(self, settings: Settings) -> None:
        wanted = settings.appearance.language
        if wanted == self._shown:
            return
        self._shown = wanted
        locale = QLocale() if wanted == "system" else QLocale(wanted)
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = [] if _is_source(locale) else self._load(locale)
        for translator in self._translators:
            self._app.installTranslator(translator)

    def _load(self, locale: QLocale) -> list[QTranslator]:
        """Return the translators found for `locale`: Qt's own words first, so that ours win."""
        loaded = []
        own, qt = resources_dir() / "i18n", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (("qtbase", qt), ("deepstudio", str(own))):
            translator = QTranslator(self._app)
            if translator.load(locale, name, "_", folder):
                loaded.append(translator)
            elif name == "deepstudio":
                _log.info("There is no translation for %s in %s.", locale.name(), folder)
        return loaded


def _is_source(locale: QLocale) -> bool:
    return locale.language() == QLocale(SOURCE_LANGUAGE).language()
