import * as z from 'zod';
import { count, text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

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

const StoredSchema = z.strictObject({
  organisation: text,
  /** Absent where the organisation keeps it. */
  repository: z.exactOptional(text),
  environment: z.exactOptional(text),
  name: text,
  /** Whether the name tells that it signs in to Azure or to the gateway. */
  telling: z.boolean(),
  /** Where GitHub shows it. */
  page: text,
  /** A line of a workflow that names it, `owner/repository/path:line`, whatever for; absent where none does. */
  named: z.exactOptional(text),
});
export type StoredSecret = z.output<typeof StoredSchema>;

/** Where workflows of default branches sign in to Azure with a stored secret, and where secrets are stored. */
export const workflowSecrets = defineReading({
  id: 'github/stored-secrets',
  holds: 'the secrets of GitHub with which workflows sign in to Azure',
  permissions: [
    'assessor/github/metadata=read',
    'assessor/github/contents=read',
    'assessor/github/environments=read',
    'assessor/github/secrets=read',
    'assessor/github/organization_secrets=read',
    'assessor/key-vault/Microsoft.KeyVault/vaults/keys/sign/action',
  ],
  shape: z.strictObject({
    uses: z.array(UseSchema),
    /** Those that tell, and those that a line signs in with; the names of all others are not kept. */
    stored: z.array(StoredSchema),
    /** How many names there are in all. */
    names: count,
  }),
  nothing: { uses: [], stored: [], names: 0 },
  weekly: true,
});
