import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { type Approvals, createApprovals } from "../../../kernel/live/approvals.js";
import { createLiveResponses, type LiveResponses } from "../../../kernel/live/live-responses.js";
import type { Ask, KernelMessage } from "../../../renderers/live/live-protocol.js";
import type { PermissionUpdate } from "../../../src/index.js";
import { createFakeFrontEnd, createTestClock, type FakeFrontEnd, type TestClock } from "./fake-front-end.js";

let clock: TestClock;
let page: FakeFrontEnd;
let live: LiveResponses;
let approvals: Approvals;
beforeEach(() => {
  clock = createTestClock();
  page = createFakeFrontEnd();
  live = createLiveResponses(page.comms, clock);
  approvals = createApprovals(live, clock, 60_000);
  page.open();
  live.add({ id: "r", parts: [] });
});

const always: PermissionUpdate[] = [
  {
    type: "addRules",
    rules: [{ toolName: "Bash", ruleContent: "ls:*" }],
    behavior: "allow",
    destination: "localSettings",
  },
];

interface Asked {
  readonly ask: Ask;
  readonly hash: string;
  readonly result: Promise<{ result: { behavior: string; message?: string }; outcome: string }>;
  readonly withdrawn: AbortController;
  readonly interrupted: AbortController;
}

async function put(
  input: Record<string, unknown>,
  tool = "Bash",
  suggestions: PermissionUpdate[] = [],
  openElsewhere?: () => string,
): Promise<Asked> {
  const withdrawn = new AbortController();
  const interrupted = new AbortController();
  const context = { signal: withdrawn.signal, toolUseID: "t", requestId: "q", suggestions };
  const request = { tool, input, context, interrupted: interrupted.signal };
  const result = approvals.ask("r", request, openElsewhere);
  await clock.advance(100);
  const { ask } = page.messages
    .filter((m): m is Extract<KernelMessage, { op: "ask" }> => m.op === "ask")
    .at(-1)!;
  const hash = createHash("sha256").update(ask.inputJson).digest("hex");
  return { ask, hash, result, withdrawn, interrupted };
}

const outcomes = () => page.messages.filter((m) => m.op === "decided");

test("allow once gives Claude exactly the input that was shown, and no rule", async () => {
  const { ask, hash, result } = await put({ command: "ls -la" }, "Bash", always);
  page.say({ op: "answer", ask: ask.id, hash, decision: "allow" });
  expect((await result).result).toEqual({ behavior: "allow", updatedInput: { command: "ls -la" } });
});

test("always allow adds the CLI's own suggestion, verbatim", async () => {
  const { ask, hash, result } = await put({ command: "ls -la" }, "Bash", always);
  expect(ask.always).toEqual(always);
  page.say({ op: "answer", ask: ask.id, hash, decision: "always" });
  expect((await result).result).toEqual({
    behavior: "allow",
    updatedInput: { command: "ls -la" },
    updatedPermissions: always,
  });
});

test("always allow is refused where the suggestion does not cover the whole command", async () => {
  const { ask, hash, result } = await put({ command: "ls; rm x" }, "Bash", always);
  expect(ask.always).toBeUndefined();
  page.say({ op: "answer", ask: ask.id, hash, decision: "always" });
  expect((await result).result.behavior).toBe("deny");
});

test("a denial carries the reason to Claude", async () => {
  const { ask, hash, result } = await put({ command: "ls" });
  page.say({ op: "answer", ask: ask.id, hash, decision: "deny", reason: "use rg instead" });
  expect((await result).result).toEqual({
    behavior: "deny",
    message: expect.stringContaining("use rg instead"),
  });
});

test("an answer with the hash of another input denies", async () => {
  const { ask, result } = await put({ command: "ls" });
  const other = createHash("sha256").update('{"command":"ls -la"}').digest("hex");
  page.say({ op: "answer", ask: ask.id, hash: other, decision: "allow" });
  expect((await result).result).toMatchObject({
    behavior: "deny",
    message: expect.stringContaining("another input"),
  });
});

test("ids are random and long, and an id that was not asked allows nothing", async () => {
  const first = await put({ command: "ls" });
  const second = await put({ command: "ls" });
  expect(first.ask.id).toMatch(/^[0-9a-f]{32}$/);
  expect(second.ask.id).not.toBe(first.ask.id);
  page.say({ op: "answer", ask: "0".repeat(32), hash: first.hash, decision: "allow" });
  await clock.advance(100);
  expect(outcomes()).toEqual([{ op: "decided", ask: "0".repeat(32), outcome: "closed" }]);
  first.withdrawn.abort();
  expect((await first.result).result.behavior).toBe("deny");
});

test("of two tabs the first answer counts, and both are told the same", async () => {
  const { ask, hash, result } = await put({ command: "ls" });
  page.say({ op: "answer", ask: ask.id, hash, decision: "deny" });
  page.say({ op: "answer", ask: ask.id, hash, decision: "allow" });
  expect((await result).result.behavior).toBe("deny");
  await clock.advance(100);
  expect(outcomes().map((m) => m.op === "decided" && m.outcome)).toEqual(["deny", "deny"]);
});

test("several questions wait at once, each for its own answer", async () => {
  const first = await put({ command: "ls 1" });
  const second = await put({ command: "ls 2" });
  page.say({ op: "answer", ask: second.ask.id, hash: second.hash, decision: "allow" });
  page.say({ op: "answer", ask: first.ask.id, hash: first.hash, decision: "deny" });
  expect((await first.result).outcome).toBe("deny");
  expect((await second.result).outcome).toBe("allow");
});

test("time, a closed comm, an interrupt and a withdrawal deny", async () => {
  const late = await put({ command: "ls" });
  await clock.advance(60_000);
  expect(await late.result).toMatchObject({ outcome: "timeout", result: { behavior: "deny" } });
  const stopped = await put({ command: "ls" });
  stopped.interrupted.abort();
  expect(await stopped.result).toMatchObject({ outcome: "interrupted", result: { behavior: "deny" } });
  const withdrawn = await put({ command: "ls" });
  withdrawn.withdrawn.abort();
  expect(await withdrawn.result).toMatchObject({ outcome: "interrupted", result: { behavior: "deny" } });
  const closed = await put({ command: "ls" });
  page.close();
  expect(await closed.result).toMatchObject({ outcome: "closed", result: { behavior: "deny" } });
  page.say({ op: "answer", ask: closed.ask.id, hash: closed.hash, decision: "allow" });
  expect((await closed.result).result.behavior).toBe("deny");
});

test("a page that is loaded again is asked what is still open, and nothing else", async () => {
  const open = await put({ command: "ls" });
  const settled = await put({ command: "pwd" });
  page.say({ op: "answer", ask: settled.ask.id, hash: settled.hash, decision: "deny" });
  const before = page.messages.length;
  page.say({ op: "sync", id: "r", have: -1 });
  await clock.advance(100);
  const again = page.messages.slice(before).filter((m) => m.op === "ask");
  // It does not wait longer because it was asked again.
  const left = again[0]!.ask.timeoutMs;
  expect(left).toBeLessThan(open.ask.timeoutMs);
  expect(again).toEqual([{ op: "ask", ask: { ...open.ask, timeoutMs: left } }]);
  open.withdrawn.abort();
});

test("a question that no page says it shows is shown in another place too; one that is seen is not", async () => {
  const other = live.add({ id: "other", parts: [] });
  const opened: string[] = [];
  const openElsewhere = (): string => {
    opened.push(other.source.id);
    return other.source.id;
  };
  const unseen = await put({ command: "ls" }, "Bash", [], openElsewhere);
  await clock.advance(10_000);
  expect(opened).toEqual(["other"]);
  const places = () =>
    page.messages.flatMap((m) => (m.op === "ask" && m.ask.id === unseen.ask.id ? [m.ask.response] : []));
  expect(places()).toEqual(["r", "other"]);
  // A page that comes back to either of them is asked there.
  for (const id of ["r", "other"]) page.say({ op: "sync", id, have: -1 });
  await clock.advance(100);
  expect(places()).toEqual(["r", "other", "r", "other"]);
  page.say({ op: "answer", ask: unseen.ask.id, hash: unseen.hash, decision: "allow" });
  expect((await unseen.result).outcome).toBe("allow");

  const seen = await put({ command: "pwd" }, "Bash", [], openElsewhere);
  page.say({ op: "seen", ask: seen.ask.id });
  await clock.advance(10_000);
  expect(opened).toEqual(["other"]);
  seen.withdrawn.abort();
});

const questions = [{ question: "Which colour?", options: [{ label: "Red" }, { label: "Blue" }] }];

test("questions are answered with what was asked, all of it and nothing more", async () => {
  const good = await put({ questions }, "AskUserQuestion");
  page.say({
    op: "answer",
    ask: good.ask.id,
    hash: good.hash,
    decision: "allow",
    answers: { "Which colour?": "Red" },
  });
  expect((await good.result).result).toEqual({
    behavior: "allow",
    updatedInput: { questions, answers: { "Which colour?": "Red" } },
  });
  const odd = [{ question: "constructor", options: [] }];
  const inherited = await put({ questions: odd }, "AskUserQuestion");
  page.say({ op: "answer", ask: inherited.ask.id, hash: inherited.hash, decision: "allow", answers: {} });
  expect((await inherited.result).result.behavior).toBe("deny");
  for (const answers of [undefined, {}, { "Which colour?": " " }, { "Which colour?": "Red", other: "x" }]) {
    const bad = await put({ questions }, "AskUserQuestion");
    page.say({ op: "answer", ask: bad.ask.id, hash: bad.hash, decision: "allow", answers });
    expect((await bad.result).result.behavior).toBe("deny");
  }
});
