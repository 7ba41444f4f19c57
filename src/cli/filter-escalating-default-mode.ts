import type { ResolvedSettings } from "./resolve-settings.js";
import type { Settings } from "./settings-file.js";

/** Modes that a repository must not give itself. */
const escalatingModes: readonly unknown[] = ["acceptEdits", "auto", "bypassPermissions"];
const repositorySources: readonly string[] = ["projectSettings", "localSettings"];

/**
 * The effective settings without a `permissions.defaultMode` that lets more pass and comes from the files of a project:
 * the CLI does not heed it there either. {@link resolveSettings} tells settings as they stand.
 */
export function filterEscalatingDefaultMode({ effective, sources }: ResolvedSettings): Settings {
  const { permissions } = effective as { readonly permissions?: Readonly<Record<string, unknown>> };
  if (!escalatingModes.includes(permissions?.defaultMode)) return effective;
  const last = sources.findLast(({ settings }) => defaultModeOf(settings) !== undefined);
  if (!last || !repositorySources.includes(last.source)) return effective;
  const { defaultMode, ...rest } = permissions!;
  return { ...effective, permissions: rest };
}

function defaultModeOf({ permissions }: Settings): unknown {
  return (permissions as { readonly defaultMode?: unknown } | undefined)?.defaultMode;
}
