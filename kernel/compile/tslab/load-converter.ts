import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type * as TslabConverter from "tslab/dist/converter.js";
import type * as TslabMetadata from "tslab/dist/metadata.js";

export type Ts = typeof TypeScript;
/** A copy of the `typescript` namespace whose members can be replaced. */
export type TsFacade = { -readonly [K in keyof Ts]: Ts[K] };
export type ConverterModule = typeof TslabConverter;

export interface LoadedConverter {
  readonly ts: Ts;
  readonly converter: ConverterModule;
  /** What the comments at the head of a cell ask for. */
  readonly metadata: typeof TslabMetadata.getCodeMetadata;
}

const require = createRequire(import.meta.url);

/**
 * Loads tslab's converter with a facade in place of its `typescript`, which makes what it hard-codes (compiler options,
 * program builder, file watching, transpilation) ours to decide.
 *
 * The facade stands in `require.cache` only while the converter is required. TypeScript's own functions go on calling each
 * other directly, so the facade replaces what the converter calls and nothing else.
 *
 * @param adapt replaces members of the facade; gets the real namespace too.
 */
export function loadConverter(adapt: (facade: TsFacade, ts: Ts) => void): LoadedConverter {
  const tslab = createRequire(require.resolve("tslab/package.json"));
  const path = tslab.resolve("@tslab/typescript-for-tslab");
  const ts = tslab(path) as Ts;
  const facade = { ...ts } as TsFacade;
  adapt(facade, ts);
  const cached = require.cache[path] as NodeJS.Module;
  try {
    cached.exports = facade;
    const converter = tslab("./dist/converter.js") as ConverterModule;
    const { getCodeMetadata } = tslab("./dist/metadata.js") as typeof TslabMetadata;
    return { ts, converter, metadata: getCodeMetadata };
  } finally {
    cached.exports = ts;
  }
}
