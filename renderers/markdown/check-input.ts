import type { MarkdownOptions } from "./markdown.js";

/** The options and what they are; all of them are functions. */
const OPTIONS: Readonly<Record<keyof MarkdownOptions, string>> = {
  headingId: "(text, level) => id",
  resolveImage: "(address) => address or undefined",
};

/** @throws TypeError when `text` is no string; `what` names the function and its argument. */
export function checkText(what: string, text: unknown): asserts text is string {
  if (typeof text === "string") return;
  throw new TypeError(
    `${what} must be a string, not ${describe(text)}. Give it the text itself, e.g. the \`text\` of a block or delta.`,
  );
}

/** @throws TypeError for anything but an object of known options that are functions, or undefined. */
export function checkOptions(name: string, options: unknown): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${name}: the options must be an object like { headingId }, not ${describe(options)}.`,
    );
  }
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(OPTIONS, option)) {
      const known = Object.keys(OPTIONS).join(" and ");
      throw new TypeError(`${name}: there is no option "${option}"; there are ${known}.`);
    }
    if (value === undefined || typeof value === "function") continue;
    const shape = OPTIONS[option as keyof MarkdownOptions];
    throw new TypeError(
      `${name}: the option ${option} must be a function ${shape}, not ${describe(value)}. Leave it out if there is nothing to say.`,
    );
  }
}

/** A value in a few words: `undefined`, `5 (number)`, `"x" (string)`, `an array`, `a Uint8Array`, `an object`. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === "string") return `${JSON.stringify(value.slice(0, 40))} (string)`;
  if (typeof value === "function") return `the function ${value.name || "without a name"}`;
  if (typeof value !== "object") return `${String(value)} (${typeof value})`;
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof name !== "string" || name === "Object") return "an object";
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}
