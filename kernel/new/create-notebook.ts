import { lstat, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import { describeSystemError } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { writeOutput } from "../notebook/write-output.js";
import { packageRoot } from "../package-root.js";
import { type NotebookTemplate, templates } from "./templates.js";

export interface CreateNotebookOptions {
  /** What to begin with. @defaultValue the first template, `welcome` */
  readonly template?: NotebookTemplate | undefined;
  /** Where the notebook goes; a folder gets one of the template's name. @defaultValue the current folder */
  readonly path?: string | undefined;
  /** Whether files that are there already may be replaced. @defaultValue false */
  readonly force?: boolean | undefined;
}

/** What was written. */
export interface CreatedNotebook {
  /** The notebook, absolute. */
  readonly path: string;
  /** Recordings and data, by their paths from the notebook's folder. */
  readonly besides: readonly string[];
}

/** A file of a template and the place it goes to. */
interface TemplateFile {
  readonly from: string;
  readonly to: string;
}

/**
 * Writes a notebook to begin with, and beside it the recordings and data with which it runs without an account. Folders are
 * made. Nothing is written when one of the files is there already with other contents.
 *
 * @throws HostError `output-exists`, which names the file; `output-unwritable`, also for a name that is no notebook's.
 */
export async function createNotebook(options: CreateNotebookOptions = {}): Promise<CreatedNotebook> {
  const { template = templates[0]!, path = ".", force = false } = options;
  const notebook = await notebookPath(path, template);
  const folder = dirname(notebook);
  const files = await filesOf(template, notebook);
  if (!force) for (const file of files) await checkIsFree(file, file.to === notebook);
  for (const { from, to } of files) {
    await makeFolder(dirname(to));
    await writeOutput(to, await readFile(from, "utf8"));
  }
  const besides = files.filter(({ to }) => to !== notebook).map(({ to }) => relative(folder, to));
  return { path: notebook, besides };
}

/** The ending of another kind of file; in "report-1.2" and "Dr. Who" it is part of the name. */
const OTHER_ENDING = /^\.[a-z]\w*$/i;

/** The notebook that is meant by a file with or without its ending, or by a folder. */
async function notebookPath(path: string, { name }: NotebookTemplate): Promise<string> {
  const place = resolve(path);
  const isMeantAsFolder = /[\\/]$/.test(path);
  const isFolder = (await isFolderAt(place)) || isMeantAsFolder;
  if (isFolder && !isMeantAsFolder && path.endsWith(".ipynb")) {
    const asFolder = JSON.stringify(`${path}/`);
    throw new HostError("output-unwritable", `${place} is a folder; no notebook can stand in its place.`, {
      hints: [`To write into it, end it with a slash: \`claude-notebook new ${asFolder}\``],
    });
  }
  if (isFolder) return join(place, `${name}.ipynb`);
  const ending = extname(place);
  if (ending === ".ipynb") return place;
  if (OTHER_ENDING.test(ending)) {
    throw new HostError(
      "output-unwritable",
      `${path} ends with ${ending}, and a notebook's name with .ipynb.`,
      {
        hints: ["Name it so: `claude-notebook new NAME.ipynb`; or leave the ending out."],
      },
    );
  }
  return `${place}.ipynb`;
}

/** The template's notebook takes the name that was asked for, all else keeps its own. */
async function filesOf({ name }: NotebookTemplate, notebook: string): Promise<TemplateFile[]> {
  const source = join(packageRoot, "dist", "kernel", "new", "templates", name);
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const from = join(entry.parentPath, entry.name);
      const place = relative(source, from);
      return { from, to: place === `${name}.ipynb` ? notebook : join(dirname(notebook), place) };
    })
    .sort((one, other) => (one.to < other.to ? -1 : 1));
}

/** A notebook is never taken for the same: somebody works in it. Recordings and data may be there from another template. */
async function checkIsFree({ from, to }: TemplateFile, isNotebook: boolean): Promise<void> {
  if ((await kindOf(to)) === undefined) return;
  if (!isNotebook && (await hasSameText(from, to))) return;
  throw new HostError("output-exists", `There is a ${to} already, and it is left as it is.`, {
    hints: [
      isNotebook
        ? "Name another: `claude-notebook new NAME.ipynb`; or replace it with `--force`."
        : "The template needs a file of this name: choose another folder, or replace it with `--force`.",
    ],
  });
}

async function hasSameText(one: string, other: string): Promise<boolean> {
  const texts = await Promise.all([one, other].map((path) => readFile(path, "utf8").catch(() => undefined)));
  return texts[0] === texts[1];
}

const isFolderAt = async (path: string) => (await kindOf(path))?.isDirectory() ?? false;

const kindOf = (path: string) => lstat(path).catch(() => undefined);

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const reason = describeSystemError(cause);
    throw new HostError("output-unwritable", `Cannot make the folder ${folder}: ${reason}.`, { cause });
  }
}
