# Waits for the end of the process that started runs of the CLI, at the other end of the pipe on stdin, however it goes;
# then guard.mjs ends what is left of them. A shell is here in a millisecond and takes next to no memory; Node needs 40 ms
# of a processor, just while the CLI starts. Arguments: Node, and guard.mjs.
# Lines: `+<run as JSON>` and `-<id>`.

# Whatever ends the parent's whole group (Ctrl-C in a terminal) must not end the guard before its work.
trap '' INT TERM HUP

log=
open=0
while IFS= read -r line; do
  log="$log$line
"
  case $line in
    +*) open=$((open + 1)) ;;
    *) open=$((open - 1)) ;;
  esac
  [ "$open" -gt 0 ] || log=
done
[ "$open" -gt 0 ] && printf '%s' "$log" | "$1" "$2"
