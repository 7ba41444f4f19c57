import type { QueryOptions } from "../../options/types.js";
import type { TemplateManager } from "../../templates/template-manager.js";

/** What each ready chain can be given. */
export interface ReadyChainOptions {
  /** Most that all steps together may cost, in US dollars. */
  readonly budgetUsd?: number | undefined;
  /** Options of every step: permissions, model, working folder. */
  readonly options?: QueryOptions | undefined;
  /** Where the templates come from; one of yours with the name of a built-in one is used in its place. */
  readonly templates?: TemplateManager | undefined;
  /** Most rounds of its loop. @defaultValue 3 */
  readonly maxRounds?: number | undefined;
}

/** Enough to mend what the first attempt has overlooked; what is not right then needs a person. */
export const MAX_ROUNDS = 3;
