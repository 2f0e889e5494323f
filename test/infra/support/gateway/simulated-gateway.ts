import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { generateProgram } from './generate-program.ts';
import { compile, startMono, temporaryFolder } from './mono.ts';
import { type PolicyDocument, parsePolicy } from './parse-policy.ts';
import { type PolicyContext, policyFaults } from './rules/check-policy.ts';
import { PolicyError } from './rules/policy-fault.ts';

/** Policies and what they name, as text: what is deployed. */
export interface DeployedPolicies {
  readonly policies: Readonly<Record<string, string>>;
  readonly fragments: Readonly<Record<string, string>>;
  readonly namedValues: readonly string[];
  readonly loggers: readonly string[];
  readonly backends: readonly string[];
}

export interface Token {
  /** Whether Entra signed it. */
  readonly signed: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** One request, and the world that it meets. */
export interface GatewayRequest {
  readonly policy: string;
  readonly method?: 'POST' | 'GET' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What the caller put behind the question mark. */
  readonly query?: string;
  readonly token?: Token;
  readonly namedValues?: Readonly<Record<string, string>>;
  /** Where the request comes from. */
  readonly address?: string;
  /** Requests with the same window count together; each has its own otherwise. */
  readonly window?: string;
  /** What the MCP server answers; 0: nothing. */
  readonly backendStatus?: number;
  /** The caller is gone when the answer is to be sent. */
  readonly hangsUp?: boolean;
  readonly requestId?: string;
  readonly timestampMs?: number;
  readonly elapsedMs?: number;
}

export interface GatewayOutcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of an answer that the gateway gives itself. */
  readonly body: string | null;
  readonly forwarded: {
    readonly backend: string;
    readonly path: string;
    readonly buffered: boolean;
    readonly body: string | null;
    readonly headers: Readonly<Record<string, string>>;
  } | null;
  readonly events: readonly { readonly logger: string; readonly text: string }[];
  /** What the gateway's own log is told. */
  readonly traces: readonly { readonly source: string; readonly severity: string; readonly message: string }[];
  readonly rateLimitKeys: readonly string[];
  readonly requestBodyReads: number;
  readonly responseBodyWasRead: boolean;
  /** Why the on-error section ran. */
  readonly error: string | null;
}

export interface Measured {
  readonly median: number;
  /** Of each expression the least of all runs, by file and line. */
  readonly expressions: Readonly<Record<string, number>>;
}

export interface SimulatedGateway {
  call(request: GatewayRequest): Promise<GatewayOutcome>;
  /** What Newtonsoft, which many servers read with, makes of a text: strict JSON, or null. */
  parseLeniently(text: string): Promise<string | null>;
  /** How long the request takes in the gateway, in microseconds. */
  measure(request: GatewayRequest, runs: number): Promise<Measured>;
  close(): Promise<void>;
}

/** Parses and checks policies. Throws a PolicyError that holds every fault. */
export function checkedPolicies(deployed: DeployedPolicies): {
  readonly policies: ReadonlyMap<string, PolicyDocument>;
  readonly fragments: ReadonlyMap<string, PolicyDocument>;
} {
  const policies = parsed(deployed.policies);
  const fragments = parsed(deployed.fragments);
  const context: PolicyContext = {
    fragments,
    namedValues: new Set(deployed.namedValues),
    loggers: new Set(deployed.loggers),
    backends: new Set(deployed.backends),
  };
  const faults = [...policies.values()].flatMap((document) => policyFaults(document, context));
  if (faults.length > 0) throw new PolicyError(faults);
  return { policies, fragments };
}

/** Checks and compiles policies; nothing is run. Throws a PolicyError that holds every fault. */
export async function compilePolicies(deployed: DeployedPolicies): Promise<void> {
  const { policies, fragments } = checkedPolicies(deployed);
  const folder = temporaryFolder();
  try {
    await compile(generateProgram(policies, fragments), folder.path);
  } finally {
    folder.remove();
  }
}

/** Compiles the policies once and keeps the program running: a call is a line to it and a line back. */
export async function startGateway(
  deployed: DeployedPolicies,
  options: { readonly timed?: boolean } = {},
): Promise<SimulatedGateway> {
  const { policies, fragments } = checkedPolicies(deployed);
  const folder = temporaryFolder();
  const program = startMono(await compile(generateProgram(policies, fragments, options), folder.path));
  const { stdin, stdout } = program;
  if (stdin === null || stdout === null) throw new Error('mono has no standard streams');
  const waiting: { readonly done: (line: string) => void; readonly fail: (error: Error) => void }[] = [];
  createInterface({ input: stdout }).on('line', (line) => waiting.shift()?.done(line));
  const ended = new Promise<void>((done) => program.once('close', () => done()));
  void ended.then(() => {
    for (const { fail } of waiting) fail(new Error('mono ended before it answered'));
  });

  const answered = async (question: unknown): Promise<unknown> => {
    const line = new Promise<string>((done, fail) => waiting.push({ done, fail }));
    stdin.write(`${JSON.stringify(question)}\n`);
    return JSON.parse(await line);
  };

  const scenarioOf = (request: GatewayRequest): object => ({
    method: 'POST',
    path: `/mcp/${request.policy}`,
    address: '10.50.3.4',
    body: null,
    token: null,
    window: randomUUID(),
    backendStatus: 200,
    hangsUp: false,
    requestId: randomUUID(),
    timestampMs: Date.UTC(2026, 10, 2, 9, 30),
    elapsedMs: 12,
    ...request,
    namedValues: {
      ...Object.fromEntries(deployed.namedValues.map((name) => [name, ',none,'])),
      ...request.namedValues,
    },
    headers: {
      ...(request.body === undefined ? {} : contentOf(request.body)),
      ...(request.token === undefined ? {} : { authorization: 'Bearer presented' }),
      ...request.headers,
    },
  });

  return {
    async parseLeniently(parse) {
      const { parsed } = (await answered({ parse })) as { readonly parsed: string | null };
      return parsed;
    },
    async measure(request, runs) {
      return (await answered({ ...scenarioOf(request), repeat: runs })) as Measured;
    },
    async call(request) {
      const outcome = (await answered(scenarioOf(request))) as GatewayOutcome & { readonly crash?: string };
      if (outcome.crash !== undefined) throw new Error(`the gateway's on-error section failed: ${outcome.crash}`);
      return outcome;
    },
    async close() {
      stdin.end();
      await ended;
      folder.remove();
    },
  };
}
function contentOf(body: string): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

function parsed(texts: Readonly<Record<string, string>>): ReadonlyMap<string, PolicyDocument> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, parsePolicy(`${name}.xml`, text)]));
}
