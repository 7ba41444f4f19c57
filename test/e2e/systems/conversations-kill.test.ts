import { spawn } from "node:child_process";
import { readdirSync, readFileSync, truncateSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { ConversationManager } from "../../../kernel/systems/conversations.js";
import type { QueryOptions } from "../../../src/index.js";
import { initMessage, resultMessage } from "../../../src/testing/index.js";
import { fakeClaude, type Step } from "../../src/fake-claude.js";
import { tempFolder } from "../../support/temp-folder.js";

const KILLS = process.env.SOAK ? 100 : 10;
/** Writers that run at once. */
const AT_ONCE = 4;
const script = join(import.meta.dirname, "fixtures", "write-conversation.mjs");

/** Numbers from 0 to 1 that are the same for the same seed. @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Has a conversation in a process of its own. */
function startWriter(folder: string, options: QueryOptions) {
  return spawn(process.execPath, [script, folder, JSON.stringify(options)], {
    cwd: resolve(import.meta.dirname, "../../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Has a conversation written and its writer killed after a time of the seed. */
async function writeAndKill(folder: string, seed: number): Promise<{ id: string; shown: number }> {
  const random = createRandom(seed);
  // Small lines and ones that are written in many pieces.
  const sizes = Array.from({ length: 400 }, () => Math.ceil(random() ** 4 * 2_000_000));
  const steps: Step[] = [
    ["say", initMessage()],
    ...sizes.map((size) => ["big", size] as const),
    ["say", resultMessage()],
  ];
  const options = fakeClaude(steps);
  const child = startWriter(folder, options);
  let said = "";
  const delayMs = random() * 250;
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), delayMs));
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const signal = await new Promise((done) => child.once("close", (_code, how) => done(how)));
  expect(signal).toBe("SIGKILL");
  const [id = "", shown = "0"] = said.trim().split("\n").at(-1)!.split(" ");
  return { id, shown: Number(shown) };
}

/** Cuts a file off inside its last line, as a write that the kernel has done half of leaves it. */
function tearLastLine(path: string, random: () => number): void {
  const bytes = readFileSync(path);
  const start = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  truncateSync(path, start + 1 + Math.floor(random() * (bytes.length - start - 2)));
}

test(`every conversation opens after its writer was killed, ${KILLS} times, and holds all that a reader was shown`, {
  timeout: 30_000 + KILLS * 10_000,
}, async () => {
  const folder = tempFolder();
  const manager = new ConversationManager({ folder });
  const written: { id: string; shown: number }[] = [];
  let torn = 0;
  let unseen = 0;
  const random = createRandom(KILLS);
  // Several at once: they write into one folder.
  for (let seed = 1; seed <= KILLS; seed += AT_ONCE) {
    const seeds = Array.from({ length: Math.min(AT_ONCE, KILLS - seed + 1) }, (_, i) => seed + i);
    written.push(...(await Promise.all(seeds.map((each) => writeAndKill(folder, each)))));
  }
  const list = await manager.list();
  expect(list.problems).toEqual([]);
  expect(list.map(({ sessionId }) => sessionId).sort()).toEqual(written.map(({ id }) => id).sort());
  for (const { id, shown } of written) {
    const { turns, damagedLines } = await manager.get(id);
    // It may hold one more: what was written and not yet shown.
    const kept = turns[0]!.messages.length;
    expect(kept - shown, `of ${id}`).toBeGreaterThanOrEqual(0);
    expect(kept - shown, `of ${id}`).toBeLessThanOrEqual(1);
    expect(turns[0]!.outcome).toBe("unfinished");
    // A tag and a message may have been under way at once.
    expect(damagedLines).toBeLessThanOrEqual(2);
    torn += damagedLines;
    unseen += kept - shown;
    // A signal comes between two writes as a rule; a machine that loses its power does not choose.
    tearLastLine(join(folder, `${id}.jsonl`), random);
    const cut = await manager.get(id);
    expect(kept - cut.turns[0]!.messages.length, `of ${id}, cut off`).toBeLessThanOrEqual(1);
    expect(cut.damagedLines, `of ${id}, cut off`).toBeLessThanOrEqual(damagedLines + 1);
    await manager.rename(id, "After the kill");
    const renamed = await manager.get(id);
    expect(renamed.title).toBe("After the kill");
    expect(renamed.messages).toEqual(cut.messages);
  }
  // The lock that the last writer has left behind is waited out.
  const answer = fakeClaude([
    ["say", initMessage()],
    ["say", resultMessage({ result: "Goes on." })],
  ]);
  const { result } = await manager.continueConversation(written.at(-1)!.id, "Go on.", answer);
  expect(result.result).toBe("Goes on.");
  const counts = `${torn} lines were cut off by them, ${unseen} were written and not yet shown`;
  console.log(`${KILLS} kills: ${counts}; each file was then cut off inside its last line`);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a conversation that another process writes is busy for turns; tags and titles can be changed meanwhile", async () => {
  const folder = tempFolder();
  const options = fakeClaude([
    ["say", initMessage()],
    ["wait", 60_000],
  ]);
  const child = startWriter(folder, options);
  const [id = ""] = await new Promise<string[]>((said) =>
    child.stdout.once("data", (chunk: Buffer) => said(chunk.toString().split(" "))),
  );
  const manager = new ConversationManager({ folder, lockWaitMs: 200, options });
  await expect(manager.continueConversation(id, "Go on.")).rejects.toMatchObject({
    code: "conversation_busy",
  });
  await manager.rename(id, "Meanwhile");
  expect(await manager.get(id)).toMatchObject({ title: "Meanwhile", turnCount: 1, damagedLines: 0 });
  const closed = new Promise((done) => child.once("close", done));
  child.kill("SIGKILL");
  await closed;
});
