import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { execa } from "execa";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { connectClaude } from "../../../src/socket-client/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { eventually, lives } from "../../src/fake-claude.js";
import { launchChromium } from "../../support/chromium.js";
import { colourQuestion } from "../../support/colour-question.js";
import { ensurePythonEnv } from "../../support/python-env.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { tempFolder } from "../../support/temp-folder.js";
import { serve } from "./serve.js";

let claude: ScriptedClaude;
beforeAll(async () => {
  claude = await scriptedClaude(
    [
      { when: "Hello, Claude!", replies: [text("Hello from **the script**.")] },
      { when: "Count", replies: [text(Array.from({ length: 200 }, (_, i) => `word${i}`).join(" "))] },
      {
        when: "Make a file",
        replies: [toolUse("Bash", { command: "echo done > made.txt" }), text("Made it.")],
      },
      {
        when: "Sleep",
        replies: [toolUse("Bash", { command: "echo $$ > pid; exec sleep 60" }), text("Slept.")],
      },
      { when: "Read outside", replies: [toolUse("Read", { file_path: "/etc/hostname" }), text("Tried.")] },
      { when: "Read inside", replies: [toolUse("Read", { file_path: "notes.txt" }), text("Read.")] },
      {
        when: "Ask me",
        replies: [colourQuestion, text("Noted.")],
      },
    ],
    { delayMs: 5 },
  );
});
afterAll(() => claude?.api.close());

const sent = () => JSON.stringify(claude.api.requests.findLast(({ body }) => body?.messages)?.body?.messages);

describe("an independent client, Python's websockets", () => {
  test("gets the published example answered, comes back to a broken stream, and approves a tool", async () => {
    const python = await ensurePythonEnv();
    const { url, folder } = await serve(claude.env);
    const script = join(import.meta.dirname, "fixtures", "websocket_client.py");
    const address = `${url.replace("http", "ws")}/ws`;
    const run = await execa(python.bin("python"), [script, address], { reject: false, timeout: 120_000 });
    expect(run.stderr).toBe("");
    const said = JSON.parse(run.stdout) as Record<string, unknown>;
    expect(said.published).toEqual([
      "connection_established",
      "query_start",
      "system_message",
      "assistant_message",
      "result_message",
      "query_end",
    ]);
    expect(said.answer).toBe("Hello from **the script**.");
    expect(said.resumed_without_gap).toBe(true);
    expect(said.approved).toMatchObject({ tool_name: "Bash", input: { command: "echo done > made.txt" } });
    expect(said.denied_outcome).toBe("success");
    expect(existsSync(join(folder, "made.txt"))).toBe(true);
  });
});

describe("our client", () => {
  test("reads files inside the folders unasked, and none outside, whatever is approved", async () => {
    const { url, folder } = await serve(claude.env);
    writeFileSync(join(folder, "notes.txt"), "a note inside");
    const client = connectClaude({
      url,
      WebSocket: WebSocket as never,
      onPermission: () => ({ behavior: "allow" }),
    });
    for await (const _ of client.query("Read inside", { allowedTools: ["Read"] }));
    expect(sent()).toContain("a note inside");
    for await (const _ of client.query("Read outside", { allowedTools: ["Read"] }));
    expect(sent()).toContain("outside of the folders that this server allows");
    client.close();
  });

  test("has nothing approved by rules of the user's settings, unless the server is told to read these", async () => {
    const config = tempFolder();
    const rules = { permissions: { allow: ["Bash"], defaultMode: "bypassPermissions" } };
    writeFileSync(join(config, "settings.json"), JSON.stringify(rules));
    const env = { ...claude.env, CLAUDE_CONFIG_DIR: config };
    const made = async (args: readonly string[]): Promise<boolean> => {
      const { url, folder } = await serve(env, args);
      const project = { allowedTools: ["Bash"], hasTrustDialogAccepted: true };
      writeFileSync(join(config, ".claude.json"), JSON.stringify({ projects: { [folder]: project } }));
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ prompt: "Make a file" });
      const response = await fetch(`${url}/query`, { method: "POST", headers, body });
      expect(await response.json()).toMatchObject({ outcome: "success", result: "Made it." });
      return existsSync(join(folder, "made.txt"));
    };
    expect(await made([])).toBe(false);
    expect(await made(["--setting-source", "user"])).toBe(true);
  });

  test("cannot have a file read by naming it in a prompt", async () => {
    const { url, folder } = await serve(claude.env);
    const outside = tempFolder();
    writeFileSync(join(outside, "secret.txt"), "words that nobody may see");
    const client = connectClaude({ url, WebSocket: WebSocket as never });
    const way = relative(folder, join(outside, "secret.txt"));
    for (const mention of [
      `@${outside}/secret.txt`,
      `@"${outside}/secret.txt"`,
      `@${way}`,
      `@${outside}/secret.txt#L1`,
    ]) {
      for await (const _ of client.query(`Look at ${mention} please`));
    }
    const all = JSON.stringify(claude.api.requests.map(({ body }) => body));
    expect(all).toContain("Look at @");
    expect(all).not.toContain("words that nobody may see");
    client.close();
  });

  test("cannot reach the CLI's own commands by a prompt with a slash", async () => {
    const { url, folder } = await serve(claude.env);
    const client = connectClaude({ url, WebSocket: WebSocket as never });
    for (const command of ["config", "heapdump", "update-config", "init"]) {
      const results = [];
      for await (const message of client.query(`/${command}`))
        if (message.type === "result") results.push(message);
      expect(results).toMatchObject([
        { result: expect.stringMatching(/isn't available|Unknown command|script has no such/) },
      ]);
    }
    expect(readdirSync(folder)).toEqual([]);
    client.close();
  });

  test("that leaves mid-answer ends its CLI, and what that had started", async () => {
    const { url, folder } = await serve(claude.env, ["--allow-tool", "Bash"]);
    const client = connectClaude({ url, WebSocket: WebSocket as never });
    const reading = (async () => {
      for await (const _ of client.query("Sleep", { allowedTools: ["Bash"] }));
    })();
    reading.catch(() => {});
    const file = join(folder, "pid");
    await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
    const pid = Number(readFileSync(file, "utf8"));
    expect(lives(pid)).toBe(true);
    client.close();
    await expect(reading).rejects.toMatchObject({ code: "closed" });
    expect(await eventually(() => !lives(pid), 30_000)).toBe(true);
  });

  test("interrupts a turn, which ends what its tools had started, and goes on with the conversation", async () => {
    const { url, folder } = await serve(claude.env, ["--allow-tool", "Bash"]);
    const client = connectClaude({ url, WebSocket: WebSocket as never });
    const turn = client.query("Sleep", { allowedTools: ["Bash"] });
    const file = join(folder, "pid");
    const stopper = expect
      .poll(() => existsSync(file), { timeout: 60_000 })
      .toBe(true)
      .then(() => turn.interrupt());
    const said = [];
    for await (const message of turn) said.push(message.type);
    await stopper;
    // The turn came to its end, so that what it cost is known.
    expect(said.at(-1)).toBe("result");
    expect(await eventually(() => !lives(Number(readFileSync(file, "utf8"))), 30_000)).toBe(true);
    const messages = [];
    for await (const message of client.continue(turn.sessionId!, "Are you there?")) messages.push(message);
    expect(messages.find(({ type }) => type === "result")).toMatchObject({ is_error: false });
    client.close();
  });

  test("finds its conversations again after the server was restarted, and goes on with one", async () => {
    const conversations = join(claude.env.HOME!, "kept-conversations");
    const env = { ...claude.env, CLAUDE_NOTEBOOK_CONVERSATIONS: conversations };
    const first = await serve(env);
    const before = connectClaude({ url: first.url, WebSocket: WebSocket as never });
    const turn = before.query("Hello, Claude!");
    for await (const _ of turn);
    before.close();
    expect(await first.stop()).toBe(130);

    const second = await serve(env, ["--folder", first.folder]);
    const after = connectClaude({ url: second.url, WebSocket: WebSocket as never });
    expect(await after.conversations()).toMatchObject([
      { sessionId: turn.sessionId, title: "Hello, Claude!" },
    ]);
    const messages = [];
    for await (const message of after.continue(turn.sessionId!, "Hello again")) messages.push(message);
    expect(messages.find(({ type }) => type === "result")).toMatchObject({ is_error: false });
    after.close();
  });
});

describe("the page in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(url: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(url);
    return { page, errors };
  }
  const ask = async (page: Page, prompt: string): Promise<void> => {
    await page.locator("#send:enabled").waitFor();
    await page.getByLabel("Prompt").fill(prompt);
    await page.getByRole("button", { name: "Send" }).click();
  };

  test("chats with our panels, asks for approval, and shows the history", async () => {
    const { url, folder } = await serve(claude.env);
    const { page, errors } = await open(url);
    await ask(page, "Hello, Claude!");
    await page.locator(".cn-text strong", { hasText: "the script" }).waitFor();

    await page.getByRole("button", { name: "New conversation" }).click();
    await ask(page, "Make a file");
    const question = page.locator(".question");
    await question.locator(".highlight", { hasText: "echo done > made.txt" }).waitFor();
    expect(existsSync(join(folder, "made.txt"))).toBe(false);
    await question.getByRole("button", { name: "Allow", exact: true }).click();
    await page.locator(".cn-text", { hasText: "Made it." }).waitFor();
    expect(existsSync(join(folder, "made.txt"))).toBe(true);
    expect(await question.count()).toBe(0);

    await page.reload();
    await page.locator("#history button", { hasText: "Hello, Claude!" }).click();
    await page.locator(".cn-text strong", { hasText: "the script" }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  test("goes on where it was when its connection breaks in the middle of an answer", async () => {
    const { url } = await serve(claude.env);
    const page = await browser.newPage();
    let connections = 0;
    await page.routeWebSocket(/\/ws$/, (socket) => {
      const server = socket.connectToServer();
      connections++;
      let received = 0;
      server.onMessage((message) => {
        socket.send(message);
        if (connections > 1 || ++received < 15) return;
        // As when a train enters a tunnel: neither side says goodbye.
        void server.close({ code: 3001 });
        void socket.close({ code: 3001 });
      });
    });
    await page.goto(url);
    await ask(page, "Count");
    await page.locator(".cn-text", { hasText: "word199" }).waitFor();
    const said = await page.locator(".cn-text").allInnerTexts();
    expect(said.join(" ").match(/word\d+/g)).toEqual(Array.from({ length: 200 }, (_, i) => `word${i}`));
    expect(connections).toBe(2);
    await page.close();
  });

  test("denies a tool, and answers a question of Claude's", async () => {
    const { url, folder } = await serve(claude.env);
    const { page, errors } = await open(url);
    await ask(page, "Make a file");
    await page.getByRole("button", { name: "Deny" }).click();
    await page.locator(".cn-text", { hasText: "Made it." }).waitFor();
    expect(existsSync(join(folder, "made.txt"))).toBe(false);

    await page.getByRole("button", { name: "New conversation" }).click();
    await ask(page, "Ask me");
    await page.getByLabel("Blue").check();
    await page.getByRole("button", { name: "Answer" }).click();
    await page.locator(".cn-text", { hasText: "Noted." }).waitFor();
    expect(sent()).toContain("Blue");
    expect(errors).toEqual([]);
    await page.close();
  });

  test("takes the token from behind the #, or asks for it", async () => {
    const token = "a-token-that-is-long-enough";
    const { url } = await serve({ ...claude.env, CLAUDE_NOTEBOOK_TOKEN: token });
    const { page } = await open(`${url}/#token=${token}`);
    await ask(page, "Hello, Claude!");
    await page.locator(".cn-text strong", { hasText: "the script" }).waitFor();
    expect(page.url()).not.toContain("token");
    await page.close();

    const { page: other } = await open(url);
    await other.getByRole("textbox", { name: "Token" }).fill(token);
    await other.getByRole("button", { name: "Connect" }).click();
    await ask(other, "Hello, Claude!");
    await other.locator(".cn-text strong", { hasText: "the script" }).waitFor();
    await other.close();
  });

  test("of another origin cannot connect, nor read anything", async () => {
    const { url } = await serve(claude.env);
    const foreign = await serve(claude.env);
    const page = await browser.newPage();
    await page.goto(`${foreign.url}/health`);
    // As text: the test's own names mean nothing in the page.
    const outcome = await page.evaluate(`(async () => {
      const opened = await new Promise((resolve) => {
        const socket = new WebSocket("${url.replace("http", "ws")}/ws");
        socket.onopen = () => resolve("open");
        socket.onerror = () => resolve("refused");
      });
      const read = await fetch("${url}/health").then(() => "read", () => "refused");
      return { opened, read };
    })()`);
    expect(outcome).toEqual({ opened: "refused", read: "refused" });
    await page.close();
  });
});
