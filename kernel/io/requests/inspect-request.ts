import { inspectionData } from "../inspection-data.js";
import { answerLater } from "../io-kernel.js";
import { toUtf16Offset } from "../text-offsets.js";
import { cursorOf } from "./cursor.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#introspection */
export const inspectRequest = answerLater(async (io, { content }) => {
  const { code, cursor } = cursorOf(content);
  const found = await io.compiler.inspect(code, toUtf16Offset(code, cursor));
  if (!found) return { status: "ok", found: false, data: {}, metadata: {} };
  return { status: "ok", found: true, data: inspectionData(found), metadata: {} };
});
