import { readFile } from "node:fs/promises";
import { describeSystemError } from "../../../src/system-error.js";
import { HostError } from "../../host-error.js";

/** Parameters nest no deeper: they are written into a cell, level by level. */
const MAX_LEVELS = 200;

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
    const value: unknown = /\.ya?ml$/i.test(path) ? (await import("yaml")).parse(text) : JSON.parse(text);
    checkNesting(value, []);
    return value;
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw unreadable(path, reason?.replace(/[.:]$/, "") ?? "", cause);
  }
}

/** An alias of YAML can make a value that holds itself. @throws Error that says so. */
function checkNesting(value: unknown, above: readonly unknown[]): void {
  if (typeof value !== "object" || value === null) return;
  if (above.includes(value)) throw new Error("a value holds itself, by an alias");
  if (above.length >= MAX_LEVELS) throw new Error(`a value nests deeper than ${MAX_LEVELS} levels`);
  for (const inner of Object.values(value)) checkNesting(inner, [...above, value]);
}

function unreadable(path: string, reason: string, cause?: unknown): HostError {
  return new HostError("parameters-unreadable", `The parameters ${path} cannot be read: ${reason}.`, {
    cause,
  });
}
