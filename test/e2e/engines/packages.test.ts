import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterEach, describe, expect, test } from "vitest";
import { kernelArgv } from "../../../kernel/kernel-argv.js";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";

let kernel: KernelClient | undefined;
afterEach(async () => {
  await kernel?.close();
  kernel = undefined;
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A package that uses neither the network nor install scripts. */
const carpentry = {
  "package.json":
    '{ "name": "carpentry", "version": "1.2.3", "type": "module", "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" } } }',
  "index.js": "export const saw = (boards) => boards * 2",
  "index.d.ts": "/** Halves boards. */\nexport declare const saw: (boards: number) => number;",
};
const QUIET = "--offline --no-audit --no-fund --loglevel=error";

describe.each(["typescript", "tslab"])("with the engine %s", (engine) => {
  const start = async (cwd: string): Promise<KernelClient> => {
    kernel = await startKernelClient({ cwd, env: { CLAUDE_NOTEBOOK_ENGINE: engine } });
    return kernel;
  };

  test.each([
    ["%npm install", (file: string) => `%npm install ${QUIET} ${file}`],
    ["!npm install", (file: string) => `!npm install ${QUIET} ${file}`],
    [
      "npm install in a child process",
      (file: string) =>
        `require("child_process").execSync("npm install ${QUIET} ${file}", { stdio: "ignore" }); undefined`,
    ],
  ])(
    "a package that a cell installs with %s is imported by the next, with its types",
    async (_how, install) => {
      const folder = tempFolder("engines");
      write(join(folder, "source"), carpentry);
      await execa("npm", ["pack", "--silent"], { cwd: join(folder, "source") });
      const notebook = join(folder, "notebook");
      write(notebook, { "package.json": '{ "name": "notebook", "private": true }' });
      const client = await start(notebook);
      const code = 'import { saw } from "carpentry"; saw(4)';
      expect((await client.execute(code)).reply.evalue).toMatch(/Cannot find module 'carpentry'/);
      const installed = await client.execute(install("../source/carpentry-1.2.3.tgz"), {
        timeoutMs: 120_000,
      });
      expect(installed.reply, installed.stderr).toMatchObject({ status: "ok" });
      expect(existsSync(join(notebook, "node_modules/carpentry/index.js"))).toBe(true);
      const imported = await client.execute(code);
      expect(imported.reply.evalue).toBeUndefined();
      expect(imported.result).toBe("8");
      expect((await client.execute("saw('x')")).reply.ename).toBe("CompileError");
    },
  );

  // What a user may not read; root may read everything, so the kernel runs as nobody.
  test("in a folder that cannot be listed cells run, and what cannot be read is told", async () => {
    const folder = tempFolder("engines");
    write(folder, { "secret.ts": "export const s = 1", "open.ts": "export const o: number = 2" });
    const isRoot = process.getuid?.() === 0;
    const nobody = 65_534;
    chmodSync(join(folder, "secret.ts"), 0o000);
    chmodSync(folder, 0o311);
    kernel = await startKernelClient({
      cwd: folder,
      env: { CLAUDE_NOTEBOOK_ENGINE: engine, HOME: folder },
      command: (file) => {
        if (!isRoot) return kernelArgv(file);
        chmodSync(dirname(file), 0o711);
        chownSync(file, nobody, nobody);
        const id = String(nobody);
        return ["setpriv", "--reuid", id, "--regid", id, "--clear-groups", ...kernelArgv(file)];
      },
    });
    const run = async (code: string) => {
      const { reply, result } = await (kernel as KernelClient).execute(code);
      return reply.status === "ok" ? result : reply.evalue;
    };
    expect(await run("const n: number = 1; n + 1")).toBe("2");
    expect(await run('import { join } from "node:path"; join("a", "b")')).toBe("'a/b'");
    expect(await run('import { o } from "./open"; o')).toBe("2");
    expect(await run('import { s } from "./secret"; s')).toMatch(/secret/);
    expect(await run('import { x } from "nowhere"')).toMatch(/Cannot find module 'nowhere'/);
    expect(await run("n")).toBe("1");
    chmodSync(folder, 0o755);
  });
});
