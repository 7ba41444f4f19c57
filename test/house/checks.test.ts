import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

async function runInRoot(
  program: string,
  args: readonly string[],
): Promise<{ exitCode: number; output: string }> {
  const run = await execa(program, args, { cwd: root, reject: false, all: true, preferLocal: true });
  return { exitCode: run.exitCode ?? -1, output: run.all };
}

test("the compiler finds no error in the sources, the tests and the examples", async () => {
  const { output } = await runInRoot(process.execPath, [
    "node_modules/typescript/bin/tsc",
    "-p",
    "tsconfig.json",
  ]);
  expect(output).toBe("");
}, 120_000);

test("the linter and the formatter have nothing to say", async () => {
  const { exitCode, output } = await runInRoot("biome", ["check", "--error-on-warnings"]);
  expect(exitCode, output).toBe(0);
}, 120_000);

test("no tracked file names a folder of somebody's machine, a private registry or a key", async () => {
  const { output } = await runInRoot("git", ["ls-files"]);
  const files = output.split("\n").filter((file) => file && !/\.(png|svg|woff2?)$/.test(file));
  expect(files.length).toBeGreaterThan(50);
  // Spelt in pieces, so that this file does not find itself. Ann is made up, for tests of redaction.
  const forbidden = [
    new RegExp(`["'\\s(=](/root|/work|/(home|Users)/(?!(ann|annabel|test)\\b))/?${"[a-zA-Z]"}`),
    new RegExp(`sk-${"ant"}-api\\d\\d-[\\w-]{20,}`),
    new RegExp(`"resolved": "https?://(?!registry\\.npmjs\\.org)${'[^"]*'}`),
  ];
  const found = files.flatMap((file) => {
    const text = readFileSync(resolve(root, file), "utf8");
    return forbidden.flatMap((pattern) =>
      pattern.exec(text) ? [`${file}: ${pattern.exec(text)![0].slice(0, 60)}`] : [],
    );
  });
  expect(found).toEqual([]);
});
