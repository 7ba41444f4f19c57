import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { StreamBatcher } from "./stream-batcher.js";
import type { TextReader } from "./text-ring.js";
import type { FromMain, PostedByMain, StreamName } from "./thread-messages.js";

/** How often the text of a busy main thread is looked for, in ms. */
const LOOK_MS = 25;

export interface MainPortOptions {
  readonly port: MessagePort;
  readonly text: TextReader;
  readonly streams: Pick<StreamBatcher, "write">;
  handle(message: FromMain): void;
}

/**
 * Takes what the main thread says, messages and text, in the order in which it said it.
 *
 * @returns takes all that has been said up to now, for when there is no time to wait, and says whether there was text.
 */
export function listenToMain({ port, text, streams, handle }: MainPortOptions): () => boolean {
  let owner: { readonly parent: string | undefined; readonly name: StreamName } | undefined;
  let isLooking = false;

  const takeText = (position: number): boolean => {
    const taken = text.readTo(position);
    if (taken !== "" && owner) streams.write({ ...owner, text: taken, cost: taken.length });
    return taken !== "";
  };

  const take = ({ message, textBefore }: PostedByMain): void => {
    if (textBefore !== undefined) takeText(textBefore);
    if (message.type === "text") {
      if (!isLooking) setTimeout(look, LOOK_MS);
      isLooking = true;
    } else if (message.type === "stream") owner = message;
    else handle(message);
  };

  const takeAll = (): boolean => {
    const end = text.end();
    // What was said before the end of the text may still lie in the port, and comes first.
    for (;;) {
      const received = receiveMessageOnPort(port) as { message: PostedByMain } | undefined;
      if (!received) break;
      take(received.message);
    }
    return takeText(end);
  };

  const look = (): void => {
    const isBusy = takeAll();
    isLooking = isBusy || !text.sleep();
    if (isLooking) setTimeout(look, LOOK_MS);
  };

  port.on("message", take);
  return takeAll;
}
