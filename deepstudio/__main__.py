"""`python -m deepstudio` is the same as `deepstudio`."""

import sys

from deepstudio.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
