import { homeFolders, homeRules } from "../../src/recording/places.js";
import { isSecretField } from "../../src/redact/assigned-secrets.js";
import { REDACTED, secretRules } from "../../src/redact/redact-secrets.js";
import {
  ATTRIBUTES,
  type Markup,
  PLAIN,
  replaceAsShown,
  TERMINAL,
} from "../../src/redact/replace-as-shown.js";
import type { ReplaceRule, Span } from "../../src/redact/spans.js";
import type { RedactionReport } from "./redaction-report.js";

/** Takes secrets and home folders out of what is to be handed on, and keeps count. */
export interface Redactor {
  /**
   * @param place where the text stands, for the report: "cell 3"
   * @param markup what else it may hold than a terminal's colours. @defaultValue PLAIN
   */
  text(text: string, place: string, markup?: Markup): string;
  /** Texts in a JSON value, and values of fields that hold a secret by their name; what nests too deep becomes a text that says so. */
  json(value: unknown, place: string, markup?: Markup): unknown;
  /** Lines of one text, also where something stands across them. */
  lines(lines: readonly string[], place: string): string[];
  report(): RedactionReport;
}

export interface RedactorOptions {
  /** Values of variables with telling names are secrets too. @defaultValue process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Home folders stay in: a program would not find its files without. @defaultValue false */
  readonly keepsHomes?: boolean | undefined;
}

const HOME_PATH = "home path";

/** Home folders of other people and machines: a notebook may come from there. */
const otherHomes: readonly ReplaceRule[] = [
  /(?<=^|[^\w./~-]|\\[nrtbf]|\bfile:\/\/)\/(?:home|Users)\/(?!Shared\b)[\w.@-]*\w/g,
  /(?<=^|[^\w./~-]|\\[nrtbf]|\bfile:\/\/)\/root(?=\/)/g,
  /\b[A-Za-z]:(?:\\{1,4}|\/)Users(?:\\{1,4}|\/)(?!Public\b)[\w.@-]*\w/g,
  // How Claude Code names the folder of a project's transcripts: -home-ann-shop.
  /(?<=\.claude[\\/]projects[\\/])-(?:home|Users)-[A-Za-z0-9]+/g,
].map((pattern) => ({ pattern, replacement: "~", name: HOME_PATH }));

/** Longest text that is remembered to hold nothing, in characters: results of tools stand in a conversation twice. */
const MAX_REMEMBERED = 50_000;

/**
 * How a text is read, one after the other. As it stands comes last: of a key that a tag splits, it would take the first half
 * alone. It is needed all the same: what is in a tag is not shown, and may be an address with a password.
 */
function readingsOf(markup: Markup): readonly Markup[] {
  return markup === PLAIN ? [TERMINAL, PLAIN] : [markup, ATTRIBUTES, TERMINAL, PLAIN];
}

/** Without a mark, a text reads as it stands. */
function isRead(text: string, reading: Markup): boolean {
  return reading === PLAIN || text.search(reading.pattern) !== -1;
}

/** JSON nested deeper is left out: what reads or draws it afterwards calls itself for each level. */
const MAX_JSON_LEVELS = 200;
const TOO_DEEP = "[too deep]";

/** Creates what counts for one export. */
export function createRedactor({ env = process.env, keepsHomes = false }: RedactorOptions = {}): Redactor {
  const { paths, slugs } = homeRules(homeFolders(env));
  const ownHomes = [...paths, ...slugs].map((rule) => ({ ...rule, name: HOME_PATH }));
  const rules = [...secretRules(env), ...(keepsHomes ? [] : [...ownHomes, ...otherHomes])];
  const secrets = new Set<string>();
  const places = new Set<string>();
  let homePaths = 0;

  const note = (place: string, name: string | undefined, found: string): void => {
    if (name === HOME_PATH) {
      homePaths++;
      return;
    }
    secrets.add(found);
    places.add(`${place}: ${name ?? "secret"}`);
  };
  const clean = new Map<Markup, Set<string>>();
  const text: Redactor["text"] = (source, place, markup = PLAIN) => {
    const known = clean.get(markup) ?? new Set();
    clean.set(markup, known);
    if (known.has(source)) return source;
    const told = (span: Span, found: string): void => note(place, span.name, found);
    const result = readingsOf(markup).reduce(
      (read, reading) => (isRead(read, reading) ? replaceAsShown(read, rules, reading, told) : read),
      source,
    );
    if (result === source && source.length <= MAX_REMEMBERED) known.add(source);
    return result;
  };
  const json = (value: unknown, place: string, markup: Markup, field: string, level = 0): unknown => {
    if (typeof value === "string") {
      if (!isSecretField(field, value)) return text(value, place, markup);
      note(place, `value of "${field}"`, value);
      return REDACTED;
    }
    if (typeof value !== "object" || value === null) return value;
    if (level >= MAX_JSON_LEVELS) return TOO_DEEP;
    if (Array.isArray(value)) return value.map((item) => json(item, place, markup, field, level + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        text(name, place),
        json(inner, place, markup, name, level + 1),
      ]),
    );
  };
  return {
    text,
    json: (value, place, markup = PLAIN) => json(value, place, markup, ""),
    lines(lines, place) {
      const ended = lines.map((line) => `${line}\n`);
      const whole = text(ended.join(""), place);
      return whole === ended.join("") ? [...lines] : whole.replace(/\n$/, "").split("\n");
    },
    report: () => ({ secrets: secrets.size, places: [...places], homePaths }),
  };
}
