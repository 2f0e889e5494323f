import { randomUUID } from 'node:crypto';

/** ARM's error body; every answer carries a request id. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ error: { code, message } }, { status, headers: { ...requestId(), ...headers } });
}

export function armOk(body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { headers: { ...requestId(), ...headers } });
}

export function armEmpty(status: 200 | 202 | 204, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...requestId(), ...headers } });
}

export function resourceNotFound(id: string): Response {
  return armError(404, 'ResourceNotFound', `The Resource '${id}' was not found.`);
}

function requestId(): Record<string, string> {
  const id = randomUUID();
  return { 'x-ms-request-id': id, 'x-ms-correlation-request-id': id };
}
