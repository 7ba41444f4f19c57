import type { Difference } from "./run-scenario.js";

/** What became of one theme's scenarios under tslab. */
export interface ThemeOutcome {
  readonly title: string;
  readonly scenarios: readonly { readonly title: string; readonly difference: Difference | undefined }[];
}

const head = `# The two engines

<!-- Written by test/kernel/engines: \`npx vitest run --project unit test/kernel/engines/tslab.test.ts -u\` writes it again. -->

What checks a cell and makes JavaScript of it is an engine. There are two, and a notebook runs on either:

| | \`typescript\` (default) | \`tslab\` |
| --- | --- | --- |
| compiler | TypeScript 7, native, in a process of its own | tslab's converter on TypeScript 5.0, in the kernel |
| cells | modules that share nothing but what they name: real variables, one scope each | one CommonJS scope; types travel as a declaration file |
| JavaScript | oxc; esbuild for decorators, \`using\`, \`accessor\` and namespaces | TypeScript 5.0 |

\`claude-notebook install --engine tslab\` installs a kernel with the other engine, \`CLAUDE_NOTEBOOK_ENGINE=tslab\` in a kernel's environment chooses it for one start, and \`%engine\` says which one runs.
Where the native compiler does not start or cannot be kept alive, \`tslab\` takes over and a line under the cell says so. Why it is built so: [decision 5](decisions/0005-engine.md).
`;

/** The text of docs/engines.md. */
export function renderEnginesPage(outcomes: readonly ThemeOutcome[]): string {
  const all = outcomes.flatMap((each) => each.scenarios);
  const different = all.filter((each) => each.difference);
  const summary = `${all.length} scenarios in \`test/kernel/engines/themes\` say what cells promise; each is a test with both engines. With \`typescript\` all of them hold, with \`tslab\` all but these ${different.length}:`;
  const sections = outcomes.flatMap(({ title, scenarios }) => {
    const rows = scenarios.flatMap((each) =>
      each.difference ? [renderRow(each.title, each.difference)] : [],
    );
    return rows.length === 0 ? [] : [`### ${title}\n\n${rows.join("\n")}\n`];
  });
  return [head, `## Where tslab differs\n\n${summary}\n`, ...sections].join("\n");
}

function renderRow(title: string, { code, outcome }: Difference): string {
  return `- ${escapeMarkdown(title)}. With tslab ${quoteCode(code)} ${escapeMarkdown(outcome)}`;
}

/** A code span; longer ticks around code that holds some. */
function quoteCode(code: string): string {
  const ticks = "`".repeat(1 + Math.max(0, ...[...code.matchAll(/`+/g)].map(([each]) => each.length)));
  const space = /^`|`$/.test(code) ? " " : "";
  return ticks + space + code + space + ticks;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
