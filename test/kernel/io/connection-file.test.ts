import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { endpoint, readConnectionFile } from "../../../kernel/io/connection-file.js";

const folder = mkdtempSync(join(tmpdir(), "connection-"));
afterAll(() => rmSync(folder, { recursive: true }));

const good = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5, key: "k" };
function write(text: string): string {
  const path = join(folder, "connection.json");
  writeFileSync(path, text);
  return path;
}

test("a connection file is read, with Jupyter's defaults for what it leaves out", () => {
  const connection = readConnectionFile(write(JSON.stringify({ ...good, kernel_name: "x" })));
  expect(connection).toMatchObject({ ...good, transport: "tcp", ip: "127.0.0.1", digest: "sha256" });
  expect(endpoint(connection, connection.shell_port)).toBe("tcp://127.0.0.1:1");
  expect(endpoint({ ...connection, transport: "ipc", ip: "/tmp/k" }, 3)).toBe("ipc:///tmp/k-3");
});

test.each([
  ["is not JSON", "{"],
  ["is not a JSON object", "null"],
  ["has no valid hb_port", JSON.stringify({ ...good, hb_port: "x" })],
  ["has no valid shell_port", JSON.stringify({ ...good, shell_port: 70_000 })],
  ["has no valid key", JSON.stringify({ ...good, key: 7 })],
  ["names an unknown transport", JSON.stringify({ ...good, transport: "udp" })],
  ["names an unknown signature_scheme", JSON.stringify({ ...good, signature_scheme: "plain" })],
])("a connection file that %s is refused with its path", (reason, text) => {
  const path = write(text);
  expect(() => readConnectionFile(path)).toThrow(`The connection file ${path} ${reason}`);
});

test("a connection file that is not there is refused with its path", () => {
  expect(() => readConnectionFile(join(folder, "none.json"))).toThrow(/none\.json cannot be read \(ENOENT\)/);
});
