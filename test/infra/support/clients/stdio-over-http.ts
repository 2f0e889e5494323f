import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { bodyOf, type LocalServer, serve } from './local-server.ts';

export interface StdioOverHttp extends LocalServer {
  /** What its processes have said on standard error, once this is there. */
  said(pattern: RegExp): Promise<string>;
  /** Writes a message to every process that runs, as if its client had sent it. */
  tell(message: object): void;
}

interface Session {
  readonly child: ChildProcess;
  /** The streams on which requests wait for their answers, by the requests' ids. */
  readonly waiting: Map<string, ServerResponse>;
  /** The stream for what the server says unasked, and what it said before there was one. */
  stream?: ServerResponse;
  readonly unsaid: string[];
}

interface Message {
  readonly id?: string | number;
  readonly method?: string;
}

/** A server that speaks on its standard streams, over Streamable HTTP: one process for each session. */
export async function serveStdio(script: string, args: readonly string[]): Promise<StdioOverHttp> {
  const sessions = new Map<string, Session>();
  const listeners: { readonly pattern: RegExp; readonly done: (text: string) => void }[] = [];
  let errors = '';

  function start(): string {
    const id = randomUUID();
    const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const session: Session = { child, waiting: new Map(), unsaid: [] };
    sessions.set(id, session);
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8');
      for (const { pattern, done } of listeners) if (pattern.test(errors)) done(errors);
    });
    createInterface({ input: child.stdout }).on('line', (line) => say(session, line));
    return id;
  }

  function say(session: Session, line: string): void {
    const { id, method } = JSON.parse(line) as Message;
    const event = `event: message\ndata: ${line}\n\n`;
    if (method === undefined) {
      session.waiting.get(String(id))?.end(event);
      session.waiting.delete(String(id));
    } else if (session.stream !== undefined) session.stream.write(event);
    else session.unsaid.push(event);
  }

  const server = await serve(async (request, response) => {
    const body = request.method === 'POST' ? await bodyOf(request) : '';
    const message = body === '' ? undefined : (JSON.parse(body) as Message);
    const id = message?.method === 'initialize' ? start() : String(request.headers['mcp-session-id']);
    const session = sessions.get(id);
    const events = { 'content-type': 'text/event-stream', 'mcp-session-id': id };
    if (session === undefined) response.writeHead(404).end();
    else if (message === undefined) {
      response.writeHead(200, events).flushHeaders();
      for (const event of session.unsaid.splice(0)) response.write(event);
      session.stream = response;
    } else {
      session.child.stdin?.write(`${body}\n`);
      if (message.method === undefined || message.id === undefined) response.writeHead(202).end();
      else session.waiting.set(String(message.id), response.writeHead(200, events));
    }
  });

  return {
    url: server.url,
    said: (pattern) =>
      new Promise((done) => {
        if (pattern.test(errors)) done(errors);
        else listeners.push({ pattern, done });
      }),
    tell: (message) => {
      for (const { child } of sessions.values()) child.stdin?.write(`${JSON.stringify(message)}\n`);
    },
    async close() {
      await server.close();
      for (const { child } of sessions.values()) {
        const ended = once(child, 'close');
        child.kill();
        await ended;
      }
    },
  };
}
