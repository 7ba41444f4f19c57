import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { html, image, md, svg } from "../../../kernel/display/deno.js";
import { formatValue } from "../../../kernel/display/format.js";
import { tempFolder } from "../../support/temp-folder.js";

const gif = Buffer.from("GIF89a\x01\0\x01\0", "latin1");

test.each([
  ["html", html`<b>${40 + 2}</b>`, { "text/html": "<b>42</b>", "text/plain": "<b>42</b>" }],
  ["md", md`**${"x"}** \n`, { "text/markdown": "**x** \n", "text/plain": "**x** \n" }],
  ["svg", svg`<svg/>`, { "image/svg+xml": "<svg/>", "text/plain": "<svg/>" }],
  ["html in html", html`<i>${html`<b>1</b>`}</i>`, { "text/html": "<i><b>1</b></i>" }],
])("the tag %s shows its template", async (_name, value, expected) => {
  expect(await formatValue(value)).toMatchObject(expected);
});

test("image shows the bytes of a picture, or a file", async () => {
  const path = join(tempFolder(), "dot.gif");
  writeFileSync(path, gif);
  const expected = { "image/gif": gif.toString("base64"), "text/plain": "[image/gif]" };
  expect(await formatValue(image(gif))).toEqual(expected);
  expect(await formatValue(image(path))).toEqual(expected);
});

test("image says what is no picture, and which file is missing", () => {
  expect(() => image(Buffer.from("text"))).toThrow(
    "These bytes are no PNG, JPEG, GIF, WebP or AVIF picture.",
  );
  expect(() => image("/no/such.png")).toThrow(/ENOENT.*no\/such\.png/);
});
