import { escapeHtml } from "../html/escape.js";
import { RESPONSE_STYLE } from "../style/response-style.js";
import { contentsHtml, type Heading } from "./contents.js";
import { htmlFile, onlyScript } from "./html-file.js";
import { leanHtml } from "./lean-html.js";
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
  /** Whether scripts in `main` run. They cannot load anything either. @defaultValue false */
  readonly runsScripts?: boolean | undefined;
  /** A file that readers can save from the page. @defaultValue none */
  readonly source?: EmbeddedFile | undefined;
}

/** A file inside a page. */
export interface EmbeddedFile {
  /** What it is saved as. */
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** A page as one HTML file: it loads nothing, works without script and prints well. */
export function pageHtml(content: PageContent): string {
  const { lang = "en", title, heading, headings, main, runsScripts = false, source } = content;
  return htmlFile({
    lang,
    title,
    style: `${RESPONSE_STYLE}\n${PAGE_STYLE}`,
    allowed: ["img-src data:", ...allowedScripts(runsScripts)],
    body: `<a class="skip" href="#main">Skip to the content</a>
<div class="page">
<header>${heading}</header>
${contentsHtml(headings)}
<main id="main">
${runsScripts ? main : leanHtml(main)}
</main>${source ? `\n${sourceHtml(source)}` : ""}
</div>
<script>${PAGE_SCRIPT}</script>`,
  });
}

/** In an address, so that it can be saved without script and without a network. */
function sourceHtml({ name, mediaType, text }: EmbeddedFile): string {
  const data = Buffer.from(text, "utf8");
  const size = `${Math.ceil(data.length / 1000).toLocaleString("en-US")} kB`;
  const address = `data:${mediaType};base64,${data.toString("base64")}`;
  return `<footer><a id="source" download="${escapeHtml(name)}" href="${escapeHtml(address)}">Save ${escapeHtml(name)} (${size})</a></footer>`;
}

/**
 * Our one script by its hash. A page that runs the scripts of outputs must allow all that stand in it; what they need must stand in
 * the page as well. Calls between browsers (WebRTC) are no load, so they are forbidden by a directive of their own.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-webrtc
 */
function allowedScripts(runsScripts: boolean): readonly string[] {
  return runsScripts
    ? ["script-src 'unsafe-inline' 'unsafe-eval'", "font-src data:", "media-src data:", "webrtc 'block'"]
    : [onlyScript(PAGE_SCRIPT)];
}
