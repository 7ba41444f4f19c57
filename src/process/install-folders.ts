import { dirname, join } from "node:path";

/** Where installers put `claude`, most likely first; a service or a notebook server often has none of these on its PATH. */
export function installFolders(home: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const besideNode = dirname(process.execPath);
  if (platform === "win32") {
    const roots = [
      env.APPDATA && join(env.APPDATA, "npm"),
      env.LOCALAPPDATA && join(env.LOCALAPPDATA, "Programs", "claude"),
    ];
    return [join(home, ".local", "bin"), join(home, ".claude", "local"), ...present(roots), besideNode];
  }
  return [
    join(home, ".claude", "local"),
    join(home, ".local", "bin"),
    "/usr/local/bin",
    "/opt/homebrew/bin",
    besideNode,
    ...present([env.npm_config_prefix && join(env.npm_config_prefix, "bin")]),
    join(home, ".npm-global", "bin"),
    join(home, ".bun", "bin"),
    join(home, ".volta", "bin"),
    join(home, ".yarn", "bin"),
    join(home, "bin"),
  ];
}

function present(paths: readonly (string | undefined | "")[]): string[] {
  return paths.filter((path): path is string => Boolean(path));
}
