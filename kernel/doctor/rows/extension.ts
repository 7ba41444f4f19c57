import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { DoctorCheck } from "../doctor-context.js";
import { ok, warn } from "../finding.js";

const NAME = "claude-notebook";
const INSTALL = "Install it beside the kernel: `claude-notebook install`";

const manifest = z.looseObject({ version: z.string() });
const pageConfig = z.looseObject({ disabledExtensions: z.record(z.string(), z.boolean()).optional() });

/** JupyterLab's extension, which draws answers live. Without it they are drawn all the same, as outputs. */
export const extensionCheck: DoctorCheck = {
  name: "extension",
  look: async ({ jupyter, ownVersion }) => {
    for (const data of jupyter.dataFolders) {
      const folder = join(data, "labextensions", NAME);
      const found = manifest.safeParse(await readJson(join(folder, "package.json")));
      if (!found.success) continue;
      const { version } = found.data;
      if (version !== ownVersion) {
        return warn(
          `${folder} is of ${version}, this is ${ownVersion}`,
          INSTALL,
          "Then reload JupyterLab's page",
        );
      }
      const file = await disabledIn(jupyter.configFolders);
      if (file !== undefined)
        return warn(`disabled in ${file}`, `Enable it: \`jupyter labextension enable ${NAME}\``);
      return ok(folder);
    }
    return warn("not installed: answers are not drawn live, and no tool can be approved in place", INSTALL);
  },
};

/** The settings file that disables the extension. */
async function disabledIn(configFolders: readonly string[]): Promise<string | undefined> {
  for (const folder of configFolders) {
    const file = join(folder, "labconfig", "page_config.json");
    const config = pageConfig.safeParse(await readJson(file));
    if (config.success && config.data.disabledExtensions?.[NAME]) return file;
  }
  return undefined;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}
