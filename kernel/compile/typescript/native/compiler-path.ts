import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * The native compiler of this platform, which npm installs beside `typescript`.
 *
 * @throws when it is not there, as on a platform that TypeScript 7 does not support.
 */
export function compilerPath(): string {
  const name = `@typescript/typescript-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(require.resolve("typescript/package.json")).resolve(
      `${name}/package.json`,
    );
    return join(dirname(manifest), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  } catch (cause) {
    throw new Error(`The package ${name} is not installed.`, { cause });
  }
}
