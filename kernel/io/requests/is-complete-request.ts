import { answerLater } from "../io-kernel.js";
import { cursorOf } from "./cursor.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#code-completeness */
export const isCompleteRequest = answerLater(async (io, { content }) => ({
  ...(await io.compiler.isComplete(cursorOf(content).code)),
}));
