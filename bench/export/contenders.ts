import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "../../test/support/cached-folder.js";
import { createVirtualEnv, ensurePythonEnv } from "../../test/support/python-env.js";

/** A program that makes pages of a file. */
export interface Contender {
  readonly name: string;
  readonly of: "notebook" | "transcript";
  /** Makes the pages in `folder`, which is empty, and returns their paths. */
  readonly export: (file: string, folder: string) => Promise<string[]>;
}

/** Peers from PyPI, by the versions that are compared with. */
const PEERS = { log: "claude-code-log==1.7.0", transcripts: "claude-code-transcripts==0.6" } as const;

/** The built command line, and the programs beside it. */
export async function contenders(): Promise<Contender[]> {
  const main = resolve(import.meta.dirname, "../../dist/kernel/cli/main.js");
  if (!existsSync(main)) throw new Error(`There is no ${main}: run \`npm run build\` first.`);
  const python = await ensurePythonEnv();
  const log = await installPeer(PEERS.log);
  const transcripts = await installPeer(PEERS.transcripts);
  const ours = async (file: string, folder: string): Promise<string[]> => {
    const page = join(folder, "page.html");
    await execa(process.execPath, [main, "export", file, "-o", page]);
    return [page];
  };
  return [
    { name: "claude-notebook export", of: "notebook", export: ours },
    {
      name: "jupyter nbconvert --to html",
      of: "notebook",
      async export(file, folder) {
        const page = join(folder, "page.html");
        await execa(python.bin("jupyter-nbconvert"), ["--to", "html", "--output", page, file]);
        return [page];
      },
    },
    { name: "claude-notebook export", of: "transcript", export: ours },
    {
      name: PEERS.log.replace("==", " "),
      of: "transcript",
      async export(file, folder) {
        const page = join(folder, "page.html");
        // It keeps a cache in the home folder; each round starts without.
        const env = { HOME: join(folder, "home"), XDG_CACHE_HOME: join(folder, "cache") };
        mkdirSync(env.HOME);
        await execa(log("claude-code-log"), [file, "-o", page, "--no-cache"], { env });
        return [page];
      },
    },
    {
      name: PEERS.transcripts.replace("==", " "),
      of: "transcript",
      async export(file, folder) {
        const pages = join(folder, "pages");
        await execa(transcripts("claude-code-transcripts"), ["json", file, "-o", pages]);
        return readdirSync(pages).map((name) => join(pages, name));
      },
    },
  ];
}

/** A virtual environment with one package, kept. */
async function installPeer(peer: string): Promise<(program: string) => string> {
  const folder = await cachedFolder(`bench-${peer.replace("==", "-")}`, (target) =>
    createVirtualEnv(target, [peer]),
  );
  return (program) => join(folder, "bin", program);
}
