import { z } from "zod";
import { ClaudeSDKClient } from "../client/claude-sdk-client.js";
import type { QueryOptions } from "../options/types.js";
import type { Settings } from "./settings-file.js";

/** A place that settings come from; `policySettings` are those of administrators. */
export type ResolvedSettingSource =
  | "userSettings"
  | "projectSettings"
  | "localSettings"
  | "flagSettings"
  | "policySettings";

/** The settings that hold, and which source each comes from. */
export interface ResolvedSettings {
  /** All sources merged, as the CLI merges them. */
  readonly effective: Settings;
  /** Which source has the last word on each setting; lists and objects may hold parts of others too. */
  readonly provenance: Readonly<Record<string, ResolvedSettingSource>>;
  /** The sources that say something, the one that counts most last. */
  readonly sources: readonly { readonly source: ResolvedSettingSource; readonly settings: Settings }[];
}

const settings = z.record(z.string(), z.unknown());
const answer = z.looseObject({
  effective: settings,
  sources: z.array(z.looseObject({ source: z.custom<ResolvedSettingSource>(), settings })),
});

/**
 * The settings that a query with these options would have. The CLI itself is asked, so that those of administrators
 * (managed files, MDM, the server) count as they do in a query; nothing goes to Claude.
 *
 * @throws as a query whose CLI cannot start; ControlRequestError
 * @example
 *     const { effective, provenance } = await resolveSettings({ cwd: ".", settingSources: ["user", "project"] });
 */
export async function resolveSettings(options: QueryOptions = {}): Promise<ResolvedSettings> {
  const live = { ...options, mode: "live" } as const;
  const said = await ClaudeSDKClient.use(live, (client) => client.getSettings());
  const { effective, sources } = answer.parse(said);
  const provenance = Object.fromEntries(
    sources.flatMap(({ source, settings }) => Object.keys(settings).map((key) => [key, source])),
  );
  return { effective, provenance, sources };
}
