import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { expect, test, vi } from "vitest";
import { spareOptimiser } from "../../../kernel/cli/commands/spare-optimiser.js";
import { tempFolder } from "../../support/temp-folder.js";

vi.mock("node:v8", () => ({ setFlagsFromString: vi.fn() }));

test.each([
  ["a short conversation is exported without the optimiser", "session", 600_000, true],
  ["a long conversation is worth it", "session", 1_200_000, false],
  ["a notebook is worth it, however small", "notebook", 600_000, false],
] as const)("%s", async (_what, type, size, isSpared) => {
  vi.mocked(setFlagsFromString).mockClear();
  const path = join(tempFolder(), "file");
  writeFileSync(path, "x".repeat(size));
  await spareOptimiser({ path, type, name: "file" });
  expect(vi.mocked(setFlagsFromString).mock.calls).toEqual(isSpared ? [["--no-opt"]] : []);
});
