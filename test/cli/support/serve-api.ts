import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asking, askApi } from '../../support/api/ask-api.ts';

/** An app's API over HTTP on loopback. Each answer is held against the committed OpenAPI document. */
export async function serveApi(app: Parameters<typeof askApi>[0], tools: Asking['tools'] = {}) {
  const ask = askApi(app);
  const asked: string[] = [];
  /** Answers in the place of the app's next ones, as something between would give them. */
  const instead: { status: number; headers?: Record<string, string>; body?: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/', headers } = request;
    asked.push(`${method} ${url}`);
    const other = instead.shift();
    if (other !== undefined) {
      response.writeHead(other.status, other.headers).end(other.body);
      return;
    }
    const body = Buffer.concat(chunks).toString();
    const answer = await ask(url, {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      ...(body === '' ? {} : { body }),
      tools: { ...tools },
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    instead,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
