"""Prints every benchmark as a table: ./pitso bench [NAME ...]"""

import importlib
import os
import sys
import tempfile

NAMES = ("journal", "forms", "records", "papers", "counting", "room", "election", "window", "office")


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XDG_DATA_HOME": f"{home}/data", "XDG_CONFIG_HOME": f"{home}/config"}
        print("| what | measured | bar |\n|---|---|---|")
        for name in sys.argv[1:] or NAMES:
            for what, measured, bar in importlib.import_module(f"tests.benchmarks.{name}").rows():
                print(f"| {what} | {measured} | {bar} |", flush=True)


if __name__ == "__main__":
    main()
