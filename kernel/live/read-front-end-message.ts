import type { Decision, FrontEndMessage } from "../../renderers/live/live-protocol.js";
import { fieldOf, numberField, stringField } from "../../renderers/panels/read-value.js";

/** Longest reason or answer that a person may give, in characters. */
const MAX_WORDS = 20_000;

const DECISIONS: readonly string[] = ["allow", "always", "deny"];

/** One row for each kind of message: its fields, or undefined when one of them is missing or wrong. */
const READERS: { readonly [Op in FrontEndMessage["op"]]: (data: unknown) => FrontEndMessage | undefined } = {
  sync(data) {
    const id = stringField(data, "id");
    const have = numberField(data, "have");
    return id === undefined || have === undefined ? undefined : { op: "sync", id, have };
  },
  kept(data) {
    const id = stringField(data, "id");
    const seq = numberField(data, "seq");
    return id === undefined || seq === undefined ? undefined : { op: "kept", id, seq };
  },
  stop(data) {
    const id = stringField(data, "id");
    return id === undefined ? undefined : { op: "stop", id };
  },
  seen(data) {
    const ask = stringField(data, "ask");
    return ask === undefined ? undefined : { op: "seen", ask };
  },
  answer(data) {
    const ask = stringField(data, "ask");
    const hash = stringField(data, "hash");
    const decision = stringField(data, "decision") ?? "";
    if (ask === undefined || hash === undefined || !DECISIONS.includes(decision)) return undefined;
    const reason = stringField(data, "reason")?.slice(0, MAX_WORDS);
    const answers = readAnswers(fieldOf(data, "answers"));
    return { op: "answer", ask, hash, decision: decision as Decision, reason, answers };
  },
};

/** Reads what a front end sent; anything else than a message of the protocol is undefined. */
export function readFrontEndMessage(data: unknown): FrontEndMessage | undefined {
  const op = stringField(data, "op") ?? "";
  return Object.hasOwn(READERS, op) ? READERS[op as FrontEndMessage["op"]](data) : undefined;
}

function readAnswers(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const answers = Object.entries(value).filter(([, answer]) => typeof answer === "string");
  return Object.fromEntries(answers.map(([question, answer]) => [question, answer.slice(0, MAX_WORDS)]));
}
