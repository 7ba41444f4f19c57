import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect, stripVTControlCharacters } from "node:util";
import type { Exchange, KernelClient } from "../../support/kernel-client.js";
import type { Assisted, Ran, Rejected, Scenario, Step, Thrown } from "./scenario.js";

const CURSOR = "‸";
/** Longest wait for a cell: no engine that works comes near. */
const TIMEOUT_MS = 60_000;
/** Coarsest time stamp of a file system that a changed file must differ by. */
const FILE_TIME_MS = 20;

/** Where a scenario did not go as promised. */
export interface Difference {
  /** The cell, or the code with the cursor in it; shortened to a line. */
  readonly code: string;
  /** What became of it instead: "is told TS1005: ';' expected." */
  readonly outcome: string;
}

/**
 * Runs a scenario on a kernel that forgets its cells first.
 *
 * @returns the first step that differs from the promise, or undefined when all is as promised.
 */
export async function runScenario(kernel: KernelClient, scenario: Scenario): Promise<Difference | undefined> {
  await kernel.execute("%reset", { timeoutMs: TIMEOUT_MS });
  for (const step of scenario.steps) {
    const outcome = await runStep(kernel, step);
    if (outcome !== undefined) {
      const portable = outcome.replaceAll(kernel.cwd, ".");
      return { code: oneLine(textOf(step), MAX_CODE), outcome: oneLine(portable, MAX_OUTCOME) };
    }
  }
  return undefined;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function runStep(kernel: KernelClient, step: Step): Promise<string | undefined> {
  if (typeof step === "object" && "write" in step) {
    await sleep(FILE_TIME_MS);
    writeFiles(kernel.cwd, step.write);
    return undefined;
  }
  if (typeof step === "object" && !("code" in step) && !(0 in step)) return assist(kernel, step);
  return judge(step, await kernel.execute(textOf(step), { timeoutMs: TIMEOUT_MS }));
}

/** The code that a step is about. */
function textOf(step: Step): string {
  if (typeof step === "string") return step;
  if (0 in step) return step[0];
  if ("code" in step) return step.code;
  if ("complete" in step) return step.complete;
  if ("inspect" in step) return step.inspect;
  return "isComplete" in step ? step.isComplete : "";
}

function judge(
  step: string | readonly [string, unknown] | Ran | Rejected | Thrown,
  ran: Exchange,
): string | undefined {
  if (typeof step !== "string" && "errors" in step) return judgeRejected(step, ran);
  if (typeof step !== "string" && "throws" in step) return judgeThrown(step, ran);
  if (ran.reply.status !== "ok") return `ends with ${describeError(ran)}`;
  if (typeof step === "string") return undefined;
  if ("code" in step) {
    const { prints, warns, quiet } = step;
    const said = stripVTControlCharacters(ran.stderr);
    if (prints !== undefined && ran.stdout !== prints) return `prints ${inspect(ran.stdout)}`;
    if (warns && !warns.test(said)) return said === "" ? "gives no warning" : `warns ${said}`;
    return quiet && said !== "" ? `says ${said}` : undefined;
  }
  const expected = step[1] === undefined ? undefined : inspect(step[1]);
  return ran.result === expected
    ? undefined
    : `shows ${ran.result ?? "nothing"}, not ${expected ?? "nothing"}`;
}

const DIAGNOSTIC = /^(\S.*?):(\d+):(\d+) - error TS(\d+): /gm;

function judgeRejected({ errors, says, never }: Rejected, ran: Exchange): string | undefined {
  if (ran.reply.status === "ok") return "is accepted";
  if (ran.reply.ename !== "CompileError") return `ends with ${describeError(ran)}`;
  const text = stripVTControlCharacters(ran.reply.traceback.join("\n"));
  const found = [...text.matchAll(DIAGNOSTIC)].map(([, , line, column, code]) => ({
    code,
    at: `${line}:${column}`,
  }));
  for (const wanted of errors) {
    const [codes = "", at] = wanted.split(" at ");
    const isThere = found.some(
      (each) => codes.split("|").includes(each.code ?? "") && (at === undefined || each.at === at),
    );
    if (!isThere)
      return `is told ${found.map((each) => `TS${each.code} at ${each.at}`).join(", ")}, not ${nameCodes(codes)}${at === undefined ? "" : ` at ${at}`}`;
  }
  if (says && !says.test(text)) return `is told ${ran.reply.evalue}, which does not say ${says}`;
  return never?.test(text) ? `is told ${text.match(never)?.[0]} in ${ran.reply.evalue}` : undefined;
}

/** `2304|2552` as "TS2304 or TS2552". */
function nameCodes(codes: string): string {
  return codes
    .split("|")
    .map((code) => `TS${code}`)
    .join(" or ");
}

function judgeThrown({ throws, traceback }: Thrown, ran: Exchange): string | undefined {
  if (ran.reply.status === "ok") return "throws nothing";
  if (ran.reply.ename === "CompileError") return `ends with ${describeError(ran)}`;
  if (!throws.test(`${ran.reply.ename}: ${ran.reply.evalue}`)) return `throws ${describeError(ran)}`;
  const text = stripVTControlCharacters(ran.reply.traceback.join("\n"));
  return traceback && !traceback.test(text) ? `has the traceback ${text}` : undefined;
}

async function assist(kernel: KernelClient, step: Assisted): Promise<string | undefined> {
  if ("isComplete" in step) {
    const { reply } = await kernel.request("is_complete_request", { code: step.isComplete });
    const wrong = reply.status !== step.status || (step.indent !== undefined && reply.indent !== step.indent);
    const told =
      reply.indent === undefined ? reply.status : `${reply.status}, indented by ${inspect(reply.indent)}`;
    return wrong ? `is ${told}` : undefined;
  }
  const [before = "", after] = textOf(step).split(CURSOR);
  if (after === undefined) throw new Error(`The scenario does not say where the cursor is: ${before}`);
  const request = { code: before + after, cursor_pos: [...before].length };
  if ("inspect" in step) {
    const { reply } = await kernel.request("inspect_request", { ...request, detail_level: 0 });
    const text = reply.found ? stripVTControlCharacters(String(reply.data["text/plain"])) : undefined;
    if (step.shows === undefined) return text === undefined ? undefined : `shows ${text}`;
    return text !== undefined && step.shows.test(text) ? undefined : `shows ${text ?? "nothing"}`;
  }
  const { reply } = await kernel.request("complete_request", request);
  const matches = reply.matches as string[];
  const missing = step.offers.filter((each) => !matches.includes(each));
  if (missing.length > 0) return `is not offered ${missing.join(", ")}`;
  const wrong = step.never && matches.find((each) => step.never?.test(each));
  if (wrong !== undefined) return `is offered ${wrong}`;
  const replaced = [...request.code].slice(reply.cursor_start, reply.cursor_end).join("");
  const isRight = step.replaces === undefined || step.replaces === replaced;
  return isRight ? undefined : `would replace ${inspect(replaced)}`;
}

function describeError({ reply }: Exchange): string {
  const code = /TS\d+/.exec(stripVTControlCharacters((reply.traceback ?? []).join("\n")))?.[0];
  return `${reply.ename === "CompileError" && code ? code : reply.ename}: ${reply.evalue}`;
}

/** Characters of what is reported. */
const MAX_CODE = 80;
const MAX_OUTCOME = 200;

function oneLine(text: string, max: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > max ? `${line.slice(0, max)}…` : line;
}
