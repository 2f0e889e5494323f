import * as z from 'zod';
import { count, text } from '../../shapes/primitives.ts';
import { defineReading } from '../reading.ts';

const UseSchema = z.strictObject({
  organisation: text,
  repository: text,
  /** From the root of the repository. */
  path: text,
  line: count,
  /** Where GitHub shows the line. */
  page: text,
  /** The key of the line: `creds`, `client-secret`. */
  key: text,
  /** Name of the secret, where the line has it; never its value, which GitHub tells nobody. */
  secret: z.exactOptional(text),
});
export type WorkflowSecretUse = z.output<typeof UseSchema>;

/**
 * Where workflows sign in to Azure with a stored secret, on default branches. The names of secrets take permissions that
 * the App of the offboarding does not have: as long as no other App is configured, the reading has a gap that says so.
 */
export const workflowSecrets = defineReading({
  id: 'github/stored-secrets',
  holds: 'the secrets of GitHub with which workflows sign in to Azure',
  permissions: ['reader/github/metadata=read', 'reader/github/contents=read'],
  shape: z.strictObject({ uses: z.array(UseSchema) }),
  nothing: { uses: [] },
  weekly: true,
});
