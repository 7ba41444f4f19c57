import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config } from "../../../src/index.js";
import { temporaryFolder } from "../fake-claude.js";

function place(): { configDir: string; cwd: string } {
  const folder = temporaryFolder();
  return { configDir: join(folder, "config"), cwd: join(folder, "project") };
}

test("what is set is what is got, in its own scope and through all", async () => {
  const at = place();
  await config.set("model", "opus", at);
  await config(["set", "model", "haiku", "--scope", "local"], at);
  expect(await config(["get", "model"], at)).toBe("haiku");
  expect(await config.get("model", { ...at, scope: "user" })).toBe("opus");
  expect(JSON.parse(readFileSync(join(at.configDir, "settings.json"), "utf8"))).toEqual({ model: "opus" });
  await config(["remove", "model", "--scope=local"], at);
  expect(await config.get("model", at)).toBe("opus");
});

test("paths reach into objects; lists of all files are joined; what else stands in a file stays", async () => {
  const at = place();
  mkdirSync(at.configDir, { recursive: true });
  writeFileSync(
    join(at.configDir, "settings.json"),
    '{"future": {"a": 1}, "permissions": {"allow": ["Read"]}}',
  );
  await config.set("permissions.allow", ["Bash(ls *)"], { ...at, scope: "project" });
  await config(["set", "permissions.defaultMode", "plan"], at);
  expect(await config(["list"], at)).toEqual({
    future: { a: 1 },
    permissions: { allow: ["Read", "Bash(ls *)"], defaultMode: "plan" },
  });
});

test("texts of a command line become what the setting is", async () => {
  const at = place();
  await config(["set", "env.PORT", "8080"], at);
  await config(["set", "cleanupPeriodDays", "7"], at);
  await config(["set", "includeCoAuthoredBy", "false"], at);
  expect(await config.list(at)).toEqual({
    env: { PORT: "8080" },
    cleanupPeriodDays: 7,
    includeCoAuthoredBy: false,
  });
});

test.each([
  [() => ["modle", "opus"], /Did you mean `model`/],
  [() => ["cleanupPeriodDays", "soon"], /cleanupPeriodDays.*cannot be 'soon'/],
  [() => ["permissions.defaultMode", "yolo"], /cannot be 'yolo' at permissions\.defaultMode/],
  [() => ["__proto__.polluted", "1"], /no name of a setting/],
  [() => ["", "1"], /no name of a setting/],
])("%s is refused, and nothing is written", async (given, message) => {
  const at = place();
  const [key = "", value = ""] = given();
  await expect(config(["set", key, value], at)).rejects.toThrow(message);
  expect(() => readdirSync(at.configDir)).toThrow(/ENOENT/);
});

test("a file that is not JSON is an error, and stays as it is", async () => {
  const at = place();
  mkdirSync(at.configDir, { recursive: true });
  const path = join(at.configDir, "settings.json");
  writeFileSync(path, "{ oops");
  await expect(config.set("model", "opus", at)).rejects.toMatchObject({ name: "SettingsError", path });
  expect(readFileSync(path, "utf8")).toBe("{ oops");
  expect(readdirSync(at.configDir)).toEqual(["settings.json"]);
});

test("many changes at once lose none; nobody else may read a new file; a link stays a link", async () => {
  const at = place();
  mkdirSync(at.configDir, { recursive: true });
  writeFileSync(join(at.configDir, "real.json"), "{}", { mode: 0o600 });
  symlinkSync("real.json", join(at.configDir, "settings.json"));
  await Promise.all(Array.from({ length: 20 }, (_, n) => config.set(`env.V${n}`, String(n), at)));
  const env = await config.get("env", at);
  expect(Object.keys(env as object)).toHaveLength(20);
  expect(readdirSync(at.configDir).sort()).toEqual(["real.json", "settings.json"]);
  expect(JSON.parse(readFileSync(join(at.configDir, "real.json"), "utf8"))).toEqual({ env });
  await config.set("model", "opus", { ...at, scope: "local" });
  expect(statSync(join(at.cwd, ".claude", "settings.local.json")).mode & 0o077).toBe(0);
});

test.each([
  [["gett", "model"], /Did you mean get/],
  [["get"], /takes 1 more/],
  [["get", "a", "--scope", "world"], /--scope cannot be "world"/],
])("config(%j) says what it takes", async (args, message) => {
  await expect(config(args, place())).rejects.toThrow(message);
});
