import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Answer, FromMain } from "../io/thread-messages.js";
import type { Cell } from "./cell.js";
import type { CellTracker } from "./cell-tracker.js";

/** Questions to the user. */
export interface Stdin {
  /**
   * Asks for a line; other code goes on meanwhile. Questions are put one after the other. One that has no answer when its cell
   * ends is given up.
   */
  input(prompt?: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Asks for a line and blocks until it comes; an interrupt ends the wait. */
  prompt(message?: string): string;
}

/** How long `prompt` sleeps before it looks for the answer again, in ms; between two sleeps an interrupt can end it. */
const POLL_MS = 10;

/** @param answers the port on which the I/O thread passes on what the user typed. */
export function createStdin(
  answers: MessagePort,
  post: (message: FromMain) => void,
  cells: CellTracker,
): Stdin {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let turn: Promise<unknown> = Promise.resolve();
  let questions = 0;
  let waiting: { readonly question: number; take(answer: string): void } | undefined;
  answers.on("message", ({ question, value }: Answer) => {
    if (waiting?.question === question) waiting.take(value);
  });

  const askingCell = (): Cell => {
    const cell = cells.current();
    if (!cell?.running) throw new Error("Only a running cell can ask for input.");
    if (!cell.allowStdin) {
      throw new Error(
        "This front end cannot ask for input (allow_stdin is false): give the value in the code.",
      );
    }
    return cell;
  };

  const ask = (cell: Cell, prompt: string, password: boolean): number => {
    const question = ++questions;
    post({ type: "input", id: cell.id, question, prompt, password });
    return question;
  };

  const inputInTurn = async (cell: Cell, prompt: string, password: boolean): Promise<string> => {
    if (!cell.running) throw new UnansweredError(prompt);
    const question = ask(cell, prompt, password);
    const answered = new Promise<string>((take, giveUp) => {
      waiting = { question, take };
      cell.onEnd(() => giveUp(new UnansweredError(prompt)));
    });
    try {
      return await cell.orInterrupted(answered);
    } finally {
      if (waiting?.question === question) waiting = undefined;
    }
  };

  return {
    input(prompt = "", { password = false } = {}) {
      const asked = (async () => askingCell())();
      const answer = turn.then(async () => inputInTurn(await asked, String(prompt), password));
      turn = Promise.allSettled([asked, answer]);
      return answer;
    },
    prompt(message = "") {
      if (waiting) throw new Error("An input() is waiting for its answer: await it before prompt().");
      const question = ask(askingCell(), String(message), false);
      for (;;) {
        const received = receiveMessageOnPort(answers) as { readonly message: Answer } | undefined;
        if (received?.message.question === question) return received.message.value;
        if (!received) Atomics.wait(sleeper, 0, 0, POLL_MS);
      }
    },
  };
}

/** Its cell ended before the user had answered. */
class UnansweredError extends Error {
  constructor(prompt: string) {
    super(
      `The cell ended before input(${JSON.stringify(prompt)}) was answered: await the answer in the cell.`,
    );
  }
}
