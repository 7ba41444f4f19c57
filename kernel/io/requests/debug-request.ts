import { answer } from "../io-kernel.js";

/** Refused: kernel_info says `debugger: false`. The reply has the shape of the Debug Adapter Protocol's error response. */
export const debugRequest = answer((_io, { content }) => ({
  status: "error",
  ename: "NotSupported",
  evalue: "This kernel has no debugger.",
  traceback: [],
  type: "response",
  request_seq: content.seq ?? 0,
  command: content.command ?? "",
  success: false,
  message: "This kernel has no debugger.",
}));
