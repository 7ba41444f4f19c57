import type { Incoming } from "./wire.js";

/** A request, and the socket its reply goes to. */
export interface Request extends Incoming {
  readonly channel: "shell" | "control";
}
