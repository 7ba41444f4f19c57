import { MessageChannel } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import { listenToMain } from "../../../kernel/io/main-port.js";
import { createTextMemory, createTextReader, createTextWriter } from "../../../kernel/io/text-ring.js";
import type { PostedByMain } from "../../../kernel/io/thread-messages.js";

let close = (): void => {};
afterEach(() => close());

function connect() {
  const { port1, port2 } = new MessageChannel();
  close = () => port1.close();
  const memory = createTextMemory();
  const writer = createTextWriter(memory);
  const said: string[] = [];
  listenToMain({
    port: port2,
    text: createTextReader(memory),
    streams: {
      write({ parent, name, text }) {
        const owner = `${parent} ${name} `;
        // Whether it comes in one piece or in several is not the point.
        if (said.at(-1)?.startsWith(owner)) said.push(said.pop() + text);
        else said.push(owner + text);
      },
    },
    handle: (message) => said.push(message.type),
  });
  const post = (message: PostedByMain["message"]): void =>
    port1.postMessage({ message, textBefore: writer.position } satisfies PostedByMain);
  const stream = (parent: string, name: "stdout" | "stderr"): void => post({ type: "stream", parent, name });
  const write = (text: string): void => {
    writer.write(text);
    if (writer.mustWake()) post({ type: "text" });
  };
  return { said, post, stream, write };
}

test("text and messages come in the order in which they were said, however late the port is read", async () => {
  const { said, post, stream, write } = connect();
  stream("1", "stdout");
  write("a");
  write("b");
  post({ type: "finish", id: "x" });
  write("c");
  stream("1", "stderr");
  write("d");
  stream("2", "stderr");
  write("e");
  post({ type: "finish", id: "y" });
  await expect.poll(() => said.length).toBe(6);
  expect(said).toEqual(["1 stdout ab", "finish", "1 stdout c", "1 stderr d", "2 stderr e", "finish"]);
});

test("text without a message after it arrives, also the text that is written while the reader looks", async () => {
  const { said, stream, write } = connect();
  stream("1", "stdout");
  for (let i = 0; i < 20; i++) {
    write(`<${i}>`);
    await new Promise((resolve) => setTimeout(resolve, i % 3 === 0 ? 30 : 3));
  }
  const all = Array.from({ length: 20 }, (_, i) => `<${i}>`).join("");
  await expect.poll(() => said).toEqual([`1 stdout ${all}`]);
});
