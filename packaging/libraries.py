"""Prints the Debian packages of the system libraries and fonts that Qt and PortAudio miss here, one a line.

Run by packaging/setup.sh with any Python >= 3.11; needs nothing installed. A line is `needed PACKAGE` (no window
without it) or `useful PACKAGE` (sound, windows under X11, fonts). Prints nothing but on Linux.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

# What the libraries inside the PySide6 wheel link to: `objdump -p libQt6Gui.so.6 | grep NEEDED`.
NEEDED = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# The same of its platform plug-in for X11 (libQt6XcbQpa.so.6) and for Wayland, and the sound library.
USEFUL = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libportaudio.so.2": "libportaudio2",
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_CHINESE = ("cjk", "wqy", "droidsansfallback", "sourcehan", "uming", "ukai", "notosanssc", "notoserifsc")


def missing_packages() -> Iterator[tuple[str, str]]:
    """Yield (how much it matters, package) for each library and font that is not here."""
    for weight, libraries in (("needed", NEEDED), ("useful", USEFUL)):
        for library, package in libraries.items():
            try:
                ctypes.CDLL(library)
            except OSError:
                yield weight, package
    fonts = list(_fonts())
    if not fonts:
        yield "useful", "fonts-dejavu-core"
    if not any(name in font for font in fonts for name in _CHINESE):
        yield "useful", "fonts-wqy-microhei"


def _fonts() -> Iterator[str]:
    """Yield the lower-case names of the font files of this machine."""
    for folder in _FONT_FOLDERS:
        for file in Path(folder).expanduser().rglob("*"):
            if file.suffix.lower() in (".ttf", ".otf", ".ttc"):
                yield file.name.lower()


if __name__ == "__main__" and sys.platform == "linux":
    for weight, package in missing_packages():
        print(weight, package)
