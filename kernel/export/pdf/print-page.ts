import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { HostError } from "../../host-error.js";
import { type BrowserPipe, connectBrowserPipe } from "./browser-pipe.js";

export interface PrintOptions {
  /** Ends the browser. */
  readonly signal?: AbortSignal | undefined;
  /** Longest the browser may take, in milliseconds. @defaultValue 120000 */
  readonly timeoutMs?: number | undefined;
}

/** A page of some hundred megabytes takes a minute; a browser that hangs takes for ever. */
const PRINT_TIMEOUT_MS = 120_000;

/** Most that is kept of what the browser says on stderr, in characters. */
const MAX_STDERR_CHARS = 2_000;

/** Longest wait for the end of a browser that has failed, in milliseconds: only then all its words have arrived. */
const LAST_WORDS_MS = 3_000;

/** It opens no window and no connection, and keeps nothing. */
const FLAGS = [
  "--headless",
  "--remote-debugging-pipe",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-gpu",
  "--disable-extensions",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/** A4 with room to hold it, in inches. */
const PAPER = {
  paperWidth: 8.27,
  paperHeight: 11.69,
  marginTop: 0.5,
  marginBottom: 0.5,
  marginLeft: 0.5,
  marginRight: 0.5,
};

/**
 * Prints a page to a PDF with bookmarks of its headings. Its scripts do not run. The browser is started for it with a profile of
 * its own; both are gone when this returns or throws.
 *
 * @param browser the program of Chromium, Chrome or Edge
 * @throws HostError `page-not-printed` when the browser fails, takes too long, or `signal` fires.
 */
export async function printPage(
  browser: string,
  html: string,
  options: PrintOptions = {},
): Promise<Uint8Array> {
  const { signal, timeoutMs = PRINT_TIMEOUT_MS } = options;
  const failed = (reason: string, cause?: unknown): HostError =>
    new HostError("page-not-printed", `${browser} has printed no PDF: ${reason}.`, {
      cause,
      hints: ["Export with `--to html`, and print the page with a browser"],
    });
  if (signal?.aborted) throw failed("interrupted");
  const profile = await mkdtemp(join(tmpdir(), "claude-notebook-browser-"));
  const child = startBrowser(browser, profile);
  const stderr = keepEnd(child.stderr!);
  const closed = new Promise((resolve) => child.once("close", resolve));
  const limit = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([limit, ...(signal ? [signal] : [])]);
  const stop = (): void => void child.kill("SIGKILL");
  either.addEventListener("abort", stop);
  try {
    const [, , , input, output] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
    const started = once(child, "spawn");
    const pipe = connectBrowserPipe(input, output);
    await started;
    return await print(pipe, html);
  } catch (cause) {
    // A pipe may break before the reason has come through another.
    if (!either.aborted) await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { ref: false })]);
    const reason = signal?.aborted
      ? "interrupted"
      : limit.aborted
        ? `it took longer than ${timeoutMs / 1000} s`
        : [cause instanceof Error ? cause.message : String(cause), lastLine(stderr())]
            .filter(Boolean)
            .join("; ");
    throw failed(reason, cause);
  } finally {
    either.removeEventListener("abort", stop);
    await endOf(child);
    // Its helpers may still write for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function startBrowser(browser: string, profile: string): ChildProcess {
  // Chromium refuses to run as root with its sandbox.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return spawn(browser, [...FLAGS, ...sandbox, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
}

async function print(pipe: BrowserPipe, html: string): Promise<Uint8Array> {
  const { targetId } = await pipe.call("Target.createTarget", { url: "about:blank" });
  const attached = await pipe.call("Target.attachToTarget", { targetId, flatten: true });
  const sessionId = String(attached.sessionId);
  const call = (method: string, params: object = {}) => pipe.call(method, params, sessionId);
  await call("Page.enable");
  await call("Emulation.setScriptExecutionDisabled", { value: true });
  const features = [{ name: "prefers-color-scheme", value: "light" }];
  await call("Emulation.setEmulatedMedia", { media: "print", features });
  const { frameTree } = await call("Page.getFrameTree");
  const { frame } = frameTree as { frame: { id: string } };
  // Given as text: a browser from a snap cannot read files of this process.
  const loaded = pipe.next("Page.loadEventFired");
  await Promise.all([loaded, call("Page.setDocumentContent", { frameId: frame.id, html })]);
  const { data } = await call("Page.printToPDF", {
    ...PAPER,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
  return Buffer.from(String(data), "base64");
}

function keepEnd(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-MAX_STDERR_CHARS);
  });
  return () => text;
}

function lastLine(text: string): string | undefined {
  return text.trim().split("\n").at(-1);
}

/** Ends the browser; its helpers end when they lose it. */
async function endOf(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "exit");
  child.kill("SIGKILL");
  await closed;
}
