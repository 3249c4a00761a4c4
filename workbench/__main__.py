"""Where the program starts: `workbench`, or `python -m workbench`."""

import gc
import sys

INTERRUPTED = 130
"""The exit status after SIGINT: 128 + 2."""


ALLOCATIONS = 300_000
"""Objects between two looks for garbage: more than are made until the first frame. With Python's 700 a tenth of the
time of a plain command, and until that frame, would go into looking."""


def main() -> None:
    """Runs the command line and exits with its status."""
    gc.set_threshold(ALLOCATIONS)
    try:
        from workbench.cli.main import run  # here, so that ctrl-c is heard while the program is loaded

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    gc.freeze()  # the process gives everything back at once, so that there is nothing to look for
    sys.exit(status)


if __name__ == "__main__":
    main()
