"""`responder`, and `python -m responder`."""

from responder.cli import root


def main() -> None:
    """Run the command line."""
    root.main()


if __name__ == "__main__":
    main()
