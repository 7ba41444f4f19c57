import { loadavg } from "node:os";
import { type LabWithKernel, startLab } from "../../test/e2e/lab/lab-notebook.js";
import { launchChromium } from "../../test/support/chromium.js";
import { cellOf, UPDATES_A_SECOND, type Way } from "./cell.js";
import { measurePage, type PageFigures } from "./measure-page.js";

/** How long an idle page is measured, in milliseconds. */
const IDLE_MS = 5_000;

/** How long the slowest way may take until its last update stands in the page, in milliseconds. */
const PATIENCE_MS = 300_000;

interface Row extends PageFigures {
  readonly name: string;
  /** Characters of HTML of the finished panels: what the bytes are compared with. */
  readonly content: number;
  /** Frames a second of the same page before. */
  readonly idleFramesPerSecond: number;
}

const ways: readonly (readonly [name: string, way: Way, extension: boolean])[] = [
  ["extension", "response", true],
  ["plain HTML", "response", false],
  ["naive: the whole document", "naive", false],
];

/** What growing panels cost in JupyterLab: with the extension, as HTML, and with the whole document at each update. */
export async function run(): Promise<{ json: unknown; table: string }> {
  const rows: Row[] = [];
  for (const [name, way, extension] of ways) {
    const lab = await startLab({ CLAUDE_NOTEBOOK_HISTORY: "" }, { extension });
    try {
      rows.push({ name, ...(await measureWay(lab, way)) });
    } finally {
      await lab.close();
    }
  }
  const thresholds = judge(rows);
  const load = loadavg().map((each) => Math.round(each * 10) / 10);
  return {
    json: { updatesASecond: UPDATES_A_SECOND, loadAverage: load, rows, thresholds },
    table: tableOf(rows),
  };
}

async function measureWay(lab: LabWithKernel, way: Way): Promise<Omit<Row, "name">> {
  const browser = await launchChromium();
  try {
    const warm = `display_claude_response({ type: "assistant", message: { content: [] }, content: [{ type: "text", text: "warm" }] } as any); await import("claude-notebook/renderers"); 0`;
    const notebook = await lab.open(browser, "bench.ipynb", [warm, cellOf(way)]);
    const { page } = notebook;
    await notebook.run(0);
    await notebook.idle();
    const idle = await measurePage(page, () => page.waitForTimeout(IDLE_MS));
    const figures = await measurePage(page, async () => {
      await notebook.run(1);
      await page.waitForFunction(() => document.querySelectorAll(".cn-foot").length > 0, undefined, {
        timeout: PATIENCE_MS,
        polling: 500,
      });
    });
    const content = await page.evaluate(() => {
      const outputs = document.querySelectorAll(".jp-OutputArea-output .cn:not(.cn-live), .cn-parts");
      return [...outputs].reduce((sum, output) => {
        const panels = output.cloneNode(true) as HTMLElement;
        for (const tools of panels.querySelectorAll(".cn-code-tools")) tools.remove();
        return sum + panels.innerHTML.length;
      }, 0);
    });
    return { ...figures, content, idleFramesPerSecond: idle.framesPerSecond };
  } finally {
    await browser.close();
  }
}

/** What must hold of the figures of one run. */
function judge(rows: readonly Row[]): Readonly<Record<string, boolean>> {
  const [extension, plain, naive] = rows as [Row, Row, Row];
  return {
    "p99 lag at most 1/20 of the naive update's": extension.lagMs.p99 <= naive.lagMs.p99 / 20,
    "p99 lag no worse than plain HTML's": extension.lagMs.p99 <= plain.lagMs.p99,
    "frames at least 0.9x of an idle page's":
      extension.framesPerSecond >= 0.9 * extension.idleFramesPerSecond,
    "bytes at most 1.5x the content": extension.bytes <= 1.5 * extension.content,
  };
}

function tableOf(rows: readonly Row[]): string {
  const head =
    "| 500 KB of panels, 20 updates a second | lag p50 | p99 | timers late p99 | frames/s (idle) | main thread | bytes | x content |";
  const lines = rows.map(
    (row) =>
      `| ${row.name} | ${row.lagMs.p50} ms | ${row.lagMs.p99} ms | ${row.timerLagMs.p99} ms | ${row.framesPerSecond} (${row.idleFramesPerSecond}) | ${row.mainThreadMs} ms of ${row.seconds} s | ${Math.round(row.bytes / 1000)} kB | ${Math.round((row.bytes / row.content) * 100) / 100} |`,
  );
  return [head, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", ...lines].join("\n");
}
