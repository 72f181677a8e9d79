"""`python -m icsgen` is `afterword`."""

import sys

from icsgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
