"""What the window needs from the system: libraries, a display, fonts. Qt runs in a process of its own."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator

from deepstudio.app.doctor.finding import Finding, State, ask_python
from deepstudio.core.paths import resources_dir

_ASK_QT = """
import json
from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
system = QFontDatabase.WritingSystem.SimplifiedChinese
print(json.dumps([qVersion(), len(QFontDatabase.families()), len(QFontDatabase.families(system))]))
"""
_ASK_X11 = """
import ctypes, pathlib, PySide6
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
"""
_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open")


def check_qt() -> Iterator[Finding]:
    """Qt starts, has a display to draw on, and fonts for both languages."""
    well, answer = ask_python(_ASK_QT, QT_QPA_PLATFORM="offscreen")
    if not well:
        yield Finding(check="Qt", state=State.PROBLEM, value=answer, fix=_mend(answer))
        return
    version, families, chinese = json.loads(answer.splitlines()[-1])
    yield Finding(check="Qt", state=State.OK, value=version)
    yield from _check_display()
    yield Finding(
        check="Fonts",
        state=State.OK if families and chinese else State.NOTE,
        value=f"{families} families, {chinese} of them with Chinese",
        fix="" if chinese else "For Chinese on Debian or Ubuntu type: sudo apt-get install -y fonts-wqy-microhei",
    )


def _check_display() -> Iterator[Finding]:
    if sys.platform != "linux":
        return
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if not display:
        fix = "Log in to a desktop, or see the window's pictures with: deepstudio tour --out DIR"
        yield Finding(check="Display", state=State.NOTE, value="none", fix=fix)
        return
    well, answer = ask_python(_ASK_X11)
    if well or "WAYLAND_DISPLAY" in os.environ:
        yield Finding(check="Display", state=State.OK, value=display)
    else:
        yield Finding(check="Display", state=State.PROBLEM, value=answer, fix=_mend(answer))


def _mend(answer: str) -> str:
    library = _LIBRARY.search(answer)
    if (resources_dir().parent / "packaging" / "run").is_file():
        return "Type: packaging/run, which installs what is missing or says what to type."
    if library:
        return f"Install the system package that holds {library.group(1)}."
    return "Install the program again: pip install --force-reinstall PySide6-Essentials"
