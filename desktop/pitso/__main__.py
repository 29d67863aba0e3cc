"""Where Pitso starts: a command, or the window."""

import sys


def main() -> None:
    """Run the command that the words name; a file, or no words at all, open the window."""
    words = sys.argv[1:]
    if not words or words[0] == "--quit-after-paint" or words[0].endswith((".pitso", ".pitso-bundle")):
        from pitso import app

        sys.exit(app.run(words))
    from pitso import cli

    cli.pitso(prog_name="pitso")


if __name__ == "__main__":
    main()
