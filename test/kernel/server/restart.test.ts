import { expect, test } from "vitest";
import {
  type HostedKernel,
  type KernelClient,
  startHostedKernel,
} from "../../../kernel/server/hosted-kernel.js";
import {
  type Channel,
  createMessage,
  readPart,
  type WireMessage,
} from "../../../kernel/server/wire-message.js";
import { tempFolder } from "../../support/temp-folder.js";
import { fakeKernelArgv } from "./fake-server.js";

/** A kernel whose next start can be made to fail, and a client that writes down what it gets. */
async function startKernel() {
  const state = { fails: false };
  const kernel: HostedKernel = await startHostedKernel({
    argv: (file) => (state.fails ? ["sh", "-c", "echo broken >&2; exit 3"] : fakeKernelArgv(file)),
    cwd: tempFolder(),
    env: {},
    onOutput: () => {},
  });
  const received: { channel: Channel; type: string; content: Record<string, unknown> }[] = [];
  const client: KernelClient = {
    session: "the-client",
    receive(channel: Channel, message: WireMessage) {
      const type = String(readPart<{ msg_type: string }>(message.header)?.msg_type);
      received.push({ channel, type, content: readPart<Record<string, unknown>>(message.content)! });
    },
    close() {},
  };
  return { state, kernel, received, attachment: kernel.attach(client) };
}

const kernelInfo = (): WireMessage => createMessage("kernel_info_request", {}, { session: "the-client" });

test("what a client sends while the kernel restarts reaches the process that comes", async () => {
  const { kernel, received, attachment } = await startKernel();
  const restart = kernel.restart();
  attachment.send("shell", kernelInfo());
  await restart;
  await expect.poll(() => received.map(({ type }) => type)).toContain("kernel_info_reply");
  await kernel.shutdown();
});

test("a restart that fails is told to those who wait, and a later one can succeed", async () => {
  const { state, kernel, received, attachment } = await startKernel();
  state.fails = true;
  await expect(kernel.restart()).rejects.toMatchObject({ code: "kernel-not-started" });
  expect(kernel.model().execution_state).toBe("dead");
  expect(received.at(-1)).toMatchObject({
    channel: "iopub",
    type: "status",
    content: { execution_state: "dead" },
  });
  state.fails = false;
  await kernel.restart();
  attachment.send("shell", kernelInfo());
  await expect.poll(() => received.map(({ type }) => type)).toContain("kernel_info_reply");
  await kernel.shutdown();
});
