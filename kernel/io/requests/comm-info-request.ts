import type { RequestHandler } from "../io-kernel.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#comm-info */
export const commInfoRequest: RequestHandler = (io, request) => {
  const target = request.content.target_name;
  io.begin(request);
  io.forward(request, {
    type: "comm_info",
    id: request.header.msg_id,
    target: typeof target === "string" && target !== "" ? target : undefined,
  });
};
