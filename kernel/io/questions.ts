import { log } from "../log.js";
import type { Channels } from "./channels.js";
import type { Request } from "./request.js";
import type { Answer, Ask } from "./thread-messages.js";
import type { Incoming } from "./wire.js";

/** Questions of cells to their clients. */
export interface Questions {
  ask(request: Request, question: Ask): void;
  /** The answer that a message brings; undefined when it answers no question that is open. */
  take(reply: Incoming): Answer | undefined;
}

/**
 * Matches answers to questions: an answer that comes when its question has been given up, a password perhaps, must not go to
 * the next one. One question is open at a time.
 */
export function createQuestions(channels: Pick<Channels, "askInput">): Questions {
  let open: { readonly id: string; readonly request: Request; readonly question: number } | undefined;

  /** JupyterLab names the question as the parent, others the cell; jupyter_client names none. */
  const answersOpen = ({ header, parent }: Incoming): boolean => {
    if (!open) return false;
    const { id, request } = open;
    if (parent.msg_id !== undefined) return parent.msg_id === id || parent.msg_id === request.header.msg_id;
    return header.session === request.header.session;
  };

  return {
    ask(request, { question, prompt, password }) {
      open = { id: channels.askInput(request, { prompt, password }), request, question };
    },
    take(reply) {
      if (!open || !answersOpen(reply)) {
        log("Dropped an input_reply to a question that is not open.");
        return undefined;
      }
      const { question } = open;
      open = undefined;
      return { question, value: String(reply.content.value ?? "") };
    },
  };
}
