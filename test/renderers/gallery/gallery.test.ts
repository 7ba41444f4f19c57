import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GENERIC_TOOLS } from "../../../renderers/panels/generic.js";
import { partHtml } from "../../../renderers/panels/part-html.js";
import { partText } from "../../../renderers/panels/part-text.js";
import { PANELS, panelOf } from "../../../renderers/panels/table.js";
import { kindOf, NEWS, SILENT_KINDS } from "../../../renderers/response/news.js";
import type { Part, ToolPart } from "../../../renderers/response/parts.js";
import { createResponse } from "../../../renderers/response/response.js";
import {
  fixtureFolder,
  fixtureHtml,
  fixtureMessages,
  fixtureNames,
  fixtureParts,
} from "../../gallery/fixtures.js";
import { galleryPage } from "../../gallery/gallery-page.js";
import { loadedUrls, parseHtml } from "../../support/html-page.js";
import { findUnsafe } from "../security/safe-html.js";

const names = fixtureNames();
const allParts = names.flatMap((name) => flatten(fixtureParts(name)));

function flatten(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => [part, ...(part.type === "tool" ? flatten(part.children) : [])]);
}

test.each(names)("the messages of %s become the HTML that stands beside them", (name) => {
  expect(fixtureHtml(name)).toBe(readFileSync(join(fixtureFolder, `${name}.html`), "utf8"));
});

test.each(names)("%s is the same line by line, and when every line comes twice", (name) => {
  const response = createResponse({ id: name });
  fixtureMessages(name).forEach((message, i) => {
    const line = { uuid: `u${i}`, ...message };
    response.apply(line);
    expect(() => response.parts).not.toThrow();
    response.apply(line);
  });
  expect(response.parts).toEqual(fixtureParts(name));
});

test.each(names)("%s holds nothing but what is on the allowlist, and no panel fails", (name) => {
  const html = fixtureHtml(name);
  expect(findUnsafe(html)).toEqual([]);
  expect(parseHtml(html).text).not.toMatch(
    /panel "[^"]+" failed|no panel knows|\[object Object\]|undefined|NaN/,
  );
});

test("every panel of the table is in the gallery, tools in every state", () => {
  const states = new Map<string, Set<string>>();
  for (const part of allParts) {
    const panel = panelOf(part)!.name;
    const state = part.type === "tool" && part.denied ? "denied" : part.state;
    states.set(panel, (states.get(panel) ?? new Set()).add(state));
  }
  expect([...states.keys()].sort()).toEqual(PANELS.map((panel) => panel.name).sort());
  const simple = ["text", "withdrawn", "thinking", "notice", "footer", "findings"];
  for (const { name } of PANELS.filter((panel) => !simple.includes(panel.name)))
    expect({ name, states: [...states.get(name)!].sort() }).toEqual({
      name,
      states: ["denied", "done", "failed", "interrupted", "running", "streaming"],
    });
});

test("the gallery page loads nothing and runs nothing", () => {
  const page = parseHtml(galleryPage());
  expect(loadedUrls(page)).toEqual([]);
  expect(page.scripts).toEqual([]);
});

describe("messages", () => {
  /** Kinds of messages of the CLI and of the official SDK; `user` counts twice there, as prompt and as repeated prompt. */
  const KINDS = (
    "assistant user result init stream_event compact_boundary status api_retry control_request_progress model_refusal_fallback " +
    "model_refusal_no_fallback local_command_output hook_started hook_progress hook_response plugin_install tool_progress " +
    "auth_status task_started task_updated task_progress task_notification background_tasks_changed thinking_tokens " +
    "session_state_changed worker_shutting_down commands_changed notification files_persisted tool_use_summary memory_recall " +
    "rate_limit_event elicitation_complete permission_denied prompt_suggestion mirror_error informational " +
    "conversation_reset session_writes_lost"
  ).split(" ");
  const messages = names.flatMap(fixtureMessages);

  test.each(KINDS)("%s has a fixture and survives fields that are missing or wrong", (kind) => {
    const found = messages.filter((message) => kindOf(message) === kind);
    expect(found.length).toBeGreaterThan(0);
    for (const message of found) {
      const { type, subtype, ...fields } = message as Record<string, unknown>;
      for (const wrong of [null, 7, "x", [], {}, [null], undefined]) {
        for (const field of Object.keys(fields)) {
          const response = createResponse();
          response.apply({ type, subtype, ...fields, [field]: wrong } as never);
          expect(() => response.end()).not.toThrow();
          expect(Array.isArray(response.parts)).toBe(true);
        }
      }
    }
  });

  test("each kind is drawn, or silent for a reason that is written down", () => {
    const silent = Object.keys(SILENT_KINDS);
    expect(silent.filter((kind) => Object.hasOwn(NEWS, kind))).toEqual([]);
    expect(silent.filter((kind) => !KINDS.includes(kind))).toEqual([]);
    for (const kind of silent) {
      const response = createResponse();
      for (const message of messages.filter((m) => kindOf(m) === kind)) response.apply(message);
      expect({ kind, parts: response.parts }).toEqual({ kind, parts: [] });
    }
  });
});

describe("tools", () => {
  /** Tools of the pinned CLI's init message, and those of older versions and of its type file. */
  const TOOLS = (
    "Task Agent Bash CronCreate CronDelete CronList Edit MultiEdit EnterPlanMode EnterWorktree ExitPlanMode ExitWorktree Glob Grep LS " +
    "NotebookEdit Read ReportFindings ScheduleWakeup SendMessage Skill TaskCreate TaskGet TaskList TaskOutput TaskStop TaskUpdate " +
    "TodoWrite WebFetch WebSearch Workflow Write AskUserQuestion BashOutput KillShell"
  ).split(" ");

  test.each(TOOLS)("%s has a panel of its own or is generic on purpose", (name) => {
    const part = allParts.find((p) => p.type === "tool" && p.name === name) ?? toolOf(name);
    const panel = panelOf(part)!.name;
    if (panel === "generic") expect(GENERIC_TOOLS).toContain(name);
    else expect(GENERIC_TOOLS).not.toContain(name);
  });

  test.each(TOOLS)("%s reads well with an input and a result of any shape", (name) => {
    for (const value of [
      null,
      7,
      "x",
      [],
      {},
      [null],
      undefined,
      { todos: 5, questions: [null], findings: {}, edits: [7] },
    ]) {
      const part: ToolPart = {
        ...toolOf(name),
        input: value,
        result: { content: value, structured: value, isError: false },
      };
      const html = partHtml(part) + partText(part);
      expect({ name, value, html }).not.toMatchObject({
        html: expect.stringMatching(/failed:|\[object Object\]/),
      });
    }
  });
});

function toolOf(name: string): ToolPart {
  return { id: "t", type: "tool", state: "done", name, input: {}, children: [] };
}
