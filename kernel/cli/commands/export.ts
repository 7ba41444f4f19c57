import { exportFormats } from "../../export/export-formats.js";
import type { Command } from "../command.js";
import { chooseFormat } from "./choose-format.js";
import { notebookPageOptions, pageOptions } from "./export-options.js";
import { runOptions } from "./run-options.js";
import { serverOptions } from "./server-options.js";

export const exportCommand: Command = {
  name: "export",
  summary: "Export notebooks and saved conversations with Claude as pages, texts, programs or PDFs",
  positionals: ["FILE..."],
  options: {
    to: {
      type: "string",
      value: "FORMAT",
      help: `${exportFormats.map(({ name }) => name).join(", ")} (default: html)`,
    },
    output: {
      type: "string",
      short: "o",
      value: "PATH",
      help: "The file, or for several the folder (default: beside each FILE)",
    },
    ...pageOptions,
    ...notebookPageOptions,
    "embed-images": { type: "boolean", help: "Put pictures into the markdown, not into a folder beside it" },
    execute: { type: "boolean", help: "Run the notebooks first; the files themselves stay as they are" },
    ...runOptions,
    ...serverOptions,
  },
  notes: [
    ...exportFormats.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`),
    "",
    "A page loads nothing from the network and works with JavaScript off.",
    "FILE is a notebook, or a conversation that was saved as .jsonl: a transcript from ~/.claude/projects, a recording, a",
    "file of a ConversationManager, or what `claude -p --output-format stream-json --verbose` printed. A folder",
    "stands for the notebooks in it and below. Pages that go into one folder get an index with a search.",
    "Secrets and home folders are taken out, and stderr says where; look through an export before you hand it on.",
    "Without --execute notebooks of any language are taken. With it the export is written also when a cell fails: with",
    "what was done, and exit code 1. So it is when one of several files cannot be exported; the others are.",
  ],
  run: async (args) => {
    const format = chooseFormat(args);
    const { runExport } = await import("./run-export.js");
    return await runExport(format, args);
  },
};
