import { z } from "zod";

/** How often, and after which pauses, a turn that failed is run again. */
export interface RetryOptions {
  /** How many times it is run again. @defaultValue 3 */
  readonly retries?: number | undefined;
  /** Pause before the first retry, in milliseconds. @defaultValue 1000 */
  readonly minDelayMs?: number | undefined;
  /** Longest pause, in milliseconds. @defaultValue 30000 */
  readonly maxDelayMs?: number | undefined;
  /** By how much each pause is longer than the one before. @defaultValue 2 */
  readonly factor?: number | undefined;
  /** Makes each pause longer by a random share (up to as much again), so that many turns do not return at once. @defaultValue true */
  readonly jitter?: boolean | undefined;
}

/** {@link RetryOptions} with nothing left out. */
export type RetryPlan = { readonly [Name in keyof RetryOptions]-?: NonNullable<RetryOptions[Name]> };

/** The options with their defaults: waits of 1, 2 and 4 s, each up to doubled by jitter, outlast a short overload. */
export const retryDefaults = {
  retries: 3,
  minDelayMs: 1_000,
  maxDelayMs: 30_000,
  factor: 2,
  jitter: true,
} as const satisfies RetryPlan;

/** What the option `retry` may be: true for the defaults, a number of retries, or all of it. */
export const retrySchema = z.union([
  z.boolean(),
  z.int().min(0).max(100),
  z.strictObject({
    retries: z.int().min(0).max(100).optional(),
    minDelayMs: z.number().min(0).optional(),
    maxDelayMs: z.number().min(0).optional(),
    factor: z.number().min(1).optional(),
    jitter: z.boolean().optional(),
  }),
]);

/** The numbers behind the option `retry`, or undefined when a turn is not to be retried. */
export function resolveRetry(given: boolean | number | RetryOptions | undefined): RetryPlan | undefined {
  if (given === undefined || given === false || given === 0) return undefined;
  if (given === true) return retryDefaults;
  if (typeof given === "number") return { ...retryDefaults, retries: given };
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...retryDefaults, ...chosen } as RetryPlan;
}
