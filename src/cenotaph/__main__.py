"""The entry point: `cenotaph` and `python -m cenotaph`."""


def main() -> None:
    """Run the command line."""
    from cenotaph.cli import run

    run()


if __name__ == "__main__":
    main()
