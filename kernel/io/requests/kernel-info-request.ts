import { createKernelInfo } from "../../kernel-info.js";
import { answer } from "../io-kernel.js";

const info = createKernelInfo();

/** Answered by the I/O thread: at once, also while the compiler loads or a cell loops. */
export const kernelInfoRequest = answer(() => info);
