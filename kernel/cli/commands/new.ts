import { relative } from "node:path";
import { nearestName } from "../../../src/options/nearest-name.js";
import { type NotebookTemplate, templates } from "../../new/templates.js";
import type { Command } from "../command.js";
import { UsageError } from "../usage-error.js";

const [standard] = templates;

export const newCommand: Command = {
  name: "new",
  summary: "Write a notebook to begin with, which runs without an account",
  positionals: [],
  optionalPositional: "NAME.ipynb",
  options: {
    template: {
      type: "string",
      short: "t",
      value: "NAME",
      help: `What to begin with (default: ${standard?.name})`,
    },
    list: { type: "boolean", help: "List the templates, and write nothing" },
    force: { type: "boolean", help: "Replace files that are there already" },
  },
  notes: [
    "Its answers are replayed from recordings, which are put beside it; so it costs nothing to run. NAME may be",
    "a folder. What is there already is left as it is.",
    "",
    "Templates:",
    ...templateLines("  "),
  ],
  run: async (args) => {
    if (args.isSet("list")) {
      process.stdout.write(`${templateLines("").join("\n")}\n`);
      return 0;
    }
    const template = templateNamed(args.text("template"));
    const { createNotebook } = await import("../../new/create-notebook.js");
    const created = await createNotebook({
      template,
      path: args.positionals[0],
      force: args.isSet("force"),
    });
    process.stdout.write(`${created.path}\n`);
    process.stderr.write(nextSteps(created.path, template));
    return 0;
  },
};

function templateLines(indent: string): string[] {
  const width = Math.max(...templates.map(({ name }) => name.length));
  return templates.map(({ name, summary }) => `${indent}${name.padEnd(width)}  ${summary}`);
}

/** @throws UsageError that names the nearest. */
function templateNamed(name = standard?.name ?? ""): NotebookTemplate {
  const plain = name.replaceAll("-", "_");
  const template = templates.find((each) => each.name === plain);
  if (template) return template;
  const near = nearestName(
    plain,
    templates.map((each) => each.name),
  );
  const advice = near === undefined ? "`claude-notebook new --list` shows all." : `Did you mean ${near}?`;
  throw new UsageError(`There is no template ${JSON.stringify(name)}. ${advice}`, "new");
}

/** What to do with the notebook, for people: a program reads the path on stdout. */
function nextSteps(path: string, { packages }: NotebookTemplate): string {
  const near = relative(process.cwd(), path);
  const file = near.startsWith("..") ? path : near;
  const name = /[^\w./\\-]/.test(file) ? JSON.stringify(file) : file;
  const steps = [
    ...(packages.length > 0
      ? [[`npm install ${packages.join(" ")}`, "in its folder: it imports these"]]
      : []),
    [`jupyter lab ${name}`, "the kernel is there after `claude-notebook install`"],
    [`claude-notebook run ${name}`, "runs it here, without Jupyter"],
  ];
  return `Next:\n${steps.map(([command, why]) => `  ${command}\n      ${why}\n`).join("")}`;
}
