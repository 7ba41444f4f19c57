import { createHash } from "node:crypto";
import { escapeHtml } from "../html/escape.js";
import { RESPONSE_STYLE } from "../style/response-style.js";
import { contentsHtml, type Heading } from "./contents.js";
import { PAGE_SCRIPT } from "./page-script.js";
import { PAGE_STYLE } from "./page-style.js";

/** What a page of ours shows; `heading` and `main` are HTML that is safe already. */
export interface PageContent {
  /** @defaultValue "en" */
  readonly lang?: string | undefined;
  readonly title: string;
  /** The title as it is shown; "" when the page begins with it anyway. */
  readonly heading: string;
  /** What the contents list. */
  readonly headings: readonly Heading[];
  readonly main: string;
}

/** A page as one HTML file: it loads nothing, works without script and prints well. */
export function pageHtml({ lang = "en", title, heading, headings, main }: PageContent): string {
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="claude-notebook">
<title>${escapeHtml(title)}</title>
<style>${RESPONSE_STYLE}
${PAGE_STYLE}</style>
</head>
<body>
<div class="page">
<header>${heading}</header>
${contentsHtml(headings)}
<main>
${main}
</main>
</div>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** Nothing loads and nothing runs but what stands in the page: its style, `data:` images, and our one script by its hash. */
function contentPolicy(): string {
  const hash = createHash("sha256").update(PAGE_SCRIPT).digest("base64");
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    `script-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
