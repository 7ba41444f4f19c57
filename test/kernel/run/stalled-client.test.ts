import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Subscriber } from "zeromq";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

/** How much more memory a stalled client may cost: what waits for it in ZeroMQ and before it, and copies on their way. */
const MAX_GROWTH_MB = 600;

let kernel: KernelClient;
let stalled: Subscriber;
beforeEach(async () => {
  kernel = await startKernelClient();
  // Reads nothing at all; neither its process nor the system buffers more than a little for it.
  stalled = new Subscriber({ receiveHighWaterMark: 2, receiveBufferSize: 65_536, linger: 0 });
  stalled.connect(kernel.iopubAddress);
  stalled.subscribe("stream", "display_data", "status");
  await kernel.message((each) => each.type === "iopub_welcome" && each.content.subscription === "status");
});
afterEach(async () => {
  stalled.close();
  await kernel.close();
});

test("a client that takes nothing keeps the others waiting for one stall only, then they get everything", async () => {
  const { messages } = await kernel.execute(
    "for (let i = 0; i < 3000; i++) display(i + 'x'.repeat(20_000))",
    {
      timeoutMs: 120_000,
    },
  );
  const shown = messages.filter(({ type }) => type === "display_data");
  expect(
    shown.map(({ content }) => Number.parseInt(content.data["text/plain"].replace(/^'/, ""), 10)),
  ).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  expect(kernel.log()).toMatch(/has taken no output for \d+ ms/);
  const { reply } = await kernel.request("complete_request", { code: "conso", cursor_pos: 5 });
  expect(reply.matches).toContain("console");
}, 180_000);

test("a gigabyte that one client does not take cost little memory, and the other client gets all of them", async () => {
  await kernel.execute("const text = 'x'.repeat(999_999);");
  const before = memoryOf(kernel);
  let highest = 0;
  const timer = setInterval(() => {
    highest = Math.max(highest, memoryOf(kernel));
  }, 50);
  try {
    // In two cells: a string of JavaScript holds no gigabyte.
    for (const _half of [1, 2]) {
      const { stdout } = await kernel.execute("for (let i = 0; i < 500; i++) console.log(text);", {
        timeoutMs: 120_000,
      });
      expect(stdout.length).toBe(500e6);
    }
    expect(highest - before).toBeLessThan(MAX_GROWTH_MB);
  } finally {
    clearInterval(timer);
  }
}, 180_000);

/** Resident memory in MB. */
function memoryOf({ process }: KernelClient): number {
  const status = readFileSync(`/proc/${process.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}
