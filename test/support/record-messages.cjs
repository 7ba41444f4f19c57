// Loaded into every Node of the end-to-end tests (use-recorder.ts): in the I/O thread of a kernel it writes down each message
// as it goes to ZeroMQ, whoever the client is. messages.test.ts holds them against the protocol.
const { mkdirSync, openSync, writeSync } = require("node:fs");
const { join } = require("node:path");
const { isMainThread, workerData } = require("node:worker_threads");

const folder = process.env.RECORD_MESSAGES;

function openRecord() {
  try {
    mkdirSync(folder, { recursive: true });
    return openSync(join(folder, `${process.pid}.jsonl`), "a");
  } catch (error) {
    // A kernel that a test runs as another user.
    if (error.code === "EACCES") return undefined;
    throw error;
  }
}

const connection = isMainThread ? undefined : workerData?.connection;
const file = folder && connection?.iopub_port ? openRecord() : undefined;
if (file !== undefined) {
  const channelOf = { [connection.shell_port]: "shell", [connection.control_port]: "control" };
  channelOf[connection.stdin_port] = "stdin";
  channelOf[connection.iopub_port] = "iopub";
  const { Router, XPublisher } = require("zeromq");
  for (const { prototype } of [Router, XPublisher]) {
    const { send } = prototype;
    const record = function (frames) {
      const port = /[:-](\d+)$/.exec(this.lastEndpoint ?? "")?.[1];
      const texts = frames.map((frame) => Buffer.from(frame).toString("utf8"));
      const [header, parent, metadata, content] = texts.slice(texts.indexOf("<IDS|MSG>") + 2);
      writeSync(file, `${JSON.stringify([channelOf[port], header, parent, metadata, content])}\n`);
      return send.call(this, frames);
    };
    // The method is inherited and read-only: an assignment would do nothing.
    Object.defineProperty(prototype, "send", { value: record });
  }
}
