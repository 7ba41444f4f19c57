/** What comes over a comm: JSON data, and binary parts beside it. */
export interface CommMessage {
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** What may go with the data of an outgoing comm message. */
export interface CommSendOptions {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** One open channel to the front end. @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: CommSendOptions): void;
  close(data?: unknown, options?: CommSendOptions): void;
  /** Called for each message of the front end; the last handler set counts. */
  onMessage(handler: (message: CommMessage) => void): void;
  /** Called once when the front end closes the comm. */
  onClose(handler: (message: CommMessage) => void): void;
}

/** The comms of a kernel. */
export interface CommRegistry {
  /** Opens a comm; a front end that knows no such target closes it again. */
  open(target: string, data?: unknown, options?: CommSendOptions): Comm;
  /** Answers the front end's comm_open for a target, until the returned function is called. */
  register(target: string, onOpen: (comm: Comm, message: CommMessage) => void): () => void;
}
