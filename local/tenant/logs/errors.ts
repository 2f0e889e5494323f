import type { Diagnostic } from '../kql/syntax/bind.ts';

/** Bodies as in learn.microsoft.com/azure/azure-monitor/logs/api/errors. */
function answer(status: number, error: Readonly<Record<string, unknown>>): Response {
  return Response.json({ error }, { status });
}

export function refusedToken(why: string): Response {
  if (why === 'no bearer token') {
    const message = "Authentication failed. The 'Authorization' header is missing.";
    return answer(401, { code: 'AuthenticationFailed', message });
  }
  if (why === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    const message = 'The access token has been obtained from wrong audience or resource.';
    return answer(403, { code: 'InvalidAuthenticationTokenAudience', message });
  }
  return answer(403, { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' });
}

export function insufficientAccess(): Response {
  return answer(403, {
    message: 'The provided credentials have insufficient access to perform the requested operation',
    code: 'InsufficientAccessError',
    innererror: { code: 'UnauthorizedClient', message: 'The service principal may not read this workspace.' },
  });
}

export function pathNotFound(): Response {
  return answer(404, { message: 'The requested path does not exist', code: 'PathNotFoundError' });
}

export function badArgument(code: string, message: string): Response {
  return answer(400, {
    message: 'The request had some invalid properties',
    code: 'BadArgumentError',
    innererror: { code, message },
  });
}

/** Name and type faults are semantic errors, the others the parser's. */
export function badQuery(errors: readonly Diagnostic[]): Response {
  const [first] = errors;
  const semantic = errors.every(({ message }) => /refer to any|not defined|expected type|must be/i.test(message));
  const inner = {
    code: semantic ? 'SEM0100' : 'SYN0002',
    message: first === undefined ? 'The query is empty.' : first.message,
    ...(first === undefined ? {} : { line: first.line, pos: first.column, token: first.text }),
  };
  return answer(400, {
    message: 'The request had some invalid properties',
    code: 'BadArgumentError',
    innererror: {
      code: semantic ? 'SemanticError' : 'SyntaxError',
      message: semantic ? 'A semantic error occurred.' : 'A recognition error occurred in the query.',
      innererror: inner,
    },
  });
}

/** What stands beside the tables of an answer that the service cut short. */
export const PARTIAL_ERROR = {
  code: 'PartialError',
  message: 'There were some errors when processing your query.',
  details: [
    {
      code: 'EngineError',
      message: 'The results of this query exceed the set limit of rows.',
    },
  ],
} as const;
