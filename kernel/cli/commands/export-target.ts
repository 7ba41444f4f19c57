import { stat } from "node:fs/promises";
import { HostError } from "../../host-error.js";

/**
 * Refuses to write a page over what it is made of, whatever name the file goes by.
 * @param output where the page goes; undefined for a place beside `source`, with another ending.
 * @throws HostError `output-unwritable`.
 */
export async function checkIsOther(source: string, output: string | undefined): Promise<void> {
  if (output === undefined) return;
  const [from, to] = await Promise.all([source, output].map((path) => stat(path).catch(() => undefined)));
  if (!from || !to || from.dev !== to.dev || from.ino !== to.ino) return;
  throw new HostError("output-unwritable", `Cannot write ${output}: it is the file that is exported.`, {
    hints: ["Name another file with `-o`, or leave it out for one that ends with .html"],
  });
}
