import { afterAll, describe, expect, test } from "vitest";
import { createThemeKernels } from "./theme-kernel.js";
import { themes } from "./themes/all-themes.js";

const kernels = createThemeKernels("typescript");
afterAll(() => kernels.close());

describe.each(themes)("$title", (theme) => {
  test.each(theme.scenarios)(
    "$title",
    async (scenario) => {
      expect(await kernels.run(theme, scenario)).toBeUndefined();
    },
    120_000,
  );
});

test("there are at least 170 scenarios, each with a title of its own", () => {
  const titles = themes.flatMap((theme) => theme.scenarios.map((each) => each.title));
  expect(titles.length).toBeGreaterThanOrEqual(170);
  expect(new Set(titles).size).toBe(titles.length);
});
