"""The entry point: `cenotaph` and `python -m cenotaph`."""


def main() -> None:
    """Run the command line."""
    from cenotaph.cli import run
    from cenotaph.collector import look_seldom

    look_seldom()
    run()


if __name__ == "__main__":
    main()
