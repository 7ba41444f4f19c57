import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { Subscriber } from "zeromq";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

/** The whole measure in `npm run test:soak`; a fifth of it tells the same in `npm test`. */
const MEGABYTES = process.env.SOAK ? 200 : 40;
const STALL_MS = process.env.SOAK ? 4_000 : 1_000;
/** 16 MB under way, their copies on two threads and in the sockets, and the kernel itself. */
const MAX_MEMORY_MB = 600;

let kernel: KernelClient | undefined;
afterEach(async () => {
  await kernel?.close();
  kernel = undefined;
});

test(`${MEGABYTES} MB of output reach a client that stalls for ${STALL_MS / 1000} s; nothing is lost and memory stays bounded`, async () => {
  kernel = await startKernelClient();
  // A second client, which takes nothing at first: neither its process nor the system buffers more than a little for it.
  const slow = new Subscriber({ receiveHighWaterMark: 4, receiveBufferSize: 65_536, linger: 0 });
  slow.connect(kernel.iopubAddress);
  slow.subscribe("stream");
  await kernel.message((each) => each.type === "iopub_welcome" && each.content.subscription === "stream");
  const pid = kernel.process.pid as number;
  let highest = 0;
  const timer = setInterval(() => {
    highest = Math.max(highest, memoryOf(pid));
  }, 50);
  try {
    const id = await kernel.send("execute_request", {
      code: `const text = "x".repeat(999_999); for (let i = 0; i < ${MEGABYTES}; i++) console.log(text)`,
    });
    await sleep(STALL_MS);
    let characters = 0;
    for await (const frames of slow) {
      if (JSON.parse(String(frames[3])).msg_type !== "stream") continue;
      characters += JSON.parse(String(frames.at(-1))).text.length;
      if (characters >= MEGABYTES * 1e6) break;
    }
    const { reply, stdout } = await kernel.finished(id, 60_000);
    expect(reply.status).toBe("ok");
    expect(characters).toBe(MEGABYTES * 1e6);
    expect(stdout.length).toBe(MEGABYTES * 1e6);
    expect(highest).toBeLessThan(MAX_MEMORY_MB);
  } finally {
    clearInterval(timer);
    slow.close();
  }
}, 120_000);

/** Resident memory in MB. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}
