"""Where the program starts: `workbench`, or `python -m workbench`."""

import sys

INTERRUPTED = 130
"""The exit status after SIGINT: 128 + 2."""


def main() -> None:
    """Runs the command line and exits with its status."""
    try:
        from workbench.cli.main import run  # here, so that ctrl-c is heard while the program is loaded

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    main()
