import { createHash } from "node:crypto";
import { escapeHtml } from "../html/escape.js";

/** One of our HTML files, which load nothing; `style` and `body` are safe already. */
export interface HtmlFile {
  readonly lang: string;
  readonly title: string;
  readonly style: string;
  /** What the policy allows beside its style: the directives of scripts, pictures and the like. */
  readonly allowed: readonly string[];
  readonly body: string;
}

/** The frame of every file that we write: its policy forbids whatever does not stand in it. */
export function htmlFile({ lang, title, style, allowed, body }: HtmlFile): string {
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(allowed)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="claude-notebook">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** The directive that lets this one script run, by its hash. */
export function onlyScript(script: string): string {
  return `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

function contentPolicy(allowed: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ...allowed,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
