import { answer } from "../io-kernel.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history */
export const historyRequest = answer((io, { content }) => io.history.search(content));
