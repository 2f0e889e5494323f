import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { bodyOf, type LocalServer, serve } from './local-server.ts';

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: {
    readonly name?: string;
    readonly uri?: string;
    readonly protocolVersion?: string;
    readonly arguments?: Readonly<Record<string, unknown>>;
    readonly _meta?: { readonly progressToken?: string | number };
  };
  readonly result?: unknown;
}

interface Call {
  readonly params: NonNullable<Message['params']>;
  notify(method: string, params: object): void;
  /** Asks the client, on the stream of the call. */
  ask(method: string, params: object): Promise<unknown>;
}

const text = (said: string) => ({ type: 'text', text: said });
const IMAGE = { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' };
const resource = (uri: string, mimeType: string, content: string) => ({
  type: 'resource',
  resource: { uri, mimeType, text: content },
});
const answered = (content: unknown[]) => async () => ({ content });
const elicits = (properties: object) => async (call: Call) => {
  const message = String(call.params.arguments?.message ?? 'Please say');
  const requestedSchema = { type: 'object', properties, required: [] };
  const answer = await call.ask('elicitation/create', { message, requestedSchema });
  return { content: [text(`Elicitation completed: ${JSON.stringify(answer)}`)] };
};
const titled = (names: readonly string[]) => names.map((name, i) => ({ const: name, title: `Choice ${i}` }));

const OPTIONS = ['option1', 'option2', 'option3'];
const VALUES = ['value1', 'value2', 'value3'];

/** What the scenarios of the conformance suite want of a server: github.com/modelcontextprotocol/conformance */
const TOOLS: Readonly<Record<string, (call: Call) => Promise<object>>> = {
  test_simple_text: answered([text('This is a simple text response for testing.')]),
  test_image_content: answered([IMAGE]),
  test_audio_content: answered([{ type: 'audio', data: 'UklGRg==', mimeType: 'audio/wav' }]),
  test_embedded_resource: answered([
    resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
  ]),
  test_multiple_content_types: answered([
    text('Multiple content types test:'),
    IMAGE,
    resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ]),
  async test_tool_with_logging({ notify }) {
    for (const data of ['started', 'processing', 'completed']) notify('notifications/message', { level: 'info', data });
    return { content: [text('logged')] };
  },
  async test_error_handling() {
    return { isError: true, content: [text('This tool intentionally returns an error for testing')] };
  },
  async test_tool_with_progress({ params, notify }) {
    const progressToken = params._meta?.progressToken;
    for (const progress of [0, 50, 100]) notify('notifications/progress', { progressToken, progress, total: 100 });
    return { content: [text('done')] };
  },
  async test_sampling({ params, ask }) {
    const messages = [{ role: 'user', content: text(String(params.arguments?.prompt)) }];
    const answer = await ask('sampling/createMessage', { messages, maxTokens: 100 });
    return { content: [text(`LLM response: ${JSON.stringify(answer)}`)] };
  },
  test_elicitation: elicits({ username: { type: 'string' }, email: { type: 'string' } }),
  test_elicitation_sep1034_defaults: elicits({
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  }),
  test_elicitation_sep1330_enums: elicits({
    untitledSingle: { type: 'string', enum: OPTIONS },
    titledSingle: { type: 'string', oneOf: titled(VALUES) },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
    untitledMulti: { type: 'array', items: { type: 'string', enum: OPTIONS } },
    titledMulti: { type: 'array', items: { anyOf: titled(VALUES) } },
  }),
  json_schema_2020_12_tool: answered([text('ok')]),
};

const prompt = (...contents: readonly object[]) => ({
  messages: contents.map((content) => ({ role: 'user', content })),
});
const listed = (name: string) => ({ uri: `test://${name}`, name, description: `The scenario's ${name}` });

/** What is read without a tool. */
const READS: Readonly<Record<string, (params: NonNullable<Message['params']>) => object>> = {
  'resources/list': () => ({ resources: ['static-text', 'static-binary', 'watched-resource'].map(listed) }),
  'resources/templates/list': () => ({
    resourceTemplates: [{ name: 'data', uriTemplate: 'test://template/{id}/data' }],
  }),
  'resources/read': ({ uri = '' }) =>
    uri === 'test://static-binary'
      ? { contents: [{ uri, mimeType: 'image/png', blob: IMAGE.data }] }
      : { contents: [{ uri, mimeType: 'text/plain', text: `The content of ${uri}` }] },
  'resources/subscribe': () => ({}),
  'resources/unsubscribe': () => ({}),
  'prompts/list': () => ({ prompts: [{ name: 'test_simple_prompt', description: 'The scenario’s prompt' }] }),
  'prompts/get': ({ name, arguments: given }) =>
    name === 'test_prompt_with_image'
      ? prompt(IMAGE, text('Please analyze the image above.'))
      : name === 'test_prompt_with_embedded_resource'
        ? prompt(resource(String(given?.resourceUri), 'text/plain', 'Embedded'), text('Please process it.'))
        : prompt(text(`${name} with ${JSON.stringify(given)}`)),
  'completion/complete': () => ({ completion: { values: ['paris', 'park'], total: 2, hasMore: false } }),
};

const SCHEMA_2020_12 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
  additionalProperties: false,
};
const LISTED = [...Object.keys(TOOLS), 'test_reconnection'].map((name) => ({
  name,
  description: `The scenario's ${name}`,
  inputSchema: name === 'json_schema_2020_12_tool' ? SCHEMA_2020_12 : { type: 'object' },
}));

export interface ConformanceServer extends LocalServer {
  /** The methods that reached it. */
  readonly methods: ReadonlySet<string>;
}

/** A server of the revisions with sessions, on which the conformance suite's scenarios run. */
export async function conformanceServer(): Promise<ConformanceServer> {
  const methods = new Set<string>();
  const asked = new Map<string, (result: unknown) => void>();
  /** Calls whose stream was closed before they were answered: the client comes back for the answer. */
  const unanswered = new Map<string, string>();

  const event = (message: object, id = ''): string =>
    `${id}event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`;

  async function result({ method, params = {} }: Message, response: ServerResponse): Promise<object> {
    if (method === 'initialize') {
      const capabilities = { tools: {}, logging: {}, prompts: {}, resources: { subscribe: true }, completions: {} };
      const { protocolVersion } = params;
      return { result: { protocolVersion, capabilities, serverInfo: { name: 'conformance', version: '1' } } };
    }
    if (method === 'tools/list') return { result: { tools: LISTED } };
    if (method === 'ping' || method === 'logging/setLevel') return { result: {} };
    const read = READS[method ?? ''];
    if (read !== undefined) return { result: read(params) };
    const tool = method === 'tools/call' ? TOOLS[params.name ?? ''] : undefined;
    if (tool === undefined) return { error: { code: -32601, message: `Method not found: ${method}` } };
    return {
      result: await tool({
        params,
        notify: (name, about) => response.write(event({ method: name, params: about })),
        ask: (name, about) =>
          new Promise((done) => {
            const id = randomUUID();
            asked.set(id, done);
            response.write(event({ id, method: name, params: about }));
          }),
      }),
    };
  }

  const server = await serve(async (request, response) => {
    const sent = request.method === 'POST' ? await bodyOf(request) : '';
    const message = sent === '' ? undefined : (JSON.parse(sent) as Message);
    if (message?.method !== undefined) methods.add(message.method);
    const session = request.headers['mcp-session-id'] ?? randomUUID();
    const streams = { 'content-type': 'text/event-stream', 'mcp-session-id': session };
    if (message === undefined) {
      response.writeHead(request.method === 'GET' ? 200 : 204, streams).flushHeaders();
      const missed = unanswered.get(String(request.headers['last-event-id']));
      if (missed !== undefined || request.method !== 'GET') response.end(missed);
    } else if (message.method === undefined || message.id === undefined) {
      asked.get(String(message.id))?.(message.result);
      response.writeHead(202).end();
    } else if (message.params?.name === 'test_reconnection') {
      const last = randomUUID();
      unanswered.set(last, event({ id: message.id, result: { content: [text('done')] } }, `id: ${last}-1\n`));
      response.writeHead(200, streams).end(`id: ${last}\nretry: 10\ndata: \n\n`);
    } else {
      response.writeHead(200, streams).flushHeaders();
      response.end(event({ id: message.id, ...(await result(message, response)) }));
    }
  });
  return { ...server, methods };
}
