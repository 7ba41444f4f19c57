import type { KernelMessage, ServerConnection } from "@jupyterlab/services";

type Serializer = ServerConnection.ISettings["serializer"];

/** The type of what stands for a message that cannot be read. */
export const MALFORMED_TYPE = "malformed_message";

/**
 * Reads messages as `serializer` does, and puts one of {@link MALFORMED_TYPE} in the place of each that is not of Jupyter's
 * protocol: the library throws for those within an event of the socket, where nobody can catch it and the process ends.
 * @param validate the library's check of a message; throws.
 */
export function createTolerantSerializer(
  serializer: Serializer,
  validate: (message: KernelMessage.IMessage) => void,
): Serializer {
  return {
    ...serializer,
    deserialize: (data, protocol) => {
      let message: KernelMessage.IMessage | undefined;
      try {
        message = serializer.deserialize(data, protocol);
        message.parent_header ??= {};
        validate(message);
        return message;
      } catch {
        return malformed(message?.parent_header);
      }
    },
  };
}

/** A message that the library takes and makes nothing of. */
function malformed(parent: unknown): KernelMessage.IMessage {
  const header = {
    msg_id: "",
    msg_type: MALFORMED_TYPE,
    session: "",
    username: "",
    version: "5.3",
    date: "",
  };
  const parent_header = typeof parent === "object" && parent !== null ? parent : {};
  return { channel: "iopub", header, parent_header, metadata: {}, content: {} } as never;
}
