/** A page that the server hands out as it is, with what it loads. */
export interface ServerPage {
  /** What stands at `/`. */
  readonly html: string;
  /** What the page loads, by path: `/chat.js`. */
  readonly files: Readonly<Record<string, { readonly type: string; readonly body: string }>>;
}

/**
 * What the page may do: run the scripts that this server hands out, and speak to this server alone.
 *
 * @param host the host the page was asked at, one of the server's own.
 */
export function pagePolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
