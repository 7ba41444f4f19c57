/** One thing that a command may do: patterns that follow each other in its text, and how it reads. */
type Act = readonly [patterns: readonly RegExp[], what: string];

const FIND = /(?<![\w.-])find\b/;
const GIT = /(?<![\w.-])git\b/;

/** What discards work: the word after `git`, and what has to follow it. */
const GIT_ACTS: readonly Act[] = [
  [/\breset\b/, /--hard/],
  [/\bclean\b/, /-\w*[fdx]/],
  [/\bcheckout\b/, /--|-f|\./],
  [/\brestore\b/],
  [/\bbranch\b/, /-D/],
  [/\bstash\b/, /drop|clear/],
  [/\brebase\b/],
  [/\bfilter-branch\b/],
  [/\breflog\b/, /expire/],
  [/\bgc\b/, /--prune/],
].map((words) => [[GIT, ...words], "discards work in git"]);

/**
 * What a shell command may destroy. First come, all that match are told. No match says nothing. What has a part here that
 * follows another anywhere is a list, not one pattern: those would look at a long command once for each pair of places.
 */
const DESTRUCTIVE: readonly Act[] = [
  [[/(?<![\w.-])(?:rm|unlink|shred|srm|rmdir)(?![\w-])/], "removes files"],
  [[/(?<![\w.-])(?:del|erase|rd|Remove-Item)\s/i], "removes files"],
  [[FIND, /\s-delete/], "removes what it finds"],
  [[FIND, /\s-exec(?:dir)?\b/, /\brm\b/], "removes what it finds"],
  [[/(?<![\w.-])(?:dd|mkfs(?:\.\w+)?|fdisk|parted|wipefs|format)\s/], "writes to a disk"],
  [[/(?<![\w.-])truncate\s/], "empties files"],
  [[/(?<![<>&0-9-])>(?![>&(])|&>|\d>(?!&)/], "may overwrite files"],
  [[/(?<![\w.-])(?:mv|cp|install|rsync)\s/], "may overwrite files"],
  [[/(?<![\w.-])(?:sed|perl|ruby)\s/, /-\w*i/], "changes files in place"],
  ...GIT_ACTS,
  [[GIT, /\bpush\b/, /--force|-\w*f|--delete|--mirror|\s\+|\s:/], "rewrites what others see"],
  [[/(?<![\w.-])(?:chmod|chown|chgrp|chattr|setfacl)\s/], "changes who may use files"],
  [
    [/(?<![\w.-])(?:kill|pkill|killall|shutdown|reboot|halt|poweroff|systemctl|launchctl)(?![\w-])/],
    "stops programs",
  ],
  [[/(?<![\w.-])(?:sudo|doas|su|pkexec)(?![\w-])/], "runs with more rights"],
  [
    [/\|\s*(?:sudo\s+)?(?:\/[^\s|]*\/)?(?:ba|z|da|k|fi)?sh(?![\w-])|\|\s*(?:python|node|perl|ruby)/],
    "runs what it reads",
  ],
  [[/(?<![\w.-])(?:eval|exec|source|xargs)(?![\w-])/], "runs what it makes up"],
  [[/(?<![\w.-])base64\s/, /-(?:d|D|-decode)/], "runs what it makes up"],
  [[/(?<![\w.-])(?:drop\s+(?:table|database|schema)|truncate\s+table|delete\s+from)\b/i], "removes data"],
  [[/(?<![\w.-])(?:docker|podman)\b/, /\b(?:rm|rmi|prune|kill|down)\b/], "removes containers"],
  [[/(?<![\w.-])kubectl\b/, /\b(?:delete|drain|replace)\b/], "takes systems down"],
  [[/(?<![\w.-])terraform\b/, /\bdestroy\b/], "takes systems down"],
  [[/(?<![\w.-])(?:npm|yarn|pnpm|cargo|gem|twine)\b/, /\b(?:publish|unpublish|yank|upload)\b/], "publishes"],
  [[/:\s*\(\s*\)\s*\{/], "starts programs without end"],
];

/** What a command may destroy, in words; empty says nothing about what it does. */
export function destructiveActs(command: string): string[] {
  // Quotes and backslashes inside a word hide it from a pattern, not from the shell.
  const plain = command.replace(/\\\n/g, " ").replace(/["'\\]/g, "");
  const found = DESTRUCTIVE.filter(
    ([patterns]) => followEachOther(command, patterns) || followEachOther(plain, patterns),
  );
  return [...new Set(found.map(([, what]) => what))];
}

/** Whether each pattern has a match behind that of the one before it. */
function followEachOther(text: string, patterns: readonly RegExp[]): boolean {
  let rest = text;
  return patterns.every((pattern) => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found.index + found[0].length);
    return found !== null;
  });
}
