import type { RequestHandler } from "../io-kernel.js";
import { commInfoRequest } from "./comm-info-request.js";
import { commMessage } from "./comm-message.js";
import { completeRequest } from "./complete-request.js";
import { connectRequest } from "./connect-request.js";
import { debugRequest } from "./debug-request.js";
import { executeRequest } from "./execute-request.js";
import { historyRequest } from "./history-request.js";
import { inspectRequest } from "./inspect-request.js";
import { interruptRequest } from "./interrupt-request.js";
import { isCompleteRequest } from "./is-complete-request.js";
import { kernelInfoRequest } from "./kernel-info-request.js";
import { shutdownRequest } from "./shutdown-request.js";

/** Every type of message the kernel takes on shell and control, whichever of the two it comes on. */
export const requestHandlers: ReadonlyMap<string, RequestHandler> = new Map([
  ["execute_request", executeRequest],
  ["kernel_info_request", kernelInfoRequest],
  ["complete_request", completeRequest],
  ["inspect_request", inspectRequest],
  ["is_complete_request", isCompleteRequest],
  ["history_request", historyRequest],
  ["comm_info_request", commInfoRequest],
  ["comm_open", commMessage],
  ["comm_msg", commMessage],
  ["comm_close", commMessage],
  ["interrupt_request", interruptRequest],
  ["shutdown_request", shutdownRequest],
  ["connect_request", connectRequest],
  ["debug_request", debugRequest],
]);
