import * as z from 'zod';

/** A server that hands out secrets, and the application that tokens for it are for. */
export interface SecretsServer {
  readonly server: string;
  /** Client id, in lower case. */
  readonly appId: string;
}

const ENTRY = /^([a-z0-9][a-z0-9-]*)=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** `vault=9f0e1d2c-3b4a-4c5d-8e6f-7a8b9c0d1e2f`: the servers that are marked as ones of secrets, as they were deployed. */
export const SecretsServers = z
  .string()
  .default('')
  .transform((text, context): readonly SecretsServer[] =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== '')
      .flatMap((part) => {
        const match = ENTRY.exec(part);
        if (match === null) {
          context.addIssue(`${part} is not <server>=<client id>`);
          return [];
        }
        const [, server = '', appId = ''] = match;
        return [{ server, appId }];
      }),
  );
