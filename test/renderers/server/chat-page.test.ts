import { expect, test } from "vitest";
import { chatPage } from "../../../renderers/server/chat-page.js";

const { html, files } = chatPage("export {};");

test("the page loads its script and its style from the server, and has none of its own", () => {
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
  expect(loaded).toEqual(["data:,", "/chat.css", "/chat.js"]);
  expect(html).not.toMatch(/<script[^>]*>[^<]|<style|\son\w+=/);
  expect(Object.keys(files)).toEqual(["/chat.js", "/chat.css"]);
});

test("every control has a name", () => {
  for (const [control] of html.matchAll(/<(?:input|textarea)[^>]*>/g))
    expect(control).toContain("aria-label=");
  expect(html).toContain('<html lang="en">');
});

test("the style has what panels need, in light and dark", () => {
  expect(files["/chat.css"]!.body).toContain(".cn-panel");
  expect(files["/chat.css"]!.body).toContain("color-scheme:light dark");
});
