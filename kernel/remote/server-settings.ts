import type { ServerConnection } from "@jupyterlab/services";
import { describeNetworkError } from "./describe-network-error.js";
import type { ServerAddress } from "./server-address.js";
import { createTolerantSerializer } from "./tolerant-serializer.js";

/** How long a server may take to answer, in ms. */
const ANSWER_MS = 30_000;

/** How long it may take to start a kernel, in ms: Enterprise Gateway waits for a place in a cluster. */
const START_MS = 180_000;

/**
 * What `@jupyterlab/services` needs to speak to a server: bounded in time, with the token in headers alone.
 * @param signal ends the requests that are under way.
 */
export async function createServerSettings(
  { baseUrl, token }: ServerAddress,
  signal?: AbortSignal | undefined,
): Promise<ServerConnection.ISettings> {
  // Here, not at the top: it takes a tenth of a second, and reading or exporting a notebook needs none of it.
  const [{ ServerConnection }, { validateMessage }, { createSocketClass }] = await Promise.all([
    import("@jupyterlab/services"),
    import("@jupyterlab/services/lib/kernel/validate.js"),
    import("./watched-socket.js"),
  ]);
  const settings = ServerConnection.makeSettings({
    baseUrl,
    token,
    appendToken: false,
    // A redirect leads to a page for people; what it leads to tells what is wrong.
    init: { cache: "no-store", credentials: "same-origin", redirect: "manual" },
    fetch: ((request: Request) => fetchInTime(request, signal)) as typeof fetch,
    WebSocket: createSocketClass(token) as never,
  });
  return { ...settings, serializer: createTolerantSerializer(settings.serializer, validateMessage) };
}

async function fetchInTime(request: Request, signal: AbortSignal | undefined): Promise<Response> {
  const limitMs =
    request.method === "POST" && /\/api\/kernels(\?|$)/.test(request.url) ? START_MS : ANSWER_MS;
  try {
    const limit = AbortSignal.timeout(limitMs);
    return await fetch(request, { signal: signal === undefined ? limit : AbortSignal.any([limit, signal]) });
  } catch (error) {
    // The library keeps the message alone of what it catches.
    throw new Error(describeNetworkError(error, limitMs), { cause: error });
  }
}
