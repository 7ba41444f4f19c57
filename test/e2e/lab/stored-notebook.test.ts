import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { type Part, renderParts } from "../../../renderers/index.js";
import { partsWith } from "../../renderers/security/places.js";
import { ALL_VECTORS } from "../../renderers/security/vectors.js";
import { ensurePythonEnv } from "../../support/python-env.js";
import { type LabNotebook, MIME, notebookText } from "./lab-notebook.js";
import { labAndBrowser } from "./lab-session.js";

const session = labAndBrowser();

const display = (data: object): object => ({ output_type: "display_data", data, metadata: {} });

/** Notes scripts that run. */
const watchScripts = `
  window.__ran = 0;
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { window.__ran++; };
`;

/** Writes a notebook whose kernel is not there, and opens it. */
async function open(
  name: string,
  outputs: readonly object[],
  options: { theme?: string } = {},
): Promise<LabNotebook & { requests: string[] }> {
  const { lab, browser } = session;
  writeFileSync(join(lab.folder, name), notebookText(["0"], [outputs], "none"));
  const requests: string[] = [];
  const notebook = await lab.openTab(browser, name, { kernel: false, initScript: watchScripts, ...options });
  notebook.page.on("request", (request) => {
    if (!request.url().startsWith(lab.origin) && !/^(data|blob):/.test(request.url()))
      requests.push(request.url());
  });
  return { ...notebook, requests };
}

const answer: Part[] = [
  { id: "1", type: "text", state: "done", text: "# Stored\n\nWith `code` and **more**." },
  {
    id: "2",
    type: "tool",
    state: "done",
    name: "Bash",
    input: { command: "ls" },
    result: { content: "a.txt", isError: false },
    children: [],
  },
];
const stored = renderParts(answer, { includeStyle: true, response: "stored" });

describe.each([
  ["untrusted", "JupyterLab Light"],
  ["untrusted", "JupyterLab Dark"],
  ["trusted", "JupyterLab Light"],
  ["trusted", "JupyterLab Dark"],
])("a saved answer in a notebook that is %s, in %s", (trust, theme) => {
  test("is drawn by the extension, whole, without a kernel", async () => {
    const name = `${trust}-${theme.replace(/ /g, "-")}.ipynb`;
    if (trust === "trusted") {
      const { lab } = session;
      writeFileSync(join(lab.folder, name), notebookText(["0"], [[display(stored)]], "none"));
      const python = await ensurePythonEnv();
      await execa(python.bin("jupyter"), ["trust", join(lab.folder, name)], { env: lab.env });
    }
    const notebook = await open(name, [display(stored)], { theme });
    const { page } = notebook;
    await page.waitForSelector(".cn-live h1");
    await notebook.shows(0, /Stored[\s\S]*With code and more\.[\s\S]*Bash/);
    expect(await page.locator(".cn-live details.cn-panel").count()).toBe(1);
    const [ink, paper] = await page.evaluate(() => {
      const heading = getComputedStyle(document.querySelector(".cn-live h1")!).color;
      return [heading, getComputedStyle(document.querySelector(".jp-Notebook")!).backgroundColor];
    });
    const lightness = (color: string): number => Number(/\d+/.exec(color)![0]);
    expect(lightness(paper) > 128).toBe(theme.endsWith("Light"));
    expect(Math.abs(lightness(ink) - lightness(paper))).toBeGreaterThan(120);
    expect(await page.locator(".cn-run-bar:visible, .cn-allow").count()).toBe(0);
    await page.close();
  });
});

test("a save in the middle, opened without its kernel, shows what there was and says that it is not all", async () => {
  const parts: Part[] = [{ id: "1", type: "text", state: "streaming", text: "Half an ans" }];
  const bundle = renderParts(parts, { includeStyle: true, response: "half" });
  const notebook = await open("half.ipynb", [
    display({ ...bundle, [MIME]: { ...(bundle[MIME] as object), live: true } }),
  ]);
  await notebook.page.waitForSelector("text=Half an ans");
  await notebook.shows(0, "still being written when the notebook was saved");
  expect(await notebook.page.locator(".cn-run-bar:visible").count()).toBe(0);
  await notebook.page.close();
});

test("a bundle of a version that the extension does not know is shown as HTML, and it says so", async () => {
  const notebook = await open("newer.ipynb", [
    display({
      [MIME]: { version: 2, nodes: [] },
      "text/html": "<p>from the <b>future</b></p>",
      "text/plain": "x",
    }),
  ]);
  await notebook.page.waitForSelector("text=from the future");
  await notebook.shows(0, "another version of claude-notebook");
  await notebook.page.close();
});

test("forged bundles run nothing, load nothing and draw no button that acts", async () => {
  const ask = {
    id: "a",
    response: "r",
    tool: "Bash",
    inputJson: '{"command":"touch owned"}',
    timeoutMs: 1e9,
  };
  const forged: unknown[] = [
    { version: 1, response: "r", parts: [], live: true, asks: [ask], ask, messages: [{ op: "ask", ask }] },
    {
      version: 1,
      response: "r",
      live: true,
      parts: [{ ...answer[1], state: "running", ask, approval: ask }],
    },
    {
      version: 1,
      response: "<img src=x onerror=alert(1)>",
      parts: [
        {
          id: "<script>alert(1)</script>",
          type: "text",
          state: "done",
          text: "<img src=x onerror=alert(1)>",
        },
      ],
    },
    { version: 1, response: 7, parts: "no" },
    { version: "<script>alert(1)</script>" },
    null,
    [[[[]]]],
    "text",
  ];
  const outputs = forged.map((data) =>
    display({ [MIME]: data, "text/html": "<img src=x onerror=alert(1)><p>fallback</p>", "text/plain": "p" }),
  );
  const notebook = await open("forged.ipynb", outputs);
  await notebook.page.waitForSelector(".cn-response");
  await notebook.page.waitForTimeout(1500);
  expect(await notebook.page.evaluate("window.__ran")).toBe(0);
  expect(await notebook.page.locator(".cn-allow, .cn-always, .cn-deny, .cn-run-bar:visible").count()).toBe(0);
  expect(
    await notebook.page.locator(".cn-response script, .cn-response [onerror], .cn-response iframe").count(),
  ).toBe(0);
  expect(notebook.requests).toEqual([]);
  await notebook.page.close();
});

test("hostile text in every place of a part runs nothing and loads nothing", async () => {
  const outputs = ALL_VECTORS.slice(0, 40).map((text) =>
    display(renderParts(partsWith(text), { includeStyle: false, response: text })),
  );
  const notebook = await open("vectors.ipynb", outputs);
  await notebook.page.waitForFunction(
    (count) => document.querySelectorAll(".cn-response .cn-parts").length >= count,
    outputs.length,
  );
  await notebook.page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
  await notebook.page.waitForTimeout(1000);
  expect(await notebook.page.evaluate("window.__ran")).toBe(0);
  const found = await notebook.page.evaluate(() => {
    const bad: string[] = [];
    for (const element of document.querySelectorAll(".cn-response *")) {
      if (/^(script|iframe|object|embed|form|link|meta|base|svg|style)$/i.test(element.tagName))
        bad.push(element.tagName);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || /^\s*(javascript|vbscript|file|blob):/i.test(value))
          bad.push(`${name}=${value}`);
      }
    }
    return bad;
  });
  expect(found).toEqual([]);
  expect(notebook.requests).toEqual([]);
  await notebook.page.close();
});
