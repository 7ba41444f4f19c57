import { expect, test } from "vitest";
import {
  filterEscalatingDefaultMode,
  type ResolvedSettingSource,
  type ResolvedSettings,
} from "../../../src/index.js";

function resolved(source: ResolvedSettingSource, defaultMode: string): ResolvedSettings {
  const effective = { model: "haiku", permissions: { defaultMode, allow: ["Read"] } };
  return {
    effective,
    provenance: {},
    sources: [
      { source: "userSettings", settings: { permissions: { defaultMode: "plan" } } },
      { source, settings: { permissions: { defaultMode } } },
      { source: "policySettings", settings: { model: "haiku" } },
    ],
  };
}

test.each(["acceptEdits", "auto", "bypassPermissions"])("a project cannot give itself %s", (mode) => {
  const expected = { model: "haiku", permissions: { allow: ["Read"] } };
  expect(filterEscalatingDefaultMode(resolved("projectSettings", mode))).toEqual(expected);
  expect(filterEscalatingDefaultMode(resolved("localSettings", mode))).toEqual(expected);
});

test.each([
  ["projectSettings", "plan"],
  ["userSettings", "bypassPermissions"],
  ["flagSettings", "acceptEdits"],
  ["policySettings", "auto"],
] as const)("%s may say %s", (source, mode) => {
  const given = resolved(source, mode);
  expect(filterEscalatingDefaultMode(given)).toBe(given.effective);
});

test("settings without permissions stay as they are", () => {
  const effective = { model: "haiku" };
  expect(filterEscalatingDefaultMode({ effective, provenance: {}, sources: [] })).toBe(effective);
});
