import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockFile } from "../../../src/storage/file-lock.js";
import { noUsage } from "../../../src/tools/registry/tool-definition.js";
import { createToolStore } from "../../../src/tools/registry/tool-store.js";
import { temporaryFolder } from "../fake-claude.js";

const tool = (calls: number) => ({
  enabled: true,
  permission: "allow" as const,
  usage: { ...noUsage, calls },
});
const stored = (path: string) => JSON.parse(readFileSync(path, "utf8"));

test("what could not be written once is told, and written the next time", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "tools.json");
  const store = createToolStore(folder);
  store.write("add", "1.0.0", tool(1));
  // Folders in the way, which can be neither replaced nor set aside.
  for (const each of [path, `${path}.damaged`]) mkdirSync(join(each, "in-the-way"), { recursive: true });
  await expect(store.flush()).rejects.toMatchObject({ reason: "unreadable" });
  rmSync(path, { recursive: true, force: true });
  rmSync(`${path}.damaged`, { recursive: true, force: true });
  store.write("sub", "1.0.0", tool(2));
  await store.flush();
  expect(stored(path)).toMatchObject({
    "add@1.0.0": { usage: { calls: 1 } },
    "sub@1.0.0": { usage: { calls: 2 } },
  });
  store.write("add", "1.0.0", tool(3));
  await store.flush();
  expect(stored(path)["add@1.0.0"].usage.calls).toBe(3);
});

test("nothing is written while another process holds the file", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "tools.json");
  const store = createToolStore(folder, 50);
  const lock = await lockFile(path, 1_000);
  store.write("add", "1.0.0", tool(1));
  await expect(store.flush()).rejects.toMatchObject({ reason: "unreadable" });
  expect(() => readFileSync(path)).toThrow("ENOENT");
  await lock!.release();
  await store.flush();
  expect(stored(path)["add@1.0.0"].usage.calls).toBe(1);
});
