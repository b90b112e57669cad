"""The bare loop of PyTorch, a block for each line on stdin: `python -m deepstudio.app.bench._bare_script CASE` (JSON).

Torch has the process for itself: what a training has without a window.
A line says which network (`written`: the article's layer by layer; `same`: this program's) and for how many seconds.
"""

from __future__ import annotations

import json
import sys

from deepstudio.app.bench.train import Case, bare_loop, random_images
from deepstudio.core.allocator import keep_freed_memory


def main(words: str) -> None:
    """Answer each line with images per second."""
    keep_freed_memory()  # as in every training of this program
    options = json.loads(words)
    device = options.pop("device")
    case = Case(**options)
    images = random_images(case)
    networks = {name: bare_loop(case, images, device, as_written=name == "written") for name in ("written", "same")}
    print("ANSWER ready", flush=True)
    for line in sys.stdin:
        name, seconds = line.split()
        print(f"ANSWER {networks[name](float(seconds))}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
