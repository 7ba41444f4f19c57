import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { KERNEL_IMPLEMENTATION } from "../renderers/live/live-protocol.js";
import { ENGINE_VARIABLE } from "./compile/engine-choice.js";
import { packageRoot } from "./package-root.js";

/** Version of the messaging protocol the kernel speaks. */
export const PROTOCOL_VERSION = "5.5";

const require = createRequire(import.meta.url);
/** tslab's TypeScript is its dependency, not ours: found from there. */
const requireOfTslab = createRequire(require.resolve("tslab/package.json"));

function versionIn(packageJson: string): string {
  return (JSON.parse(readFileSync(packageJson, "utf8")) as { version: string }).version;
}

/**
 * What the kernel says of itself.
 * The lexer name must be `typescript`, or nbconvert shows plain cells; the mode is named by a string: of an object JupyterLab takes
 * `name`, which for tslab is "javascript", and then types, generics and decorators are coloured as errors of JavaScript.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info
 */
export function createKernelInfo(): Readonly<Record<string, unknown>> {
  const version = versionIn(join(packageRoot, "package.json"));
  const typescript = versionIn(
    process.env[ENGINE_VARIABLE] === "tslab"
      ? requireOfTslab.resolve("@tslab/typescript-for-tslab/package.json")
      : require.resolve("typescript/package.json"),
  );
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: KERNEL_IMPLEMENTATION,
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: "typescript",
      pygments_lexer: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `claude-notebook ${version}: TypeScript ${typescript} on Node ${process.version}, with Claude Code`,
    help_links: [],
    debugger: false,
    supported_features: [],
  };
}
