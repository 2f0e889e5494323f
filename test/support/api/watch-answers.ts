import { assertDescribed, isDescribed } from './checked-answers.ts';

/**
 * Holds every answer of the HTTP API that a test gets from a host against the committed OpenAPI document. A fault fails
 * the file of the test: who asks may well swallow an error, as a poll does.
 */
const original = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const answer = await original(input, init);
  const asked = new Request(input, init === undefined ? {} : { method: init.method ?? 'GET' });
  const { hostname, pathname } = new URL(asked.url);
  if (hostname !== '127.0.0.1' || !isDescribed(asked.method, pathname)) return answer;
  try {
    const text = await answer.clone().text();
    assertDescribed(asked.method, pathname, answer.status, answer.headers.get('content-type'), text);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
  return answer;
};
