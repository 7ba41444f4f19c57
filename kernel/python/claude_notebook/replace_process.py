"""Runs a command in the place of this process."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn

#: The npm package; what it depends on stands beside it, as npm has installed it.
PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "npm", "node_modules", "claude-notebook")


def replace_process(command: list[str]) -> NoReturn:
    """Keeps the process id, so that signals reach the command and its end is the end of this process."""
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec: a child does the work, and Ctrl-C, which both get, is for the child to deal with.
    child = subprocess.Popen(command)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue
