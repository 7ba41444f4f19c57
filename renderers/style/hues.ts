/** What a panel is about; each kind has one hue. Colour is never the only sign. */
export type Kind =
  | "think"
  | "execute"
  | "read"
  | "write"
  | "web"
  | "plan"
  | "agent"
  | "mcp"
  | "ask"
  | "tool"
  | "error"
  | "warning"
  | "info";

/** A hue on light and on dark paper, and one between them for hosts that drop our style sheet. All are `#rrggbb`. */
export interface Hue {
  readonly light: string;
  readonly dark: string;
  /** Stands out from white and from black paper. @defaultValue `light` */
  readonly inline?: string | undefined;
}

/** The hues of the kinds. Light and dark ones are text too: at least 4.5 : 1 on their paper (WCAG AA). */
const HUES: Readonly<Record<Kind, Hue>> = {
  think: { light: "#59636e", dark: "#9aa4af", inline: "#7d858e" },
  execute: { light: "#7d5800", dark: "#e3b341", inline: "#b7871a" },
  read: { light: "#0a5cb0", dark: "#6cb6ff", inline: "#2f81d6" },
  write: { light: "#1a6b33", dark: "#57d27b", inline: "#2c974b" },
  web: { light: "#7139b0", dark: "#c297ff", inline: "#9a60d6" },
  plan: { light: "#0a6b66", dark: "#4fd1c5", inline: "#14918a" },
  agent: { light: "#4453c4", dark: "#9aa5ff", inline: "#6675dd" },
  mcp: { light: "#a8215f", dark: "#ff8bc2", inline: "#cf4f8e" },
  ask: { light: "#9a4c00", dark: "#ffa657", inline: "#cc6f1c" },
  tool: { light: "#59636e", dark: "#9aa4af", inline: "#7d858e" },
  error: { light: "#c01f2b", dark: "#ff7b72", inline: "#dc4248" },
  warning: { light: "#7d5800", dark: "#e3b341", inline: "#b7871a" },
  info: { light: "#0a5cb0", dark: "#6cb6ff", inline: "#2f81d6" },
};

export const KINDS = Object.keys(HUES) as readonly Kind[];

const CHOSEN = Symbol.for("claude-notebook.hues");
type Chosen = Partial<Record<Kind, Hue>>;
type Registry = { [CHOSEN]?: Chosen | undefined };

/** Hues that were chosen instead of ours. Global, so that a second copy of the package draws with them too. */
export function chosenHues(): Readonly<Chosen> {
  return (globalThis as Registry)[CHOSEN] ?? {};
}

/** The hue of a kind for the style sheet: the built-in one. */
export function builtInHue(kind: Kind): Hue {
  return HUES[kind];
}

/** The hue of a kind where no style sheet reaches. */
export function inlineHue(kind: Kind): string {
  const chosen = chosenHues()[kind];
  return chosen ? (chosen.inline ?? chosen.light) : HUES[kind].inline!;
}

/**
 * Gives kinds of panel other colours, from now on and in this process; those that are not named go back to ours.
 *
 * @throws TypeError for an unknown kind or a colour that is not `#rrggbb`: colours stand in style sheets of notebooks that
 * others open.
 * @example
 *     setHues({ execute: { light: "#00539c", dark: "#8ec5ff" } });
 */
export function setHues(hues: Readonly<Partial<Record<Kind, Hue>>>): void {
  for (const [kind, hue] of Object.entries(hues)) {
    if (!Object.hasOwn(HUES, kind))
      throw new TypeError(`setHues: there is no kind "${kind}"; the kinds are ${KINDS.join(", ")}.`);
    for (const [name, color] of Object.entries({ inline: "#000000", ...hue })) {
      if (typeof color !== "string" || !/^#[0-9a-f]{6}$/i.test(color))
        throw new TypeError(
          `setHues: ${kind}.${name} must be a colour like "#0a5cb0", not ${String(color)}.`,
        );
    }
  }
  (globalThis as Registry)[CHOSEN] = { ...hues };
}
