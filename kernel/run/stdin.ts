import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { FromMain } from "../io/thread-messages.js";
import type { Cell } from "./cell.js";
import type { CellTracker } from "./cell-tracker.js";

/** Questions to the user. */
export interface Stdin {
  /** Asks for a line; other code goes on meanwhile. Questions are put one after the other. */
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
  let waiting: ((answer: string) => void) | undefined;
  answers.on("message", (answer: string) => waiting?.(answer));

  const ask = (prompt: string, password: boolean): Cell => {
    const cell = cells.current();
    if (!cell?.running) throw new Error("Only a running cell can ask for input.");
    if (!cell.allowStdin) {
      throw new Error(
        "This front end cannot ask for input (allow_stdin is false): give the value in the code.",
      );
    }
    post({ type: "input", id: cell.id, prompt, password });
    return cell;
  };

  const inputInTurn = async (prompt: string, password: boolean): Promise<string> => {
    const cell = ask(prompt, password);
    try {
      return await cell.orInterrupted(
        new Promise<string>((resolve) => {
          waiting = resolve;
        }),
      );
    } finally {
      waiting = undefined;
    }
  };

  return {
    input(prompt = "", { password = false } = {}) {
      const answer = turn.then(() => inputInTurn(String(prompt), password));
      turn = answer.catch(() => {});
      return answer;
    },
    prompt(message = "") {
      if (waiting) throw new Error("An input() is waiting for its answer: await it before prompt().");
      ask(String(message), false);
      for (;;) {
        const received = receiveMessageOnPort(answers) as { message: string } | undefined;
        if (received) return received.message;
        Atomics.wait(sleeper, 0, 0, POLL_MS);
      }
    },
  };
}
