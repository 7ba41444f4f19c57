import type { RequestHandler } from "../io-kernel.js";

/** The reply goes to the client that asked and, as the spec wants, to all others too. */
export const shutdownRequest: RequestHandler = (io, request) => {
  const reply = { status: "ok", restart: request.content.restart === true };
  io.begin(request);
  io.channels.publish({ type: "shutdown_reply", parent: request.header, content: reply });
  io.finish(request, reply);
  void io.stop();
};
