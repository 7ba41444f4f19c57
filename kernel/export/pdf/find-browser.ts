import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { HostError } from "../../host-error.js";

/** Variables that name a browser's program; the first that is set counts. The second is what other tools have. */
const VARIABLES = ["CLAUDE_NOTEBOOK_BROWSER", "CHROME_PATH"] as const;

/** Names of the program on PATH. */
const NAMES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome-headless-shell",
  ],
  win32: ["chrome.exe", "msedge.exe", "chromium.exe"],
  darwin: ["chromium", "google-chrome"],
};

const MAC_APPS = ["Google Chrome", "Chromium", "Microsoft Edge"];
const WINDOWS_PROGRAMS = [
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
  ["Chromium", "Application", "chrome.exe"],
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the installers of browsers put them. */
const PLACES: Readonly<Partial<Record<NodeJS.Platform, (env: Environment) => string[]>>> = {
  linux: () => ["/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/snap/bin/chromium"],
  darwin: ({ HOME = "" }) =>
    ["/Applications", join(HOME, "Applications")].flatMap((folder) =>
      MAC_APPS.map((app) => join(folder, `${app}.app`, "Contents", "MacOS", app)),
    ),
  win32: (env) =>
    [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => WINDOWS_PROGRAMS.map((parts) => join(folder, ...parts))),
};

/**
 * Finds Chromium, Chrome or Edge: named by a variable, on PATH, or where installers put it.
 *
 * @returns the program's path.
 * @throws HostError `browser-not-found`, which says what to install.
 */
export async function findBrowser(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  for (const variable of VARIABLES) {
    const path = env[variable];
    if (!path) continue;
    if (await isProgram(path)) return path;
    throw new HostError("browser-not-found", `${variable} names ${path}, where there is no program.`);
  }
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter(Boolean);
  const onPath = (NAMES[platform] ?? NAMES.linux!).flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  for (const path of [...onPath, ...(PLACES[platform]?.(env) ?? [])]) if (await isProgram(path)) return path;
  throw new HostError("browser-not-found", "A PDF is printed by a browser, and none was found here.", {
    hints: [
      "Install Chromium, Chrome or Edge, or name its program in CLAUDE_NOTEBOOK_BROWSER",
      "Or export with `--to html` and print the page with the browser that you have",
    ],
  });
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
