/** A kind of Python that front ends send by themselves, to every kernel. */
interface PythonSnippet {
  /** Matches a beginning that cannot be TypeScript's. */
  readonly pattern: RegExp;
  readonly what: string;
}

/** @see https://github.com/microsoft/vscode-jupyter/blob/main/src/kernels/kernel.ts */
const snippets: readonly PythonSnippet[] = [
  {
    pattern: /^%(?:config|matplotlib|load_ext|reload_ext|autoreload|pylab)\b/,
    what: "IPython's settings, from VS Code's `jupyter.runStartupCommands`",
  },
  { pattern: /^\w+[ \t]*=[ \t]*%who(?:_ls)?\b/, what: "the list of variables, for a panel of them" },
  { pattern: /^(?:__vsc_ipynb_file__ = |[^\n"'`/]*\b_VSCODE_\w)/, what: "VS Code's own helpers" },
  { pattern: /^(?:try|(?:def|class) \w.*):[ \t]*(?:#|\r?\n|$)/, what: "blocks" },
  {
    pattern: /^(?:from \w[\w.]* import [\w(*]|import \w[\w.]* as \w+[ \t]*(?:\r?\n|$))/,
    what: "imports under a name",
  },
  {
    // TypeScript's may go on in the next line: with `from`, or after `import type` and the like with what is imported.
    pattern:
      /^import (?!(?:type|defer|source)\b)[a-z_][\w.]*(?:, ?[\w.]+)*[ \t]*(?:\r?\n(?!\s*(?:from\b|[{*,=]))|$)/,
    what: "imports",
  },
];

/** Blank lines and comments, of Python and of TypeScript, before the first line that says something. */
const PREAMBLE = /^(?:\s*(?:#.*|\/\/.*|\/\*[\s\S]*?\*\/))*\s*/;

/**
 * Whether an execute_request is Python that a front end sends on its own: it asks for no entry in the history, which what a
 * user types always has, and begins as no TypeScript does. Further down there may be Python in a text, and in a file that a
 * cell writes.
 */
export function isPythonSnippet(content: Readonly<Record<string, unknown>>): boolean {
  const { code, silent, store_history } = content;
  if (typeof code !== "string" || (silent !== true && store_history !== false)) return false;
  const said = code.replace(PREAMBLE, "");
  return snippets.some(({ pattern }) => pattern.test(said));
}
