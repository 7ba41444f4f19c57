import type { LanguageFn } from "highlight.js";
import { highlightCode, type Run } from "./highlight-code.js";
import { createHighlighter, highlighter, knownLanguage } from "./languages.js";
import { pygmentsClass } from "./scope-classes.js";

/** Colours code line by line as it is written, each complete line once. */
export interface LineHighlighter {
  /** Colours complete lines, from where the last call ended. */
  take(lines: string): Run[];
  /** Colours a line that is still being written; the next call starts where this one did. */
  peek(line: string): Run[];
}

/** A mode of a compiled grammar, as far as resuming needs it. */
interface Mode {
  readonly parent?: Mode;
  data?: Record<string, unknown>;
}

interface Result {
  readonly _top?: Mode;
  readonly _emitter: RunEmitter;
  readonly errorRaised?: Error;
}

/** Scopes that are open when a run of the highlighter begins; taken by the first emitter of the run, not by embedded ones. */
let openAtStart: string[] | undefined;

/** The receiver that highlight.js writes to (`__emitter`): collects runs, and knows which scopes are open at the end. */
class RunEmitter {
  readonly open: string[];
  readonly runs: Run[] = [];

  constructor() {
    this.open = openAtStart ?? [];
    openAtStart = undefined;
  }
  addText(text: string): void {
    const scope = this.open.at(-1);
    if (text !== "") this.runs.push({ text, className: scope ? pygmentsClass(scope) : "" });
  }
  startScope(scope: string): void {
    this.open.push(scope);
  }
  openNode(scope: string): void {
    this.open.push(scope);
  }
  endScope(): void {
    this.open.pop();
  }
  closeNode(): void {
    this.open.pop();
  }
  __addSublanguage(emitter: RunEmitter): void {
    this.runs.push(...emitter.runs);
  }
  finalize(): void {}
  toHTML(): string {
    return "";
  }
}

const resumable = createHighlighter();
for (const name of highlighter.listLanguages()) {
  resumable.registerLanguage(name, highlighter.getLanguage(name)!.rawDefinition!);
}
resumable.configure({ __emitter: RunEmitter as never });

const RESUMED = "claude-notebook-resumed";

/** Names a grammar that starts in the middle of another. */
const IS_RESUMED = Symbol("resumed");

/** Grammars whose colours depend much on later lines: half of the prefixes of YAML would be coloured otherwise than in the end. */
const LOOKS_AHEAD = new Set(["yaml", "yml"]);

/**
 * A highlighter for code in `language` that grows; undefined when the language has none.
 *
 * highlight.js 11 has no public way to go on from a state. A result names the mode it ended in (`_top`): a grammar that
 * inherits from that mode goes on there. These are internals, so the exact version is pinned and {@link canResume} tries them.
 */
export function createLineHighlighter(language: string): LineHighlighter | undefined {
  const known = knownLanguage(language);
  return known && !LOOKS_AHEAD.has(known) && canResume() ? createResuming(known) : undefined;
}

function createResuming(language: string): LineHighlighter {
  let top: Mode | undefined;
  let open: string[] = [];
  let data: [Mode, Record<string, unknown>][] = [];
  let hasFailed = false;

  const run = (text: string, keep: boolean): Run[] => {
    if (hasFailed) return [{ text, className: "" }];
    for (const [mode, saved] of data) mode.data = { ...saved };
    if (top) resumable.registerLanguage(RESUMED, resumedGrammar(top, language));
    openAtStart = [...open];
    const options = { language: top ? RESUMED : language, ignoreIllegals: true };
    const result = resumable.highlight(text, options) as unknown as Result;
    const { runs } = result._emitter;
    if (result.errorRaised || !result._top || runs.map((r) => r.text).join("") !== text) {
      hasFailed = true;
      return [{ text, className: "" }];
    }
    if (keep) {
      top = grammarMode(result._top);
      open = [...result._emitter.open];
      data = modeData(top);
    }
    return runs;
  };
  return { take: (lines) => run(lines, true), peek: (line) => run(line, false) };
}

/** A grammar whose start is the mode `top`: it inherits the compiled mode, and what highlight.js writes on it stays on it. */
function resumedGrammar(top: Mode, language: string): LanguageFn {
  const base = resumable.getLanguage(language)! as unknown as Record<string, unknown>;
  const writable = (value: unknown): PropertyDescriptor => ({ value, writable: true });
  const grammar = Object.create(top, {
    [IS_RESUMED]: { value: true },
    name: writable(RESUMED),
    aliases: writable(undefined),
    rawDefinition: writable(undefined),
    compilerExtensions: writable([]),
    classNameAliases: writable(base.classNameAliases),
    case_insensitive: writable(base.case_insensitive),
    __emitTokens: writable(undefined),
  });
  return () => grammar;
}

/** The grammar's own mode under the {@link resumedGrammar} that a run began with; else chains would grow by one each run. */
function grammarMode(mode: Mode): Mode {
  let own = mode;
  while (Object.hasOwn(own, IS_RESUMED)) own = Object.getPrototypeOf(own) as Mode;
  return own;
}

/** What the open modes remember, such as the word that ends a heredoc. */
function modeData(top: Mode): [Mode, Record<string, unknown>][] {
  const found: [Mode, Record<string, unknown>][] = [];
  for (let mode: Mode | undefined = top; mode; mode = mode.parent) {
    if (mode.data) found.push([mode, { ...mode.data }]);
  }
  return found;
}

let isResumable: boolean | undefined;

/** Tries once whether code coloured line by line comes out as in one piece: an open comment, string and heredoc. */
function canResume(): boolean {
  isResumable ??= [
    ["typescript", "const a = `x\n y\n`; /* c\n d */ let e = 1\n"],
    ["python", 'def f():\n  """doc\n  more"""\n  return 1\n'],
    ["bash", "cat <<'END'\nhello $x\nEND\necho 1\n"],
  ].every(([language, code]) => resumesLike(language!, code!));
  return isResumable;
}

function resumesLike(language: string, code: string): boolean {
  try {
    const lines = createResuming(language);
    const runs = code.split(/(?<=\n)/).flatMap((line) => lines.take(line));
    return colours(runs) === colours(highlightCode(code, language));
  } catch {
    return false;
  }
}

/** The class of each character that can be seen. */
function colours(runs: readonly Run[]): string {
  return runs.flatMap((run) => [...run.text.replace(/\s/g, "")].map((c) => `${c}${run.className}`)).join(" ");
}
