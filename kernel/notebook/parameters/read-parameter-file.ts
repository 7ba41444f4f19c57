import { readFile } from "node:fs/promises";
import { describeSystemError } from "../../../src/system-error.js";
import { HostError } from "../../host-error.js";

/**
 * Reads parameters from a JSON or YAML file: an object, by name.
 * @throws HostError `parameters-unreadable`.
 */
export async function readParameterFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw unreadable(path, describeSystemError(cause), cause);
  });
  const parsed = await parse(text, path);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw unreadable(path, "it holds no object of names and values");
  }
  return parsed as Record<string, unknown>;
}

async function parse(text: string, path: string): Promise<unknown> {
  try {
    if (/\.ya?ml$/i.test(path)) return (await import("yaml")).parse(text);
    return JSON.parse(text);
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw unreadable(path, reason?.replace(/[.:]$/, "") ?? "", cause);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): HostError {
  return new HostError("parameters-unreadable", `The parameters ${path} cannot be read: ${reason}.`, {
    cause,
  });
}
