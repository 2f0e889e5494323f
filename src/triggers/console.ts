import { randomBytes } from 'node:crypto';
import { app, type HttpHandler } from '@azure/functions';
import { pageAnswer } from '../api/page.ts';
import { config } from '../config.ts';

const authLevel = 'anonymous';

/** The operator's page. Its addresses hold nothing of the firm's; whoever opens it signs in, and the API asks who they are. */
export function registerConsole(): void {
  const handler: HttpHandler = async (request) => {
    const { status, headers, body } = await pageAnswer(
      {
        path: new URL(request.url).pathname,
        ifNoneMatch: request.headers.get('if-none-match'),
        takesBrotli: (request.headers.get('accept-encoding') ?? '').includes('br'),
      },
      config(),
      () => randomBytes(16).toString('base64'),
    );
    return { status, headers, ...(body === undefined ? {} : { body }) };
  };
  const methods = ['GET', 'HEAD'] as const;
  app.http('console', { route: 'console/{*file}', methods: [...methods], authLevel, handler });
  app.http('home', { route: '', methods: [...methods], authLevel, handler });
}
