/** Why a kernel can no longer be used. */
export interface KernelLoss {
  /** `kernel` when it died by itself, which it might do again; `server` when the server, or the way to it, is gone. */
  readonly of: "kernel" | "server";
  /** A sentence. */
  readonly message: string;
  /** What its process wrote last, when the server tells. */
  readonly output: string;
}
