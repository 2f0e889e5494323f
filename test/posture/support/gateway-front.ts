import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands at the gateway’s address while a test asks it. */
export interface Front {
  readonly url: string;
  readonly port: number;
  /** Paths that were asked for. */
  readonly asked: string[];
  status: number;
  challenge: string | undefined;
  close(): Promise<void>;
}

const CHALLENGE = 'Bearer resource_metadata="https://gateway.example/.well-known/oauth-protected-resource/mcp/a"';

/** Answers as the released policy does, until a test has it do otherwise. */
export async function startFront(): Promise<Front> {
  const server = createServer((request, response) => {
    front.asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'without a token'}`);
    const headers = front.challenge === undefined ? {} : { 'www-authenticate': front.challenge };
    request.resume().once('end', () => response.writeHead(front.status, headers).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const front: Front = {
    url: `http://127.0.0.1:${port}`,
    port,
    asked: [],
    status: 401,
    challenge: CHALLENGE,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return front;
}

/** Back to the released policy’s answer. */
export function reset(front: Front): void {
  front.asked.length = 0;
  front.status = 401;
  front.challenge = CHALLENGE;
}
