"""`python -m uploads FILE…`: what the worker would make of these files, see `uploads.tool.command`."""

import signal
import sys

from uploads.tool.command import main

if __name__ == "__main__":
    # Whoever ends us in any of these ways wants nothing left behind, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
