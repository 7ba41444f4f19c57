import { expect, test } from "vitest";
import type { ClaudeOptions } from "../../../src/options/types.js";
import { optionsUnder } from "../../../src/templates/options-under.js";
import type { TemplateOptions } from "../../../src/templates/template-options.js";

const cases: readonly (readonly [
  what: string,
  caller: ClaudeOptions,
  template: TemplateOptions,
  expected: object,
])[] = [
  ["no tool that the caller left out", { tools: ["Read"] }, { tools: ["Read", "Bash"] }, { tools: ["Read"] }],
  ["no tools where the caller has none", { tools: [] }, { tools: "default" }, { tools: [] }],
  ["fewer tools than all", { tools: "default" }, { tools: ["Read"] }, { tools: ["Read"] }],
  ["its own tools where the caller says nothing", {}, { tools: ["Read"] }, { tools: ["Read"] }],
  [
    "nothing that the caller disallows",
    { disallowedTools: ["Bash"] },
    { disallowedTools: [] },
    { disallowedTools: ["Bash"] },
  ],
  [
    "what it disallows itself as well",
    { disallowedTools: ["Bash"] },
    { disallowedTools: ["Write"] },
    { disallowedTools: ["Bash", "Write"] },
  ],
  [
    "no mode that asks less",
    { permissionMode: "plan" },
    { permissionMode: "default" },
    { permissionMode: "plan" },
  ],
  [
    "a mode under which less happens",
    { permissionMode: "acceptEdits" },
    { permissionMode: "plan" },
    { permissionMode: "plan" },
  ],
  ["the lower limits", { maxTurns: 3, maxBudgetUsd: 1 }, { maxTurns: 9 }, { maxTurns: 3, maxBudgetUsd: 1 }],
  ["its model", { model: "opus" }, { model: "haiku" }, { model: "haiku" }],
];

test.each(cases)("a template brings %s", (_what, caller, template, expected) => {
  expect(optionsUnder(caller, template)).toEqual(expected);
});
