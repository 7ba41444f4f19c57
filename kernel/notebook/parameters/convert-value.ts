import * as z from "zod";
import type { ParameterType } from "./parameter-type.js";

/** What a conversion gives for a value that is none of the type. */
export const NO_VALUE = Symbol("no value");

/** A parameter as text, from a command line, or as a value, from a file or a program. */
export type ParameterInput =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "value"; readonly value: unknown };

type Convert<T extends ParameterType["type"]> = (
  input: ParameterInput,
  type: Extract<ParameterType, { type: T }>,
) => unknown;

/** @returns the value that the declaration is to have, or {@link NO_VALUE}. */
export function convertValue(input: ParameterInput, type: ParameterType): unknown {
  return (conversions[type.type] as Convert<ParameterType["type"]>)(input, type);
}

/** `12`, `-1.5e3` and `.5`; not `0x10`, `1_000`, `Infinity` or nothing. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Of ISO 8601 what `new Date(…)` reads alike everywhere; of other text it makes what it can: 2001-05-01 of "hello 5". */
const isoDate = z.union([
  z.iso.date(),
  z.iso.datetime({ offset: true, local: true }),
  // Without seconds.
  z.iso.datetime({ offset: true, local: true, precision: -1 }),
  z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/),
]);

/** Whether a whole number is too large for a `number` to hold its last digits. */
export function losesDigits({ type, ...input }: ParameterInput): boolean {
  const given = "text" in input ? input.text.trim() : input.value;
  const digits = typeof given === "string" || typeof given === "number" ? String(given) : "";
  return /^[+-]?\d+$/.test(digits) && !Number.isSafeInteger(Number(given));
}

const conversions: { readonly [T in ParameterType["type"]]: Convert<T> } = {
  any: (input) => {
    if (input.type === "value") return input.value;
    if (losesDigits(input)) return NO_VALUE;
    const parsed = parseJson(input.text);
    return parsed === NO_VALUE ? input.text : parsed;
  },
  string: (input) => (input.type === "text" ? input.text : orNone(input.value, "string")),
  number: (input) => {
    const number =
      input.type === "value" ? input.value : NUMBER.test(input.text.trim()) ? Number(input.text) : NaN;
    return Number.isFinite(number) && !losesDigits(input) ? number : NO_VALUE;
  },
  boolean: (input) => orNone(input.type === "text" ? parseJson(input.text) : input.value, "boolean"),
  bigint: (input) => {
    const value = input.type === "text" ? input.text.trim().replace(/n$/, "") : input.value;
    if (typeof value === "bigint") return value;
    return Number.isSafeInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value))
      ? BigInt(value as string | number)
      : NO_VALUE;
  },
  date: (input) => {
    const value = input.type === "text" ? input.text : input.value;
    if (!(value instanceof Date) && !isoDate.safeParse(value).success) return NO_VALUE;
    const date = new Date(value as Date | string);
    return Number.isNaN(date.getTime()) ? NO_VALUE : date;
  },
  null: (input) => ((input.type === "text" ? parseJson(input.text) : input.value) === null ? null : NO_VALUE),
  undefined: (input) =>
    (input.type === "text" ? input.text === "undefined" : input.value === null || input.value === undefined)
      ? undefined
      : NO_VALUE,
  literal: (input, { value }) => {
    if (input.type === "value") return input.value === value ? value : NO_VALUE;
    return input.text === String(value) ? value : NO_VALUE;
  },
  union: (input, { members }) => {
    for (const type of membersInOrder(members)) {
      const value = convertValue(input, type);
      if (value !== NO_VALUE) return value;
    }
    return NO_VALUE;
  },
  array: (input, { items }) => {
    const list = input.type === "text" ? parseJson(input.text) : input.value;
    if (!Array.isArray(list)) return NO_VALUE;
    const values = list.map((value) => convertValue({ type: "value", value }, items));
    return values.includes(NO_VALUE) ? NO_VALUE : values;
  },
  object: (input, { fields }) => {
    const object = input.type === "text" ? parseJson(input.text) : input.value;
    if (typeof object !== "object" || object === null || Array.isArray(object)) return NO_VALUE;
    const entries = Object.entries(object).map(([key, value]) => {
      const type = fields.get(key);
      return [key, type === undefined ? value : convertValue({ type: "value", value }, type)] as const;
    });
    return entries.some(([, value]) => value === NO_VALUE) ? NO_VALUE : Object.fromEntries(entries);
  },
};

/** What may be meant in several ways is what leaves least over: of `string | number`, `5` is a number. */
const LAST: readonly ParameterType["type"][] = ["date", "string", "any"];

function membersInOrder(members: readonly ParameterType[]): readonly ParameterType[] {
  const rank = ({ type }: ParameterType): number => LAST.indexOf(type);
  return [...members].sort((a, b) => rank(a) - rank(b));
}

function orNone(value: unknown, type: "string" | "boolean"): unknown {
  return typeof value === type ? value : NO_VALUE;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NO_VALUE;
  }
}
