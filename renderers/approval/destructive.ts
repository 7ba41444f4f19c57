/** What a shell command may destroy, and how it reads. First come, all that match are told. No match says nothing. */
const DESTRUCTIVE: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/(?<![\w.-])(?:rm|unlink|shred|srm|rmdir)(?![\w-])/, "removes files"],
  [/(?<![\w.-])(?:del|erase|rd|Remove-Item)\s/i, "removes files"],
  [/(?<![\w.-])find\b[\s\S]*\s-(?:delete|exec(?:dir)?\b[\s\S]*\brm\b)/, "removes what it finds"],
  [/(?<![\w.-])(?:dd|mkfs(?:\.\w+)?|fdisk|parted|wipefs|format)\s/, "writes to a disk"],
  [/(?<![\w.-])truncate\s/, "empties files"],
  [/(?<![<>&0-9-])>(?![>&(])|&>|\d>(?!&)/, "may overwrite files"],
  [/(?<![\w.-])(?:mv|cp|install|rsync)\s/, "may overwrite files"],
  [/(?<![\w.-])(?:sed|perl|ruby)\s[\s\S]*?-\w*i/, "changes files in place"],
  [
    /(?<![\w.-])git\b[\s\S]*?\b(?:reset\b[\s\S]*--hard|clean\b[\s\S]*-\w*[fdx]|checkout\b[\s\S]*(?:--|-f|\.)|restore\b|branch\b[\s\S]*-D|stash\b[\s\S]*(?:drop|clear)|rebase\b|filter-branch\b|reflog\b[\s\S]*expire|gc\b[\s\S]*--prune)/,
    "discards work in git",
  ],
  [
    /(?<![\w.-])git\b[\s\S]*?\bpush\b[\s\S]*(?:--force|-\w*f|--delete|--mirror|\s\+|\s:)/,
    "rewrites what others see",
  ],
  [/(?<![\w.-])(?:chmod|chown|chgrp|chattr|setfacl)\s/, "changes who may use files"],
  [
    /(?<![\w.-])(?:kill|pkill|killall|shutdown|reboot|halt|poweroff|systemctl|launchctl)(?![\w-])/,
    "stops programs",
  ],
  [/(?<![\w.-])(?:sudo|doas|su|pkexec)(?![\w-])/, "runs with more rights"],
  [
    /\|\s*(?:sudo\s+)?(?:\/\S*\/)?(?:ba|z|da|k|fi)?sh(?![\w-])|\|\s*(?:python|node|perl|ruby)/,
    "runs what it reads",
  ],
  [
    /(?<![\w.-])(?:eval|exec|source|xargs)(?![\w-])|(?<![\w.-])base64\s[\s\S]*-(?:d|D|-decode)/,
    "runs what it makes up",
  ],
  [/(?<![\w.-])(?:drop\s+(?:table|database|schema)|truncate\s+table|delete\s+from)\b/i, "removes data"],
  [/(?<![\w.-])(?:docker|podman)\b[\s\S]*\b(?:rm|rmi|prune|kill|down)\b/, "removes containers"],
  [
    /(?<![\w.-])kubectl\b[\s\S]*\b(?:delete|drain|replace)\b|(?<![\w.-])terraform\b[\s\S]*\bdestroy\b/,
    "takes systems down",
  ],
  [/(?<![\w.-])(?:npm|yarn|pnpm|cargo|gem|twine)\b[\s\S]*\b(?:publish|unpublish|yank|upload)\b/, "publishes"],
  [/:\s*\(\s*\)\s*\{/, "starts programs without end"],
];

/** What a command may destroy, in words; empty says nothing about what it does. */
export function destructiveActs(command: string): string[] {
  // Quotes and backslashes inside a word hide it from a pattern, not from the shell.
  const plain = command.replace(/\\\n/g, " ").replace(/["'\\]/g, "");
  const found = DESTRUCTIVE.filter(([pattern]) => pattern.test(command) || pattern.test(plain));
  return [...new Set(found.map(([, what]) => what))];
}
