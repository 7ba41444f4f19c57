import type { SystemMessage } from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import { answeredNotice, givenUpNotice, retryNotice } from "./notices.js";
import type { PartList, PartNode } from "./part-list.js";

/** The CLI asks the API again after an error: one notice for all its tries, which says in the end what came of them. */
export interface Retries {
  /** Takes `api_retry`. */
  apply(message: SystemMessage): void;
  /** Claude said something, or the turn ended. */
  end(state: "done" | "failed"): void;
}

/** @param now the time in milliseconds since 1970, asked for messages that come live. */
export function createRetries(root: PartList, nextId: () => string, now: () => number): Retries {
  let node: PartNode | undefined;
  let last: SystemMessage | undefined;
  return {
    apply(message) {
      const isLive = originOf(message)?.query.replayed === false;
      const notice = retryNotice(message, isLive ? now() : undefined);
      last = message;
      if (node) node.change(notice);
      else node = root.add({ id: nextId(), type: "notice", state: "running", ...notice });
    },
    end(state) {
      if (node && last)
        node.change({ ...(state === "done" ? answeredNotice(last) : givenUpNotice(last)), state });
      node = undefined;
    },
  };
}
