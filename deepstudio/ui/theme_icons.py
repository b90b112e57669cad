"""One set of SVG drawings, recoloured: Qt's own SVG engine then draws them crisp at any device pixel ratio.

The drawings use `currentColor`. A recoloured copy lies in the cache folder, because Qt takes icons and the pictures of
style sheets from files only. GUI thread.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from deepstudio.core.paths import cache_dir, resources_dir


@cache
def icon_names() -> frozenset[str]:
    """Return the names of all drawings."""
    return frozenset(path.stem for path in (resources_dir() / "icons").glob("*.svg"))


@cache
def _drawing(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def recoloured(name: str, colour: str) -> Path:
    """Return a file with the drawing `name` in `colour` ("#rrggbb"); KeyError if there is no such drawing."""
    if name not in icon_names():
        raise KeyError(name)
    content = _drawing(name).replace("currentColor", colour).encode()
    stamp = hashlib.sha256(content).hexdigest()[:16]
    return _stored(f"{name}-{stamp}.svg", content, str(cache_dir()))


@cache
def _stored(file_name: str, content: bytes, home: str) -> Path:
    target = Path(home) / "icons" / file_name
    try:
        if target.is_file() and target.read_bytes() == content:
            return target
        return _write(target, content)
    except OSError:  # the cache folder cannot be written
        return _write(Path(tempfile.gettempdir()) / f"deepstudio-icons-{os.getpid()}" / file_name, content)


def _write(target: Path, content: bytes) -> Path:
    """Write by rename but without fsync: a lost icon is drawn again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    os.replace(part, target)
    return target
