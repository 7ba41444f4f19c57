"""
``python -m claude_notebook.kernel -f CONNECTION_FILE``: what the kernelspec runs. It becomes the kernel.

Without a Node.js a kernel answers whose cells say so: what a kernel writes to its log nobody sees in JupyterLab.
"""

import os
import sys

# The notebook's folder, which `-m` puts first: its files are not to be taken for modules.
if sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

import json  # noqa: E402
from typing import NoReturn  # noqa: E402

from claude_notebook.find_node import NodeNotFoundError, find_node  # noqa: E402
from claude_notebook.replace_process import PACKAGE, replace_process  # noqa: E402

#: The kernel's command, as the npm package has it; the words of the build that wrote it stand for paths.
COMMAND = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kernel-command.json")


def main(arguments: list) -> NoReturn:
    if len(arguments) != 2 or arguments[0] != "-f":
        sys.exit("Usage: python -m claude_notebook.kernel -f CONNECTION_FILE")
    connection_file = arguments[1]
    try:
        node = find_node()
    except NodeNotFoundError as error:
        print(error, file=sys.stderr, flush=True)
        explain(str(error), connection_file)
    words = {"{node}": node, "{package}": PACKAGE, "{connection_file}": connection_file}
    with open(COMMAND, encoding="utf-8") as file:
        command = json.load(file)
    replace_process([_fill_in(argument, words) for argument in command])


def explain(message: str, connection_file: str) -> NoReturn:
    """Starts the kernel that explains; ends with exit code 1 where ipykernel is missing, which comes with JupyterLab."""
    try:
        from claude_notebook.explaining_kernel import start_explaining_kernel
    except ImportError:
        sys.exit(1)
    start_explaining_kernel(message, connection_file)
    sys.exit(0)


def _fill_in(argument: str, words: dict) -> str:
    """A word stands at the beginning of an argument, or is all of it."""
    for word, value in words.items():
        if argument.startswith(word):
            rest = argument[len(word) :]
            return value + rest.replace("/", os.sep)
    return argument


if __name__ == "__main__":
    main(sys.argv[1:])
