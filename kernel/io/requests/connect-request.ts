import { answer } from "../io-kernel.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#connect */
export const connectRequest = answer(({ connection }) => {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  return { status: "ok", shell_port, iopub_port, stdin_port, control_port, hb_port };
});
