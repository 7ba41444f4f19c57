import { RESPONSE_STYLE } from "../../renderers/index.js";
import { fixtureHtml, fixtureNames } from "./fixtures.js";

const STYLE = `
body{margin:0;font:14px/1.55 system-ui,sans-serif}
.themes{display:grid;grid-template-columns:repeat(2,minmax(0,1fr))}
.theme{padding:16px 24px;min-width:0}
.light{color-scheme:light;background:#fff;color:#1f2328}
.dark{color-scheme:dark;background:#111418;color:#e6e9ed}
h2{font-size:15px;margin:24px 0 8px;font-weight:600}
`;

/** A page with all fixtures, light beside dark. It loads nothing and runs nothing. */
export function galleryPage(names: readonly string[] = fixtureNames()): string {
  // Open, so that the page shows what readers unfold.
  const opened = (html: string): string =>
    html.replaceAll('<details class="cn-panel', '<details open class="cn-panel');
  const sections = names
    .map((name) => `<h2>${name}</h2>\n<div class="cn">${opened(fixtureHtml(name))}</div>`)
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>claude-notebook: every panel in every state</title>
<style>${RESPONSE_STYLE}${STYLE}</style>
</head>
<body>
<div class="themes">
<div class="theme light">${sections}</div>
<div class="theme dark">${sections}</div>
</div>
</body>
</html>
`;
}
