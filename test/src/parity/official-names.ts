import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OfficialNames } from "./read-official-names.js";

/** Where the names stand; `npx vitest run --project e2e test/e2e/sdk/parity -u` writes them anew. */
export const officialNamesPath = join(import.meta.dirname, "fixtures", "official-names.json");

/** All names of the official SDK that parity is measured by, as {@link readOfficialNames} found them in its declarations. */
export const officialNames: OfficialNames = JSON.parse(readFileSync(officialNamesPath, "utf8"));
