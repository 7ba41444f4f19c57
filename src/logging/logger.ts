/** A method of a logger: facts and a text, or a text alone. */
export interface LogMethod {
  (facts: object, message?: string): void;
  (message: string): void;
}

/** The part of pino that this SDK calls; a pino logger, `console` and many others fit. @see https://getpino.io */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

export type LogLevel = keyof Logger;

/** From the least to the most important. */
export const logLevels = ["debug", "info", "warn", "error"] as const satisfies readonly LogLevel[];
