import { expect, test } from "vitest";
import type { Command } from "../../../kernel/cli/command.js";
import { runCommand } from "../../../kernel/cli/commands/run.js";
import { commands } from "../../../kernel/cli/commands.js";
import { formatHelp, formatOverview } from "../../../kernel/cli/help.js";
import { parseArguments } from "../../../kernel/cli/parse-arguments.js";
import { runCommandLine } from "../../../kernel/cli/run-command-line.js";

const command: Command = {
  name: "cook",
  summary: "Cook",
  positionals: ["DISH"],
  options: {
    output: { type: "string", short: "o", value: "FILE", help: "Where" },
    "allow-errors": { type: "boolean", help: "Go on" },
  },
  run: async () => 0,
};

test("options may stand before and after the arguments, long, short and with =", () => {
  for (const argv of [
    ["soup", "-o", "x", "--allow-errors"],
    ["--output=x", "--allow-errors", "soup"],
    ["-ox", "--allow-errors", "--", "soup"],
  ]) {
    const args = parseArguments(command, argv);
    expect([args.positionals, args.text("output"), args.isSet("allow-errors")]).toEqual([
      ["soup"],
      "x",
      true,
    ]);
  }
});

test.each([
  [["soup", "--alow-errors"], "Unknown option --alow-errors. Did you mean --allow-errors?"],
  [["soup", "--zzzzzzzz"], "Unknown option --zzzzzzzz."],
  [["soup", "--constructor"], "Unknown option --constructor."],
  [["soup", "-x"], "Unknown option -x."],
  [["soup", "--output"], "--output needs a value: --output FILE."],
  [["soup", "--output="], "--output needs a value: --output FILE."],
  [["soup", "--allow-errors=yes"], "--allow-errors takes no value."],
  [[], "DISH is missing: claude-notebook cook DISH."],
  [["soup", "bread"], 'Unexpected argument "bread".'],
])("%j is refused: %s", (argv, message) => {
  expect(() => parseArguments(command, argv)).toThrow(
    expect.objectContaining({ name: "UsageError", message }),
  );
});

test("help is answered even when an argument is missing", () => {
  expect(parseArguments(command, ["--help"]).isSet("help")).toBe(true);
});

test("the overview names every command, and each command's help every option", () => {
  for (const known of commands) {
    expect(formatOverview()).toContain(known.summary);
    for (const command of "commands" in known ? known.commands : [known]) {
      for (const option of Object.keys(command.options)) {
        expect(formatHelp(command)).toContain(`--${option}`);
      }
    }
  }
});

test("a group of commands shows them, and a word that is none of them names the nearest", async () => {
  const auth = commands.find(({ name }) => name === "auth")!;
  expect(formatHelp(auth)).toMatch(/^ {2}login .*\n {2}status .*\n {2}logout /m);
  await expect(runCommandLine(["auth", "logn"])).rejects.toThrow(
    "Unknown command auth logn. Did you mean auth login?",
  );
  await expect(runCommandLine(["auth"])).rejects.toThrow("auth needs a command: login, status, logout.");
});

test("arguments for the claude CLI are passed on as they are, flags too", () => {
  const claude = commands.find(({ name }) => name === "claude")!;
  const mcp = ("commands" in claude ? claude.commands : []).find(({ name }) => name === "claude mcp")!;
  const argv = ["add", "-e", "A=1", "x", "--", "node", "--flag", "--help"];
  expect(parseArguments(mcp, argv).positionals).toEqual(argv);
  expect(parseArguments(mcp, argv).isSet("help")).toBe(false);
  expect(parseArguments(mcp, ["--help"]).isSet("help")).toBe(true);
});

test.each([
  ["exprot", "Unknown command exprot. Did you mean export?"],
  ["quux", "Unknown command quux."],
  ["--verison", "Unknown option --verison."],
])("the unknown command %s is refused", async (name, message) => {
  await expect(runCommandLine([name])).rejects.toMatchObject({ name: "UsageError", message });
});

test.each([["0"], ["-1"], ["soon"], ["Infinity"]])(
  "--timeout %s is refused before anything is read",
  async (value) => {
    await expect(runCommandLine(["run", "x.ipynb", `--timeout=${value}`])).rejects.toMatchObject({
      name: "UsageError",
    });
  },
);

test.each([
  ["--jobs=0", '--jobs takes a whole number from 1 to 9999, not "0".'],
  ["--jobs=many", '--jobs takes a whole number from 1 to 9999, not "many".'],
  ["--param=n", '--param takes NAME=VALUE, not "n".'],
  ["--param==5", '--param takes NAME=VALUE, not "=5".'],
])("run %s is refused before a folder is made", async (option, message) => {
  const run = runCommandLine(["run", "a.ipynb", "b.ipynb", "-o", "/no/such/folder", option]);
  await expect(run).rejects.toMatchObject({ name: "UsageError", message });
});

test("several notebooks are taken, and none is too few", async () => {
  expect(parseArguments(runCommand, ["a.ipynb", "-p", "n=1", "b.ipynb", "-p", "m=x=y"]).positionals).toEqual([
    "a.ipynb",
    "b.ipynb",
  ]);
  expect(parseArguments(runCommand, ["a", "-p", "n=1", "-p", "m=x=y"]).list("param")).toEqual([
    "n=1",
    "m=x=y",
  ]);
  expect(() => parseArguments(runCommand, [])).toThrow(
    "NOTEBOOK is missing: claude-notebook run NOTEBOOK...",
  );
});

test("two places to install to are refused", async () => {
  await expect(runCommandLine(["install", "--user", "--prefix", "/x"])).rejects.toMatchObject({
    message: "Choose one of --user and --prefix.",
  });
});
