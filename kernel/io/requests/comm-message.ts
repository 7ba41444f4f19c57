import type { RequestHandler } from "../io-kernel.js";
import type { CommEvent } from "../thread-messages.js";

/** Comm messages have no reply. They are not queued behind a running cell: a click must reach the code that awaits it. */
export const commMessage: RequestHandler = (io, request) => {
  const { header, content, metadata, buffers } = request;
  io.begin(request);
  io.forward(request, {
    type: "comm",
    id: header.msg_id,
    event: header.msg_type as CommEvent["event"],
    content,
    metadata,
    buffers,
  });
};
