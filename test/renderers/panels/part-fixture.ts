import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { panelOf } from "../../../renderers/panels/table.js";
import type { Part, ToolPart } from "../../../renderers/response/parts.js";
import { parseHtml } from "../../support/html-page.js";

/** The parts of `fixtures/NAME.json`, by the name of their case. */
export function partFixture<P extends Part = ToolPart>(name: string): Readonly<Record<string, P>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", `${name}.json`), "utf8")) as Record<
    string,
    P
  >;
}

/** What a reader gets of a part, in each form. */
export interface DrawnPart {
  readonly html: string;
  /** The text of the HTML, tags removed. */
  readonly shown: string;
  readonly summary: string;
  readonly isOpen: boolean;
  readonly text: string;
  readonly markdown: string;
  readonly panel: string | undefined;
}

export function draw(part: Part | undefined): DrawnPart {
  if (!part) throw new Error("no such case in the fixture");
  const bundle = renderParts([part], { includeStyle: false, response: "r" });
  const html = bundle["text/html"] as string;
  return {
    html,
    shown: parseHtml(html).text,
    summary: parseHtml(/<summary[^>]*>([\s\S]*?)<\/summary>/.exec(html)?.[1] ?? "").text,
    isOpen: /^<div class="cn"><details[^>]* open>/.test(html),
    text: bundle["text/plain"] as string,
    markdown: bundle["text/markdown"] as string,
    panel: panelOf(part)?.name,
  };
}
