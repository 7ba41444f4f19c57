import { INSERTED } from "../../claude/interpolate.js";
import { readClaudeCell } from "../../claude/run-claude-cell.js";
import { MagicError } from "../../magics/magic.js";

/** TypeScript that does what a magic does; undefined where a script has nothing like it. A value has no semicolon behind it. */
type ToCode = (args: string) => string | undefined;

const LINE_MAGICS: Readonly<Record<string, ToCode>> = {
  cd: (args) => (/^[^-~$`]/.test(args) ? `process.chdir(${JSON.stringify(args)});` : undefined),
  env: (args) => {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/.exec(args) ?? [];
    if (name === undefined) return undefined;
    return value === undefined ? `process.env.${name}` : `process.env.${name} = ${JSON.stringify(value)};`;
  },
  pwd: () => "process.cwd()",
  time: (args) => args.trimEnd().replace(/;$/, "") || undefined,
};

/** The code for `%name args`. */
export function lineMagicCode(name: string, args: string): string | undefined {
  return Object.hasOwn(LINE_MAGICS, name) ? LINE_MAGICS[name]!(args) : undefined;
}

/** The name of the function that writes a value into a prompt; `notebook-script.ts` puts it at the top. */
export const INSERT = "inserted";

/** The code for a cell that begins with `%%name args`. @param isDeclared whether a cell declares such a name */
export function cellMagicCode(
  name: string,
  args: string,
  body: string,
  isDeclared: (name: string) => boolean,
): string | undefined {
  if (name === "time") return body;
  return name === "claude" ? claudeCode(args, body, isDeclared) : undefined;
}

function claudeCode(args: string, body: string, isDeclared: (name: string) => boolean): string | undefined {
  try {
    const { options, output } = readClaudeCell(args);
    const more = Object.keys(options).length === 0 ? "" : `, ${JSON.stringify(options)}`;
    const call = `await claude(${promptCode(body.trim(), isDeclared)}${more});`;
    return output === undefined ? call : `const ${output} = ${call}`;
  } catch (error) {
    if (error instanceof MagicError) return undefined;
    throw error;
  }
}

/** The prompt as a template: `{name}` inserts a value, `{{name}}` is the text itself. */
function promptCode(prompt: string, isDeclared: (name: string) => boolean): string {
  const pieces: string[] = [];
  let at = 0;
  for (const match of prompt.matchAll(INSERTED)) {
    const [whole, before, path = "", after] = match;
    const isText = before !== "" && after !== "";
    if (!isText && !isDeclared(/^[^.[]+/.exec(path)![0])) continue;
    pieces.push(templateText(prompt.slice(at, match.index)));
    pieces.push(isText ? templateText(whole.slice(1, -1)) : `${before}\${${INSERT}(${path})}${after}`);
    at = match.index + whole.length;
  }
  pieces.push(templateText(prompt.slice(at)));
  return `\`${pieces.join("")}\``;
}

function templateText(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, "\\$&");
}
