/** A kind of Python that front ends send by themselves, to every kernel. */
interface PythonSnippet {
  /** Matches what cannot be TypeScript. */
  readonly pattern: RegExp;
  readonly what: string;
}

/** @see https://github.com/microsoft/vscode-jupyter/blob/main/src/kernels/kernel.ts */
const snippets: readonly PythonSnippet[] = [
  {
    pattern: /^%(?:config|matplotlib|load_ext|reload_ext|autoreload|pylab)\b/m,
    what: "IPython's settings, from VS Code's `jupyter.runStartupCommands`",
  },
  { pattern: /=[ \t]*%who(?:_ls)?\b/, what: "the list of variables, for a panel of them" },
  { pattern: /^__vsc_ipynb_file__ = |\b_VSCODE_\w/m, what: "VS Code's own helpers" },
  { pattern: /^try:[ \t]*$|^[ \t]*except\b.*:[ \t]*$|^def \w+\(.*:[ \t]*$/m, what: "blocks" },
  { pattern: /^from \w[\w.]* import \w|^import \w[\w.]* as \w+[ \t]*$/m, what: "imports under a name" },
  { pattern: /^import [a-z_]\w*(?:, ?\w+)*[ \t]*(?:\r?\n(?!\s*from\b)|$)/, what: "imports" },
];

/**
 * Whether an execute_request is Python that a front end sends on its own: it asks for no entry in the history, which what a
 * user types always has, and is no TypeScript.
 */
export function isPythonSnippet(content: Readonly<Record<string, unknown>>): boolean {
  const { code, silent, store_history } = content;
  if (typeof code !== "string" || (silent !== true && store_history !== false)) return false;
  return snippets.some(({ pattern }) => pattern.test(code));
}
