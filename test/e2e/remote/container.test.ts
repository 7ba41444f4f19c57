import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { freePort } from "../../support/free-ports.js";
import { serverToken, startServerProcess } from "../../support/jupyter-servers.js";
import { runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../../..");

/** The lines of the page's Dockerfile, by what they do. */
function recipe(): readonly (readonly [instruction: string, rest: string])[] {
  const [, text = ""] =
    /^```dockerfile\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "docs/container.md"), "utf8")) ?? [];
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)] as const);
}

/** What wants root, or the user and the folder of the image. */
const OF_THE_IMAGE = /^(apt-get|chown) /;

// It fetches packages and installs them: two minutes on an idle machine.
test.skipIf(!process.env.SOAK)(
  "the lines of the image's recipe, in a fresh folder, end in a gateway that runs a notebook",
  async () => {
    const folder = tempFolder();
    const prefix = join(folder, "notebook");
    const [packed] = JSON.parse(
      (
        await execa("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
          cwd: root,
        })
      ).stdout,
    ) as [{ filename: string }];
    const env: NodeJS.ProcessEnv = {
      // How this machine reaches the registries, by certificates and proxies, is its own matter.
      ...process.env,
      HOME: folder,
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      npm_config_userconfig: join(homedir(), ".npmrc"),
    };
    const expand = (text: string): string =>
      text.replace(/\$(\w+)/g, (_whole, name: string) => env[name] ?? "");
    let command: string[] = [];
    for (const [instruction, rest] of recipe()) {
      if (instruction === "ENV") {
        const [name = "", value = ""] = rest.split("=");
        env[name] = name === "PREFIX" ? prefix : expand(value);
      } else if (instruction === "RUN" && !OF_THE_IMAGE.test(rest)) {
        const line = rest.replace("/tmp/claude-notebook.tgz", join(folder, packed.filename));
        await execa("/bin/sh", ["-c", line], { cwd: folder, env, extendEnv: false });
      } else if (instruction === "CMD") {
        command = JSON.parse(rest) as string[];
      }
    }
    const port = await freePort();
    const work = join(folder, "work");
    mkdirSync(work);
    const [, ...args] = command.map((text) =>
      text.replace("0.0.0.0", "127.0.0.1").replace("8888", String(port)),
    );
    const url = `http://127.0.0.1:${port}/`;
    const gateway = await startServerProcess({
      command: join(prefix, "bin", command[0] ?? ""),
      args,
      env: { ...(env as Record<string, string>), KG_AUTH_TOKEN: serverToken },
      cwd: work,
      url,
    });
    try {
      const source = "const doubled = [1, 2].map((n: number) => n * 2);\nconsole.log(doubled);";
      const cells = [{ cell_type: "code", source, metadata: {}, outputs: [], execution_count: null }];
      const notebook = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells };
      writeFileSync(join(work, "n.ipynb"), JSON.stringify(notebook));
      const run = await runCli(["run", "n.ipynb", "--server-url", url], {
        home: folder,
        cwd: work,
        env: { JUPYTER_TOKEN: serverToken },
      });
      expect(run, run.stderr).toMatchObject({ exitCode: 0 });
      expect(readFileSync(join(work, "n.executed.ipynb"), "utf8")).toContain("[ 2, 4 ]");
    } finally {
      await gateway.close();
    }
  },
  600_000,
);
