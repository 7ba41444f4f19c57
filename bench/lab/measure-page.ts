import type { CDPSession, Page } from "playwright-core";

/** What a page did while a cell was shown in it. */
export interface PageFigures {
  /** From when an update was made in the kernel until it stood in the page, in milliseconds. */
  readonly lagMs: { readonly p50: number; readonly p99: number };
  /** How late the page's own timers were, in milliseconds. */
  readonly timerLagMs: { readonly p50: number; readonly p99: number };
  readonly framesPerSecond: number;
  /** Time of the page's main thread, in milliseconds. */
  readonly mainThreadMs: number;
  /** Bytes that came over the websocket. */
  readonly bytes: number;
  readonly seconds: number;
}

interface Probe {
  lags: number[];
  timerLags: number[];
  frames: number;
  begun: number;
  stop(): void;
}
declare const __probe: Probe;

/** Notes in the page when new updates come to stand in it, its frames and how late its timers are. */
function startProbe(): void {
  const probe: Probe = { lags: [], timerLags: [], frames: 0, begun: performance.now(), stop: () => {} };
  let newest = 0;
  const look = (text: string): void => {
    for (let at = text.lastIndexOf("⟦"); at !== -1; at = -1) {
      const time = Number(/^⟦(\d+)⟧/.exec(text.slice(at, at + 20))?.[1]);
      if (!(time > newest)) continue;
      newest = time;
      probe.lags.push(Date.now() - time);
    }
  };
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      if (target.nodeType === Node.TEXT_NODE) look((target as Text).data);
      for (const node of addedNodes) look(node.textContent ?? "");
    }
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  let isRunning = true;
  const frame = (): void => {
    probe.frames++;
    if (isRunning) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  let due = performance.now() + 20;
  const timer = setInterval(() => {
    const now = performance.now();
    probe.timerLags.push(Math.max(0, now - due));
    due = now + 20;
  }, 20);
  probe.stop = () => {
    isRunning = false;
    clearInterval(timer);
    observer.disconnect();
  };
  Object.assign(window, { __probe: probe });
}

/** Measures the page while `work` goes on. */
export async function measurePage(page: Page, work: () => Promise<void>): Promise<PageFigures> {
  const cdp = await page.context().newCDPSession(page);
  let bytes = 0;
  cdp.on("Network.webSocketFrameReceived", ({ response }) => {
    const { opcode, payloadData } = response;
    bytes += opcode === 2 ? Math.floor((payloadData.length * 3) / 4) : payloadData.length;
  });
  await cdp.send("Network.enable");
  await cdp.send("Performance.enable");
  const before = await taskSeconds(cdp);
  await page.evaluate(startProbe);
  await work();
  const { lags, timerLags, frames, seconds } = await page.evaluate(() => {
    __probe.stop();
    const { lags, timerLags, frames, begun } = __probe;
    return { lags, timerLags, frames, seconds: (performance.now() - begun) / 1000 };
  });
  const mainThreadMs = Math.round(((await taskSeconds(cdp)) - before) * 1000);
  await cdp.detach();
  return {
    lagMs: percentiles(lags),
    timerLagMs: percentiles(timerLags),
    framesPerSecond: round(frames / seconds),
    mainThreadMs,
    bytes,
    seconds: round(seconds),
  };
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

function percentiles(values: readonly number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { p50: at(0.5), p99: at(0.99) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
