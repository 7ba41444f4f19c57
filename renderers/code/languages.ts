import hljs from "highlight.js/lib/common";
import cmake from "highlight.js/lib/languages/cmake";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import elixir from "highlight.js/lib/languages/elixir";
import haskell from "highlight.js/lib/languages/haskell";
import julia from "highlight.js/lib/languages/julia";
import powershell from "highlight.js/lib/languages/powershell";
import protobuf from "highlight.js/lib/languages/protobuf";
import scala from "highlight.js/lib/languages/scala";
import { mermaid } from "./mermaid.js";

/** highlight.js of our own, so that a page's or cell's registrations do not change our output. */
const highlighter = hljs.newInstance();
for (const name of hljs.listLanguages())
  highlighter.registerLanguage(name, hljs.getLanguage(name)!.rawDefinition!);
const more = { cmake, dockerfile, elixir, haskell, julia, mermaid, powershell, protobuf, scala };
for (const [name, definition] of Object.entries(more)) highlighter.registerLanguage(name, definition);
highlighter.registerAliases(["mts", "cts"], { languageName: "typescript" });
highlighter.registerAliases(["ipynb", "jsonl", "webmanifest"], { languageName: "json" });
highlighter.registerAliases(["console"], { languageName: "shell" });

export { highlighter };

/** Another one, which knows no language yet. */
export const createHighlighter = (): typeof highlighter => hljs.newInstance();

/** Names of files that tell their language without an extension. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  dockerfile: "dockerfile",
  makefile: "makefile",
  "cmakelists.txt": "cmake",
  gemfile: "ruby",
  rakefile: "ruby",
  ".bashrc": "bash",
  ".zshrc": "bash",
  ".profile": "bash",
  ".env": "ini",
  ".gitconfig": "ini",
  ".editorconfig": "ini",
};

/** The language of a file by its name, as highlight.js calls it; undefined when unknown. */
export function languageOfFile(path: string): string | undefined {
  const name = (path.split(/[\\/]/).at(-1) ?? "").toLowerCase();
  if (Object.hasOwn(FILE_NAMES, name)) return FILE_NAMES[name];
  const dot = name.lastIndexOf(".");
  return dot > 0 ? knownLanguage(name.slice(dot + 1)) : undefined;
}

/** The name as given when highlight.js knows it as a language or an alias of one; else undefined. */
export function knownLanguage(name: string): string | undefined {
  return /^[\w+#.-]{1,32}$/.test(name) && highlighter.getLanguage(name) ? name.toLowerCase() : undefined;
}
