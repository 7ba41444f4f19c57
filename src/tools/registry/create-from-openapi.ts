import type { ToolShape } from "../tool.js";
import { zodOfJsonSchema } from "./json-schema-shape.js";
import { findOperation, type OpenApiDocument, type Operation } from "./openapi-operation.js";
import type { ToolDefinition, ToolPermission } from "./tool-definition.js";
import { ToolError } from "./tool-error.js";
import type { RegisteredTool, ToolRegistry } from "./tool-registry.js";

/** How an operation of an OpenAPI document becomes a tool. */
export interface OpenApiToolOptions {
  /** @defaultValue the operation's id */
  readonly name?: string | undefined;
  /** Where the service is. @defaultValue the document's first server */
  readonly baseUrl?: string | undefined;
  /** Sent with each request: an `authorization`, for example. Claude does not see them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @defaultValue "allow" for GET, "ask" for all that may change something */
  readonly permission?: ToolPermission | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly timeoutMs?: number | undefined;
  /** @defaultValue the global fetch */
  readonly fetch?: typeof fetch | undefined;
}

/** Characters of an answer that a tool returns. */
const MAX_ANSWER = 1_000_000;

/**
 * Adds an operation of a service that an OpenAPI document (3.0 or 3.1, as JSON) describes.
 *
 * @throws ToolError `bad_document` when the document has no such operation, or its schemas cannot be understood.
 */
export function createToolFromOpenApi(
  registry: ToolRegistry,
  document: OpenApiDocument,
  operationId: string,
  options: OpenApiToolOptions = {},
): RegisteredTool<Record<string, unknown>, unknown> {
  const operation = withoutHeaders(findOperation(document, operationId), Object.keys(options.headers ?? {}));
  const baseUrl = options.baseUrl ?? operation.serverUrl;
  if (baseUrl === undefined || !URL.canParse(baseUrl)) {
    throw new ToolError(
      "bad_document",
      operationId,
      `The operation ${operationId} has no server with a whole address.`,
      {
        hints: ["Give the option `baseUrl`."],
      },
    );
  }
  const definition: ToolDefinition = {
    name: options.name ?? operationId,
    description: operation.description,
    tags: [...operation.tags, ...(options.tags ?? [])],
    input: shapeOf(operation),
    permission: options.permission ?? (operation.method === "GET" ? "allow" : "ask"),
    timeoutMs: options.timeoutMs,
    handler: (input, { signal }) => request(operation, baseUrl, input, options, signal),
  };
  const origin = { type: "openapi", operation: operationId, url: baseUrl } as const;
  return registry.create(definition, origin) as RegisteredTool<Record<string, unknown>, unknown>;
}

/** The program's own headers, such as its key, are no parameters: Claude cannot put others in their place. */
function withoutHeaders(operation: Operation, own: readonly string[]): Operation {
  const names = new Set(own.map((name) => name.toLowerCase()));
  const parameters = operation.parameters.filter(
    ({ name, place }) => place !== "header" || !names.has(name.toLowerCase()),
  );
  return { ...operation, parameters };
}

function shapeOf({ id, parameters, body }: Operation): ToolShape {
  const all = parameters.map(({ name, schema, isRequired }) => {
    const type = zodOfJsonSchema(schema, id);
    return [name, isRequired ? type : type.optional()] as const;
  });
  if (body) {
    const type = zodOfJsonSchema(body.schema, id);
    all.push(["body", body.isRequired ? type : type.optional()]);
  }
  return Object.fromEntries(all);
}

async function request(
  operation: Operation,
  baseUrl: string,
  input: Readonly<Record<string, unknown>>,
  options: OpenApiToolOptions,
  signal: AbortSignal,
): Promise<unknown> {
  const headers = new Headers(options.headers);
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, place } of operation.parameters) {
    const value = input[name];
    if (value === undefined) continue;
    if (place === "path") path = path.replaceAll(`{${name}}`, () => pathSegment(operation.id, name, value));
    else if (place === "header") headers.set(name, String(value));
    else for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  const url = new URL(`${baseUrl.replace(/\/$/, "")}${path}`);
  url.search = query.toString();
  const hasBody = operation.body !== undefined && input.body !== undefined;
  if (hasBody) headers.set("content-type", "application/json");
  const response = await (options.fetch ?? fetch)(url, {
    method: operation.method,
    headers,
    ...(hasBody && { body: JSON.stringify(input.body) }),
    // A service must not send the headers on to another one.
    redirect: "error",
    signal,
  });
  const { text, isWhole } = await readText(response);
  if (!response.ok)
    throw new Error(`${operation.method} ${url.pathname} answered ${response.status}: ${text.slice(0, 500)}`);
  return isWhole && /\bjson\b/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : text;
}

/** The beginning of an answer; what is more than may be returned is not read. */
async function readText(response: Response): Promise<{ text: string; isWhole: boolean }> {
  const decoder = new TextDecoder();
  let text = "";
  // Leaving the loop cancels the rest.
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    if (text.length > MAX_ANSWER) return { text: text.slice(0, MAX_ANSWER), isWhole: false };
  }
  return { text: text + decoder.decode(), isWhole: true };
}

/** A value cannot leave its place in the path. */
function pathSegment(id: string, name: string, value: unknown): string {
  const text = String(value);
  if (text === "" || text === "." || text === "..") {
    throw new ToolError(
      "invalid_input",
      id,
      `The parameter ${name} of ${id} cannot be ${JSON.stringify(text)}.`,
    );
  }
  return encodeURIComponent(text);
}
