/** How a value is given to its name. */
export interface Assignment {
  /** Of a password short and simple values count too; of a token or key only such as nobody made up. */
  readonly isPassword: boolean;
  /** `quoted`: a literal. `bare`: as in YAML, or an expression of some code. `env`: as `env` and `.env` files show it. */
  readonly style: "quoted" | "bare" | "env";
  /** Whether nothing of code follows a bare value, such as a comma or a bracket. */
  readonly isAlone?: boolean;
  /** Whether the name begins a bare value's line. */
  readonly beginsLine?: boolean;
}

/** In characters. */
const SHORTEST = { password: 5, other: 8, env: 6 };

/** Types, states and labels that stand where a secret might. */
const commonWord =
  /^(?:string|str|number|boolean|bool|integer|any|unknown|object|never|void|null|none|nil|undefined|true|false|text|varchar|char|bytes|optional|required|hidden|visible|invalid|missing|expired|incorrect|wrong|correct|changed|reset|forgotten|default|example|sample|enabled|disabled|production|development|staging|testing|local|localhost|public|private|internal|external|username|admin|email|result|results|error|success|failed|failure|redacted|masked|encrypted|hashed|empty|unset|not-set|changeme|placeholder|readonly|function|async|await|return|const|self|this)$/i;

/** A name for a secret rather than a secret: "access_token", inputPassword. */
const speaksOfSecrets =
  /pass|secret|token|(?:^|[^a-z])key|key(?:$|[^a-z])|Key|credential|value|input|param|config|string/i;

/** What stands for a value: variables, placeholders, masks, tags and aliases of YAML. */
const reference =
  /^(?:\$[\w{([]|[{<!&?]|\*[A-Za-z]|@[A-Za-z]+$|:[A-Za-z]|%\w+%?$|[*xX•.#-]+$|your[-_]|my[-_])|\[redacted\]|\.\.\.$|…$/;
const folderOrAddress =
  /^(?:(?:~|\.{1,2})?[\\/][\w.@~-]*(?:[\\/][\w.@~-]*)*|[A-Za-z]:[\\/].*|[a-z][\w+.-]*:\/\/.*)$/i;
const memberOfObject = /^[A-Za-z_$][\w$]*(?:[?!]?\.#?[A-Za-z_$][\w$]*)+[?!]*$/;
const operators = /=>|&&|\|\||\?\?|[<>|]|\(\)/;
const sign = /[!@#$%^&*+=~?]/;

/** Whether a value that is given to the name of a secret is one, and not code, a type, a label or a reference. */
export function looksSecret(value: string, how: Assignment): boolean {
  const { isPassword, style, isAlone = true, beginsLine = false } = how;
  const shortest = isPassword ? SHORTEST.password : style === "env" ? SHORTEST.env : SHORTEST.other;
  if (value.length < shortest || !/[A-Za-z0-9]/.test(value) || /\s/.test(value)) return false;
  if (commonWord.test(value) || reference.test(value)) return false;
  if (looksRandom(value) && !operators.test(value)) return true;
  if (folderOrAddress.test(value) || memberOfObject.test(value)) return false;
  if (style !== "quoted" && operators.test(value)) return false;
  const digits = value.replace(/\D/g, "").length;
  const hasSign = sign.test(value);
  if (digits < 2 && !hasSign && speaksOfSecrets.test(value)) return false;
  if (/^[\d.,:-]+$/.test(value)) return isPassword && isAlone && digits >= 6;
  if (hasSign) return style === "quoted" || isAlone || digits > 0;
  if (style === "quoted" && isPassword) return !/^[A-Z][a-z]+$/.test(value);
  if (style === "env") return true;
  if (isPassword) {
    if (!isAlone) return false;
    return digits > 0 || /^[a-z]+(?:-[a-z]+)+$/.test(value) || (beginsLine && /^[a-z]{6,}$/.test(value));
  }
  // "sha256", "oauth2" and "step-12" are names.
  return isAlone && digits > 0 && /[A-Za-z]/.test(value) && !/^[A-Za-z]+[-_]?\d{1,3}$/.test(value);
}

/** Long, with letters and digits in turn, and no path. */
function looksRandom(value: string): boolean {
  if (value.length < 16 || !/^[\w+/=.~-]+$/.test(value)) return false;
  const changes = value.match(/[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0;
  return changes >= 3 && !/^[/~.]|:\/\//.test(value);
}
