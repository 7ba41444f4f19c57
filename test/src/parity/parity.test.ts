import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { officialNames } from "./official-names.js";
import { countNames, parityPage } from "./parity-page.js";
import {
  type Kind,
  lackingInCli,
  methodsForNewerClis,
  type SupportedRow,
  supported,
} from "./parity-table.js";
import { readOfficialNames } from "./read-official-names.js";
import { type Uses, usesInTest } from "./uses-in-test.js";

const root = resolve(import.meta.dirname, "../../..");
const installed = resolve(root, "bench/sdk/node_modules/@anthropic-ai/claude-agent-sdk");

/** What must stand in the table, for the kinds that the official SDK decides. */
const officialKinds: readonly (readonly [Kind, readonly string[]])[] = [
  ["Options of the official TypeScript SDK", officialNames.options],
  ["Methods of the official TypeScript SDK", officialNames.methods],
  ["Functions, classes and constants of the official TypeScript SDK", officialNames.values],
  ["Control requests", officialNames.controlRequests],
];

/** What counts as a use of a row's name, by kind. */
const usesOfKind: Readonly<Record<Kind, readonly (keyof Uses)[]>> = {
  "Options of the official TypeScript SDK": ["options"],
  "Methods of the official TypeScript SDK": ["methods"],
  "Functions, classes and constants of the official TypeScript SDK": ["names"],
  "Control requests": ["options", "methods"],
  "Options of the Python SDKs": ["options"],
  "Functions, methods and classes of the Python SDKs": ["names", "methods"],
};

/** What is used in another way than the rest of its kind. */
const usesOfName: Readonly<Record<string, (uses: Uses, name: string) => boolean>> = {
  // Sent by its wire name.
  request: ({ requests }, name) => requests.has(name),
  // Functions, for what are methods or requests elsewhere.
  query: ({ names }) => names.has("query"),
  createSdkMcpServer: ({ names }) => names.has("createSdkMcpServer"),
  cost_usd: ({ properties }) => properties.has("cost_usd"),
  session_id: ({ properties, options }) => properties.has("session_id") || options.has("session_id"),
  // A program of its own.
  "claude-auth": ({ texts }) => texts.has("claude-auth.js"),
};

test.each(officialKinds)(
  "%s: the table has each name of the declarations, and no other",
  (kind, official) => {
    const names = [...supported[kind].map(([name]) => name), ...Object.keys(lackingInCli[kind] ?? {})];
    expect(names.sort()).toEqual(official);
  },
);

test.each(Object.entries(supported) as [Kind, SupportedRow[]][])(
  "%s: every row names a test that uses what it promises",
  (kind, rows) => {
    const missing = rows.filter(([name, ours, file]) => {
      const uses = usesInTest(readFileSync(resolve(root, "test", file), "utf8"));
      const isUsed = usesOfName[ours] ?? (() => usesOfKind[kind].some((place) => uses[place].has(ours)));
      return !isUsed(uses, name);
    });
    expect(missing).toEqual([]);
  },
);

test("no name stands in the table twice", () => {
  for (const list of Object.values(supported)) {
    const names = list.map(([name]) => name as string);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
});

test("methods for newer CLIs are those whose requests this one lacks", () => {
  const names = supported["Methods of the official TypeScript SDK"].map(([name]) => name as string);
  expect(names).toEqual(expect.arrayContaining([...methodsForNewerClis]));
});

test("at least 95 % of all names are supported, and the CLI itself lacks the others", () => {
  const { have, all } = countNames();
  expect(have / all).toBeGreaterThanOrEqual(0.95);
});

/** Whoever has run the benchmark has the package; test/e2e/sdk/parity.test.ts fetches it. */
test.runIf(existsSync(installed))("the fixture is what the installed official SDK declares", () => {
  expect(readOfficialNames(installed)).toEqual(officialNames);
});

/** `npx vitest run --project unit test/src/parity -u` writes it anew. */
test("docs/sdk-parity.md says what the table says", async () => {
  await expect(parityPage()).toMatchFileSnapshot(resolve(root, "docs/sdk-parity.md"));
});
