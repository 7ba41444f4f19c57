import { z } from "zod";
import type { ToolShape } from "../tool.js";
import type { ToolInfo } from "./tool-definition.js";

/** Which tools to find; all conditions must hold. */
export interface ToolQuery {
  /** Words in names, descriptions, tags and parameters; a tool must have all of them. */
  readonly text?: string | undefined;
  /** Tags that a tool must have. */
  readonly tags?: readonly string[] | undefined;
  /** By the form of the input: names of parameters that a tool takes, or an input that it accepts. */
  readonly schema?: { readonly takes?: readonly string[]; readonly accepts?: unknown } | undefined;
  readonly enabled?: boolean | undefined;
  /** Also older versions. */
  readonly allVersions?: boolean | undefined;
}

interface Candidate {
  readonly info: ToolInfo;
  readonly input: ToolShape;
}

/** Where a word stands counts: by name, tag, description, parameter. */
const weights = [8, 4, 2, 1] as const;

/** The tools that fit; those that fit the text best first, then by name. */
export function findTools(candidates: readonly Candidate[], query: ToolQuery): readonly ToolInfo[] {
  const words = (query.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return candidates
    .filter(({ info, input }) => fits(info, input, query))
    .map(({ info, input }) => ({ info, score: scoreOf(info, input, words) }))
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => b.score! - a.score! || a.info.name.localeCompare(b.info.name))
    .map(({ info }) => info);
}

function fits(info: ToolInfo, input: ToolShape, { tags = [], schema, enabled }: ToolQuery): boolean {
  if (enabled !== undefined && info.enabled !== enabled) return false;
  if (!tags.every((tag) => info.tags.includes(tag))) return false;
  if (!(schema?.takes ?? []).every((name) => Object.hasOwn(input, name))) return false;
  return schema?.accepts === undefined || z.strictObject(input).safeParse(schema.accepts).success;
}

function scoreOf(info: ToolInfo, input: ToolShape, words: readonly string[]): number | undefined {
  const places = [info.name, info.tags.join(" "), info.description, Object.keys(input).join(" ")];
  let score = 0;
  for (const word of words) {
    const place = places.findIndex((text) => text.toLowerCase().includes(word));
    if (place === -1) return undefined;
    score += weights[place]!;
  }
  return score;
}
