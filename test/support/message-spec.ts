import { z } from "zod";

/**
 * What Jupyter's messaging protocol 5.5 says of the messages a kernel sends, as zod schemas, after
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html. Section titles of that page stand above each schema.
 * Objects are strict where the page lists all fields, so that a misspelt one is found.
 */

const json = z.record(z.string(), z.unknown());
/** "A mime-type keyed dictionary": text, or JSON for JSON types. */
const mimeBundle = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.unknown());
const metadata = json;
const ename = { ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) };

/** "General Message Format": the message header. */
const header = z.looseObject({
  msg_id: z.string().min(1),
  session: z.string().min(1),
  username: z.string(),
  // "ISO 8601 timestamp for when the message is created"
  date: z.iso.datetime(),
  msg_type: z.string(),
  version: z.literal("5.5"),
});

/** "Request-Reply": "All reply messages have a 'status' field"; what an error adds, and "aborted". */
const refused = [
  z.looseObject({ status: z.literal("error"), ...ename }),
  z.looseObject({ status: z.literal("aborted") }),
] as const;

/** "Execution results": user_expressions are display_data content, or an error. */
const expression = z.union([
  z.strictObject({ status: z.literal("ok"), data: mimeBundle, metadata }),
  z.strictObject({ status: z.literal("error"), ...ename }),
]);

/** "Payloads (DEPRECATED)". */
const payload = z.discriminatedUnion("source", [
  z.strictObject({ source: z.literal("page"), data: mimeBundle, start: z.int() }),
  z.strictObject({ source: z.literal("set_next_input"), text: z.string(), replace: z.boolean() }),
]);

const replies = {
  // "Execute" → "Execution results"
  execute_reply: z.union([
    z.strictObject({
      status: z.literal("ok"),
      execution_count: z.int().min(0),
      payload: z.array(payload),
      user_expressions: z.record(z.string(), expression),
    }),
    z.strictObject({ status: z.literal("error"), execution_count: z.int().min(0), ...ename }),
    z.strictObject({ status: z.literal("aborted"), execution_count: z.int().min(0) }),
  ]),
  // "Introspection"
  inspect_reply: z.union([
    z.strictObject({ status: z.literal("ok"), found: z.boolean(), data: mimeBundle, metadata }),
    ...refused,
  ]),
  // "Completion"
  complete_reply: z.union([
    z.strictObject({
      status: z.literal("ok"),
      matches: z.array(z.string()),
      cursor_start: z.int().min(0),
      cursor_end: z.int().min(0),
      metadata: z.looseObject({
        _jupyter_types_experimental: z.array(
          z.looseObject({ start: z.int(), end: z.int(), text: z.string(), type: z.string() }),
        ),
      }),
    }),
    ...refused,
  ]),
  // "History"
  history_reply: z.union([
    z.strictObject({
      status: z.literal("ok"),
      history: z.array(
        z.tuple([z.int(), z.int(), z.union([z.string(), z.tuple([z.string(), z.string().nullable()])])]),
      ),
    }),
    ...refused,
  ]),
  // "Code completeness": indent only "if status is 'incomplete'"
  is_complete_reply: z.union([
    z.strictObject({ status: z.literal("incomplete"), indent: z.string() }),
    z.strictObject({ status: z.enum(["complete", "invalid", "unknown"]) }),
    ...refused,
  ]),
  // "Comm info"
  comm_info_reply: z.union([
    z.strictObject({
      status: z.literal("ok"),
      comms: z.record(z.string(), z.strictObject({ target_name: z.string() })),
    }),
    ...refused,
  ]),
  // "Kernel info"
  kernel_info_reply: z.strictObject({
    status: z.literal("ok"),
    protocol_version: z.literal("5.5"),
    implementation: z.string(),
    implementation_version: z.string().regex(/^\d+\.\d+\.\d+/),
    language_info: z.strictObject({
      name: z.string(),
      version: z.string().regex(/^\d+\.\d+\.\d+/),
      mimetype: z.string(),
      file_extension: z.string().regex(/^\./),
      pygments_lexer: z.string(),
      codemirror_mode: z.union([z.string(), json]),
      nbconvert_exporter: z.string(),
    }),
    banner: z.string(),
    debugger: z.boolean(),
    // "supported_features": the optional features of the protocol
    supported_features: z.array(z.enum(["debugger", "kernel subshells"])),
    help_links: z.array(z.strictObject({ text: z.string(), url: z.url() })),
  }),
  // "Kernel shutdown"
  shutdown_reply: z.strictObject({ status: z.literal("ok"), restart: z.boolean() }),
  // "Kernel interrupt"
  interrupt_reply: z.strictObject({ status: z.literal("ok") }),
  // "Connect": "the ports"
  connect_reply: z.strictObject({
    status: z.literal("ok"),
    shell_port: z.int(),
    iopub_port: z.int(),
    stdin_port: z.int(),
    control_port: z.int(),
    hb_port: z.int(),
  }),
  // "Debug request": "the response of the Debug Adapter Protocol"; a refusal is an error reply as well.
  debug_reply: z.looseObject({
    type: z.literal("response"),
    request_seq: z.int(),
    success: z.boolean(),
    command: z.string(),
  }),
};

const comm = { comm_id: z.string().min(1), data: z.unknown() };

const broadcasts = {
  // "Streams (stdout, stderr, etc)"
  stream: z.strictObject({ name: z.enum(["stdout", "stderr"]), text: z.string().min(1) }),
  // "Display Data"
  display_data: z.strictObject({
    data: mimeBundle,
    metadata,
    transient: z.strictObject({ display_id: z.string().optional() }),
  }),
  // "Update Display Data": "the display_id is required"
  update_display_data: z.strictObject({
    data: mimeBundle,
    metadata,
    transient: z.strictObject({ display_id: z.string() }),
  }),
  // "Code inputs"
  execute_input: z.strictObject({ code: z.string(), execution_count: z.int().min(0) }),
  // "Execution results"
  execute_result: z.strictObject({ execution_count: z.int().min(1), data: mimeBundle, metadata }),
  // "Execution errors"
  error: z.strictObject(ename),
  // "Kernel status"
  status: z.strictObject({ execution_state: z.enum(["busy", "idle", "starting"]) }),
  // "Clear output"
  clear_output: z.strictObject({ wait: z.boolean() }),
  // "Welcome message" (JEP 65)
  iopub_welcome: z.strictObject({ subscription: z.string() }),
  // "Custom Messages"
  comm_open: z.strictObject({ ...comm, target_name: z.string(), target_module: z.string().optional() }),
  comm_msg: z.strictObject(comm),
  comm_close: z.strictObject(comm),
  // "Kernel shutdown": "the reply is also sent on iopub"
  shutdown_reply: replies.shutdown_reply,
};

const questions = {
  // "Messages on the stdin ROUTER/DEALER sockets"
  input_request: z.strictObject({ prompt: z.string(), password: z.boolean() }),
};

const channels = { shell: replies, control: replies, iopub: broadcasts, stdin: questions } as const;

/** Messages on iopub that can come without a request: the start of the kernel, a timer's output before the first cell. */
const CAN_BE_UNASKED = new Set([
  "iopub_welcome",
  "status",
  "stream",
  "display_data",
  "update_display_data",
  "comm_open",
  "comm_msg",
  "comm_close",
]);

export type MessageChannel = keyof typeof channels;

/** A message as it came. */
export interface WireMessage {
  readonly header: unknown;
  readonly parent: unknown;
  readonly metadata: unknown;
  readonly content: unknown;
}

/**
 * Checks a message of a kernel against the protocol.
 *
 * @throws an error that names the message's type, the channel and what is wrong.
 */
export function checkMessage(channel: MessageChannel, message: WireMessage): void {
  const { msg_type: type } = z.object({ msg_type: z.string() }).parse(message.header);
  const content = (channels[channel] as Readonly<Record<string, z.ZodType>>)[type];
  if (!content) throw new Error(`The protocol knows no ${type} on ${channel}.`);
  const asked = z.looseObject({ msg_id: z.string(), msg_type: z.string() });
  const parent = CAN_BE_UNASKED.has(type) ? z.union([z.strictObject({}), asked]) : asked;
  const checked = z.object({ header, parent, metadata, content }).safeParse(message);
  if (checked.success) return;
  const text = JSON.stringify(message.content).slice(0, 500);
  throw new Error(`A ${type} on ${channel} breaks the protocol: ${z.prettifyError(checked.error)}\n${text}`);
}
