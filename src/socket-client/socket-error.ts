/** What a client of the server is told, or finds out itself. */
export class SocketError extends Error {
  override readonly name = "SocketError";
  /** The server's `code`; of the client's own: `connection_lost`, `closed`. */
  readonly code: string;
  /** What the reader can do about it. */
  readonly hints: readonly string[];
  /** What else the server said, e.g. `option`. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
    this.hints = Array.isArray(facts.hints) ? (facts.hints as string[]) : [];
  }
}

/** The `data` of an `error` message as an error. */
export function socketError(data: unknown): SocketError {
  const { code, error, ...facts } = (data ?? {}) as Record<string, unknown>;
  return new SocketError(String(code ?? "error"), String(error ?? "The server failed."), facts);
}
