import { describeUpdates } from "../../../approval/always-allow.js";
import { describeCall } from "../../../approval/describe-call.js";
import { showOnOneLine } from "../../../approval/invisible-characters.js";
import { sha256 } from "../../../approval/sha256.js";
import type { Ask, AskOutcome, Decision, FrontEndMessage } from "../../../live/live-protocol.js";
import { guardActions } from "./action-guard.js";
import { askBody } from "./ask-body.js";
import { button, element } from "./elements.js";
import { createQuestionForm } from "./question-form.js";

type Answer = Extract<FrontEndMessage, { op: "answer" }>;

/** A question of Claude's on the page. */
export interface AskView {
  readonly element: HTMLElement;
  /** The kernel says what came of it: the buttons go, and a line says so. */
  decided(outcome: AskOutcome, reason?: string): void;
}

/** How a question reads, by tool; the others ask to be used. */
const TITLES: Readonly<Record<string, string>> = {
  AskUserQuestion: "Claude asks",
  ExitPlanMode: "Claude’s plan",
};

const OUTCOMES: Readonly<Record<AskOutcome, string>> = {
  allow: "✓ Allowed once",
  always: "✓ Always allowed",
  deny: "✗ Denied",
  timeout: "✗ Denied: nobody answered in time",
  interrupted: "◼ Denied: the turn was stopped",
  closed: "◼ No longer open",
};

/** What the buttons are called, by tool. */
const WORDS: Readonly<
  Record<string, { readonly allow: string; readonly deny: string; readonly done: string }>
> = {
  AskUserQuestion: { allow: "Answer", deny: "Do not answer", done: "✓ Answered" },
  ExitPlanMode: { allow: "Approve the plan", deny: "Keep planning", done: "✓ Plan approved" },
};

/**
 * Draws a question that came over the comm. Its buttons are dead until they have stood still for half a second; keys act
 * only while the panel has the focus; what may destroy something has no default button.
 *
 * @param send answers; false when there is no kernel to take it.
 */
export function createAskView(ask: Ask, send: (answer: Answer) => boolean): AskView {
  const input = JSON.parse(ask.inputJson) as unknown;
  // Of what is drawn, not of what was promised.
  const hash = sha256(ask.inputJson);
  const { destroys, invisible, command, code } = describeCall(ask.tool, input);
  const isRisky = destroys.length > 0 || invisible.length > 0;
  const form = ask.tool === "AskUserQuestion" ? createQuestionForm(input) : undefined;
  const words = WORDS[ask.tool] ?? { allow: "Allow once", deny: "Deny", done: undefined };
  const reason = element("input", {
    class: "cn-reason",
    attributes: { type: "text", placeholder: "Why not, or what instead", "aria-label": "Reason for Claude" },
  });
  const problem = element("span", { class: "cn-bad", attributes: { role: "status" } });
  let isSent = false;

  const decide = (decision: Decision): void => {
    if (isSent || !guard.isReady()) return;
    const answers = decision === "deny" ? undefined : form?.answers();
    if (form && decision !== "deny" && !answers) {
      problem.textContent = "Each question needs an answer.";
      return;
    }
    const why = reason.value.trim();
    const answer: Answer = {
      ...{ op: "answer", ask: ask.id, hash, decision },
      ...(decision === "deny" && why ? { reason: why } : {}),
      ...(answers ? { answers } : {}),
    };
    isSent = send(answer);
    problem.textContent = isSent ? "" : "The kernel does not answer.";
    for (const each of actions.querySelectorAll("button")) each.disabled = isSent;
  };

  const isDefault = !isRisky && !form;
  const allow = button(words.allow, () => decide("allow"), {
    class: `cn-allow${isDefault ? " cn-default" : ""}${isRisky ? " cn-risky" : ""}`,
  });
  const always = ask.always
    ? [
        button("Always allow", () => decide("always"), { class: "cn-always" }),
        element("code", { class: "cn-rule", text: showOnOneLine(describeUpdates(ask.always)) }),
      ]
    : [];
  const deny = button(words.deny, () => decide("deny"), { class: "cn-deny" });
  const actions = element("div", { class: "cn-actions" }, [
    element("div", { class: "cn-row" }, [allow, ...always]),
    element("div", { class: "cn-row" }, [deny, reason, problem]),
  ]);
  const title = TITLES[ask.tool] ?? `Claude asks to use ${showOnOneLine(ask.tool)}`;
  const panel = element(
    "section",
    {
      class: `cn-approval cn-approval-open${isRisky ? " cn-approval-risky" : ""}`,
      attributes: {
        tabindex: "0",
        role: "group",
        "aria-label": title,
        // JupyterLab's own keys (a: insert a cell, d d: delete it) must not act here.
        "data-lm-suppress-shortcuts": "true",
        "data-ask": ask.id,
      },
    },
    [
      element("div", { class: "cn-approval-title" }, [
        element("b", { class: "cn-name", text: title }),
        ...(ask.agent ? [element("span", { class: "cn-soft", text: "a subagent of Claude" })] : []),
      ]),
      ...(form ? form.elements : askBody(ask, input)),
      actions,
    ],
  );
  const guard = guardActions(actions);

  const keys: Readonly<Record<string, () => void>> = {
    y: () => isDefault && decide("allow"),
    Enter: () => isDefault && decide("allow"),
    a: () => isDefault && ask.always && decide("always"),
    n: () => decide("deny"),
  };
  panel.addEventListener("keydown", (event) => {
    const { key, target, isTrusted, isComposing, repeat, ctrlKey, metaKey, altKey } = event;
    // Enter also ends the writing of a Chinese or Japanese word.
    if (!isTrusted || isComposing || repeat || ctrlKey || metaKey || altKey) return;
    if (target === reason && key === "Enter") decide("deny");
    // Letters are letters in a field, and a button has its own Enter.
    else if (target === panel && Object.hasOwn(keys, key)) {
      event.preventDefault();
      keys[key]!();
    }
  });

  return {
    element: panel,
    decided(outcome, why) {
      guard.stop();
      const isYes = outcome === "allow" || outcome === "always";
      const said = (isYes && words.done) || OUTCOMES[outcome];
      const program = command ?? code;
      const about = program === undefined ? ask.tool : `${ask.tool} ${showOnOneLine(program)}`;
      const line = element("div", { class: "cn-approval-done" }, [
        element("b", { class: isYes ? "cn-ok" : "cn-warn", text: said }),
        " ",
        element("code", { class: "cn-target", text: about.slice(0, 300) }),
        ...(why ? [element("span", { class: "cn-soft", text: ` ${showOnOneLine(why).slice(0, 500)}` })] : []),
      ]);
      panel.className = "cn-approval";
      panel.replaceChildren(line);
    },
  };
}
