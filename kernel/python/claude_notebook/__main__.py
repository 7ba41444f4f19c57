"""``python -m claude_notebook``: the command line, where the scripts of the environment are not on PATH."""

from claude_notebook.cli import main

main()
