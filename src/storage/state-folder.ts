import { homedir } from "node:os";
import { join } from "node:path";

/** This package's folder for what it keeps for the user, by the customs of the platform. */
export function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir();
  const base =
    platform === "win32"
      ? (env.LOCALAPPDATA ?? join(home, "AppData", "Local"))
      : platform === "darwin"
        ? join(home, "Library", "Application Support")
        : env.XDG_STATE_HOME || join(home, ".local", "state");
  return join(base, "claude-notebook");
}
