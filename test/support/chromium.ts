import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { execa } from "execa";
import type { Browser } from "playwright-core";
import { cachedFolder } from "./cached-folder.js";

/** Version of the npm package, which is the version of the browser. */
const CHROMIUM_VERSION = "147.0.0";

/** The fonts of every screenshot (npm package dejavu-fonts-ttf), so that pictures are the same on machines with other fonts or none. */
const fontFolder = resolve(import.meta.dirname, "../../node_modules/dejavu-fonts-ttf/ttf");

/** Required, not imported: jiti, which runs the benchmarks, stumbles over its bundle. */
const { chromium: playwright } = createRequire(import.meta.url)(
  "playwright-core",
) as typeof import("playwright-core");

/** A browser that was unpacked from npm, and what it needs to start on this machine. */
interface Chromium {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

/** Unpacks headless Chromium from its npm package into the checkout's cache, once. */
export async function ensureChromium(): Promise<Chromium> {
  const folder = await cachedFolder(`chromium-${CHROMIUM_VERSION}`, async (target) => {
    // The package unpacks into os.tmpdir(), and its copies of libnss3 and libnspr4 only where it believes to be in AWS Lambda.
    const unpack = 'import("@sparticuz/chromium").then((c) => c.default.executablePath())';
    await execa(process.execPath, ["--input-type=module", "--eval", unpack], {
      cwd: import.meta.dirname,
      env: { TMPDIR: target, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
    });
    installFonts(target);
  });
  const executablePath = join(folder, "chromium");
  const fonts: Record<string, string> = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  const bundledLibraries = { ...fonts, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
  return { executablePath, env: (await starts(executablePath)) ? fonts : bundledLibraries };
}

/**
 * Variables for a command that looks for a browser itself. The program that they name starts this Chromium without its sandbox, as
 * {@link launchChromium} does: it comes from a package, and systems such as Ubuntu 24.04 give such programs no user namespaces.
 */
export async function browserEnv(folder: string): Promise<Record<string, string>> {
  const { executablePath, env } = await ensureChromium();
  const program = join(folder, "chromium-without-sandbox");
  writeFileSync(program, `#!/bin/sh\nexec "${executablePath}" --no-sandbox "$@"\n`, { mode: 0o755 });
  return { CLAUDE_NOTEBOOK_BROWSER: program, ...env };
}

/** Starts headless Chromium; the caller closes it. It opens no connection of its own. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, env } = await ensureChromium();
  return await playwright.launch({
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: [
      "--headless=shell",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
    ],
  });
}

/** Only the two families that the pages ask for: with more of them, fontconfig's choice for `system-ui` is a matter of luck. */
function installFonts(target: string): void {
  const fonts = join(target, "test-fonts");
  mkdirSync(fonts);
  for (const file of readdirSync(fontFolder).filter((name) =>
    /^DejaVuSans(Mono)?(-(Bold|Oblique|BoldOblique))?\.ttf$/.test(name),
  )) {
    cpSync(join(fontFolder, file), join(fonts, file));
  }
  writeFileSync(join(target, "fonts.conf"), fontConfig(fonts, join(target, "font-cache")));
}

/** @see https://www.freedesktop.org/software/fontconfig/fontconfig-user.html */
function fontConfig(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${cache}</cachedir>
  <alias binding="strong"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias binding="strong"><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias binding="strong"><family>system-ui</family><prefer><family>DejaVu Sans</family></prefer></alias>
</fontconfig>
`;
}

async function starts(executablePath: string): Promise<boolean> {
  const { exitCode } = await execa(executablePath, ["--version", "--headless=shell", "--no-sandbox"], {
    reject: false,
  });
  return exitCode === 0;
}
