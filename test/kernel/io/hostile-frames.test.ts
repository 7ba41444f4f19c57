import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

/** Mulberry32: the same numbers for the same seed, so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const FRAMES = 1_000;
const header = (type: unknown) => ({
  msg_id: "hostile",
  session: "s",
  username: "u",
  date: "",
  msg_type: type,
});
const oddParts: readonly string[] = [
  "",
  "{",
  "null",
  "[]",
  "7",
  '"text"',
  "{}",
  "\0\0",
  JSON.stringify(header("execute_request")),
  JSON.stringify(header("no_such_request")),
  JSON.stringify(header(7)),
  JSON.stringify(header("__proto__")),
  JSON.stringify(header("constructor")),
  JSON.stringify({ ...header("complete_request"), msg_id: { toString: 1 } }),
  '{"__proto__":{"polluted":true},"code":{}}',
  '{"code":"globalThis.hacked = 1","cursor_pos":-1e309}',
  `{"deep":${"[".repeat(5000)}${"]".repeat(5000)}}`,
];

/** Frames that are nearly a message: parts missing, odd or random bytes; a wrong signature, or a right one over rubbish. */
function hostileFrames(random: (below: number) => number, key: string): (string | Buffer)[] {
  const part = (): string | Buffer =>
    random(5) === 0
      ? Buffer.from(Array.from({ length: random(200) }, () => random(256)))
      : (oddParts[random(oddParts.length)] as string);
  const parts = Array.from({ length: random(8) }, part);
  const hmac = createHmac("sha256", key);
  for (const each of parts.slice(0, 4)) hmac.update(each);
  // A right signature over the two requests that a kernel would obey is no hostile message but a normal one.
  const isSigned = random(2) === 0 && !parts.some((each) => String(each).includes("hacked"));
  const signature = isSigned ? hmac.digest("hex") : (["", "00", part()][random(3)] as string);
  const delimiter = random(10) === 0 ? "<IDS|MSG" : "<IDS|MSG>";
  return [...Array.from({ length: random(3) }, part), delimiter, signature, ...parts];
}

test.each([1, 2, 3])(
  "1,000 malformed messages (seed %i) are dropped, and a normal cell runs",
  async (seed) => {
    const random = createRandom(seed);
    for (let i = 0; i < FRAMES; i++) {
      await kernel.sendRaw(hostileFrames(random, kernel.key), random(2) === 0 ? "shell" : "control");
    }
    expect(
      (await kernel.execute("[typeof (globalThis as any).hacked, typeof ({} as any).polluted]")).result,
    ).toBe("[ 'undefined', 'undefined' ]");
    await kernel.heartbeat();
  },
);

test("a message of 100 MB is refused with an error and a log line; the kernel lives and its memory stays bounded", async () => {
  const { reply } = await kernel.execute(`const text = "${"x".repeat(100_000_000)}"`);
  expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
  expect(reply.evalue).toMatch(/execute_request: its content of 1000\d+ bytes is more than 67108864/);
  expect(kernel.log()).toMatch(/Refused a message of the type execute_request/);
  const memory = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${kernel.process.pid}/status`, "utf8"))?.[1];
  expect(Number(memory) / 1024).toBeLessThan(1000);
  expect((await kernel.execute("'still here'")).result).toBe("'still here'");
});

test("a pattern that would keep a regular expression busy for years is answered", async () => {
  await kernel.execute(`"${"a".repeat(300)}"`);
  const pattern = `${"*a".repeat(100)}*b`;
  const { reply } = await kernel.request("history_request", { hist_access_type: "search", pattern });
  expect(reply).toEqual({ status: "ok", history: [] });
});
