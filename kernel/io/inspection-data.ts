import type { Inspection } from "../compile/engine.js";
import type { Json } from "./wire.js";

/** What is known of a name, as a MIME bundle. */
export function inspectionData({ signature, documentation }: Inspection): Json {
  return {
    "text/plain": [signature, documentation].filter(Boolean).join("\n\n"),
    "text/markdown": [`\`\`\`typescript\n${signature}\n\`\`\``, documentation].filter(Boolean).join("\n\n"),
  };
}
