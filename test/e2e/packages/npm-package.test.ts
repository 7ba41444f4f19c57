import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { ensurePackedPackage } from "../../support/packed-package.js";
import { strangerEnv } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";
import { notebookText } from "../lab/lab-notebook.js";
import { drawLive } from "./draw-live.js";

/** Most bytes of the package; measured 1.8 MB, 6.1 MB and 0.8 MB. Raise a limit only for what is worth it to each user. */
const LIMITS = { tarball: 2_500_000, unpacked: 8_000_000, largestFile: 900_000 };

let tarball: string;
beforeAll(async () => {
  tarball = await ensurePackedPackage();
}, 600_000);

describe("the tarball of a clean clone", () => {
  const files = new Map<string, number>();
  beforeAll(async () => {
    const { stdout } = await execa("tar", ["-tvzf", tarball]);
    for (const line of stdout.split("\n")) {
      const [, size, path] = /(\d+) \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? package\/(.*)$/.exec(line) ?? [];
      if (path !== undefined) files.set(path, Number(size));
    }
  });

  test("is small, and so is what it unpacks to", () => {
    const sizes = [...files.values()];
    const largest = [...files].sort(([, a], [, b]) => b - a).slice(0, 5);
    console.log(
      `npm package: ${statSync(tarball).size} bytes packed, ${sum(sizes)} unpacked in ${files.size} files; largest:`,
      Object.fromEntries(largest),
    );
    expect(statSync(tarball).size).toBeLessThan(LIMITS.tarball);
    expect(sum(sizes)).toBeLessThan(LIMITS.unpacked);
    expect(largest[0]![1]).toBeLessThan(LIMITS.largestFile);
  });

  test("holds what package.json names, and nothing that a user has no use for", () => {
    const names = [...files.keys()];
    const { bin, exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
      bin: Record<string, string>;
      exports: Record<string, string | Record<string, string>>;
    };
    const named = [...Object.values(bin), ...Object.values(exports).flatMap((each) => Object.values(each))]
      .filter((each) => each.length > 1)
      .map((each) => each.replace("./", ""));
    expect(named.filter((each) => !files.has(each))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
    const needless = /\.map$|\.test\.|(^|\/)test\/|tsbuildinfo|(?<!\.d)\.m?ts$|built-from|\.py$/;
    // What `claude-notebook new` gives people may be anything.
    const ours = names.filter((each) => !each.startsWith("dist/kernel/new/templates/"));
    expect(ours.filter((each) => needless.test(each))).toEqual([]);
    expect(new Set(names.map((each) => each.split("/")[0]))).toEqual(
      new Set(["LICENSE", "README.md", "dist", "docs", "package.json"]),
    );
  });
});

/** The package as npm has installed it. */
interface Installed {
  readonly folder: string;
  readonly home: string;
  /** Runs the installed command as a stranger would. */
  run(...args: string[]): Promise<{ stdout: string; stderr: string }>;
}

async function install(bin: string, ...flags: string[]): Promise<Installed> {
  const folder = tempFolder("installed");
  const home = tempFolder("home");
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await execa("npm", ["install", ...flags, "--prefix", folder, ...quiet, tarball], { cwd: folder });
  const program = join(folder, bin, "claude-notebook");
  const run = (...args: string[]) =>
    execa(program, args, { cwd: home, env: strangerEnv(home), extendEnv: false });
  return { folder, home, run };
}

const installed: Record<string, Installed> = {};
beforeAll(async () => {
  installed["in an empty folder"] = await install("node_modules/.bin");
  installed.globally = await install("bin", "--global");
}, 900_000);

test.each(["in an empty folder", "globally"])(
  "installed %s, it installs the kernel, runs a notebook and exports it",
  async (where) => {
    const { folder, home, run } = installed[where]!;
    const cells = ["const price: number = 40;", "price + 2", "typeof query"];
    writeFileSync(join(home, "sum.ipynb"), notebookText(cells));
    expect((await run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+/);
    const kernel = (await run("install", "--prefix", join(home, "prefix"))).stdout;
    const { argv } = JSON.parse(readFileSync(join(kernel, "kernel.json"), "utf8")) as { argv: string[] };
    expect(existsSync(argv.at(-2)!)).toBe(true);
    expect(argv.at(-2)).toContain(folder);

    const { stderr } = await run("run", "sum.ipynb");
    expect(stderr).not.toMatch(/error|does not run here/i);
    const executed = JSON.parse(readFileSync(join(home, "sum.executed.ipynb"), "utf8"));
    expect(executed.cells[1].outputs[0].data["text/plain"].toString()).toBe("42");
    expect(executed.cells[2].outputs[0].data["text/plain"].toString()).toBe("'function'");

    await run("export", "sum.executed.ipynb", "-o", "sum.html");
    expect(readFileSync(join(home, "sum.html"), "utf8")).toContain("42");
  },
);

test("installed in an empty folder, its kernel runs a cell in JupyterLab, and its extension draws the answer live", async () => {
  const { run } = installed["in an empty folder"]!;
  await drawLive({
    cell: "const price: number = 40; price + 2",
    shows: "42",
    install: (prefix) => run("install", "--prefix", prefix),
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
