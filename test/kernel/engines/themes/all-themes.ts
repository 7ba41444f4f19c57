import type { Theme } from "../scenario.js";
import { completion, inspection, isComplete } from "./assistance.js";
import { badInput } from "./bad-input.js";
import { closures } from "./closures.js";
import { decorators, legacyDecorators } from "./decorators.js";
import { diagnostics } from "./diagnostics.js";
import { jsx, jsxReact } from "./jsx.js";
import { language } from "./language.js";
import { localModules } from "./local-modules.js";
import { merging } from "./merging.js";
import { byDefault, extended, finer, strict, withDom, wrongConfig } from "./options.js";
import { packages } from "./packages.js";
import { redeclaration } from "./redeclaration.js";
import { sessions } from "./sessions.js";
import { topLevelAwait } from "./top-level-await.js";
import { using } from "./using.js";
import { values } from "./values.js";

/** In the order of the page that tells how the engines differ. */
export const themes: readonly Theme[] = [
  values,
  language,
  jsx,
  jsxReact,
  decorators,
  legacyDecorators,
  using,
  topLevelAwait,
  sessions,
  redeclaration,
  closures,
  merging,
  packages,
  localModules,
  byDefault,
  withDom,
  strict,
  finer,
  extended,
  wrongConfig,
  diagnostics,
  completion,
  inspection,
  isComplete,
  badInput,
];
