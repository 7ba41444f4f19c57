"""The commands ``claude-notebook`` and ``claude-auth``: those of the npm package, run by the Node.js of this machine."""

from __future__ import annotations

import os
import sys

from claude_notebook.find_node import NodeNotFoundError, find_node
from claude_notebook.replace_process import PACKAGE, replace_process


def main() -> None:
    """Runs ``claude-notebook`` with the arguments of this process."""
    _run("main.js")


def auth() -> None:
    """Runs ``claude-auth`` with the arguments of this process."""
    _run("claude-auth.js")


def _run(script: str) -> None:
    try:
        node = find_node()
    except NodeNotFoundError as error:
        sys.exit(str(error))
    replace_process([node, os.path.join(PACKAGE, "dist", "kernel", "cli", script), *sys.argv[1:]])
