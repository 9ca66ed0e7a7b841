"""`python -m uploads FILE…`: what the worker would make of these files, see `uploads.command`."""

import sys

from uploads.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
