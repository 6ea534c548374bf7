"""The entry point: `cenotaph` and `python -m cenotaph`."""

import atexit


def main() -> None:
    """Run the command line."""
    from cenotaph.collector import keep_loaded, look_seldom

    look_seldom()
    # Else Python looks for garbage as it ends, among all that goes with the process anyway.
    atexit.register(keep_loaded)
    from cenotaph.cli import run

    run()


if __name__ == "__main__":
    main()
