import { isBuiltin } from "node:module";
import { dim } from "../ansi.js";
import type { Diagnostic } from "./engine.js";

/** A common mistake, as the compiler sees it. */
interface MistakeRow {
  readonly code: number;
  readonly message: RegExp;
  /** What to do about it; `match` is that of the message. */
  hint(match: RegExpExecArray): string | undefined;
}

const mistakes: readonly MistakeRow[] = [
  ...[2304, 2552, 2584].map((code) => ({
    code,
    message: /^Cannot find name '(?:document|window|localStorage|alert)'/,
    hint: () => "Cells run in Node, not in a browser: what needs a page can be shown as HTML",
  })),
  {
    code: 2307,
    message: /^Cannot find module '([^']+)'/,
    hint: ([, specifier = ""]) => hintForMissingPackage(specifier),
  },
  {
    code: 7016,
    message: /^Could not find a declaration file for module '([^']+)'/,
    hint: ([, specifier = ""]) => {
      const name = packageName(specifier);
      return name && `${name} has no types of its own. Try \`%npm install ${typesPackage(name)}\``;
    },
  },
  {
    code: 2339,
    message: /on type 'Promise<.*>'/,
    hint: () => "The value is a promise. Did you forget `await`?",
  },
  { code: 2801, message: /./, hint: () => "The value is a promise. Did you forget `await`?" },
  {
    code: 2345,
    message: /^Argument of type 'Promise</,
    hint: () => "The argument is a promise. Did you forget `await`?",
  },
  {
    code: 2322,
    message: /^Type 'Promise<.*>' is not assignable/,
    hint: () => "The value is a promise. Did you forget `await`?",
  },
  {
    code: 2365,
    message: /'Promise<.*>'/,
    hint: () => "One of the operands is a promise. Did you forget `await`?",
  },
  {
    code: 2488,
    message: /AsyncGenerator|AsyncIterable|Query/,
    hint: () => "It can be iterated asynchronously: write `for await (… of …)`",
  },
];

/** What to do about common mistakes; each piece of advice once. */
export function hintsForDiagnostics(diagnostics: readonly Diagnostic[]): string[] {
  const hints = diagnostics.flatMap(({ code, message }) =>
    mistakes.flatMap((row) => {
      const match = row.code === code ? row.message.exec(message) : null;
      return (match && row.hint(match)) ?? [];
    }),
  );
  return [...new Set(hints)];
}

/** Advice on a module that is not there; none for a file or a module of Node. */
export function hintForMissingPackage(specifier: string): string | undefined {
  const name = packageName(specifier);
  return name && `${name} is not installed here. Try \`%npm install ${name}\``;
}

/** The line of a traceback that holds a hint. */
export function formatHint(hint: string): string {
  return `${dim("Hint:")} ${hint}`;
}

function packageName(specifier: string): string | undefined {
  // Neither a path nor a name that tsconfig.json or package.json may give to one, such as `@/x`.
  if (/^[./#~]|^@\/|^[a-z]+:/i.test(specifier) || isBuiltin(specifier)) return undefined;
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** `@scope/name` has its types in `@types/scope__name`. */
function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, "").replace("/", "__")}`;
}
