# Waits for the end of the process that started runs of the CLI, at the other end of the pipe on stdin, however it goes;
# then guard.mjs ends what is left of them. A shell is here in a millisecond and takes next to no memory; Node needs 40 ms
# of a processor, just while the CLI starts. Arguments: Node, and guard.mjs.
# Each line holds all runs that live at that moment, as a JSON array; so only the last one counts.

# Whatever ends the parent's whole group (Ctrl-C in a terminal) must not end the guard before its work.
trap '' INT TERM HUP

runs='[]'
# A line that was cut off by the parent's end is not taken: `read` fails on it.
while IFS= read -r line; do runs=$line; done
[ "$runs" = '[]' ] || printf '%s\n' "$runs" | "$1" "$2"
