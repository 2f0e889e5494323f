import * as z from 'zod';
import type { RemedyId } from '../../cases/ids.ts';
import { branded, count, instant, sha256, text } from './primitives.ts';

export const remedyId = branded<RemedyId>(z.string().regex(/^R-[0-9a-f]{12}$/));

const Parent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('managed-identity'),
    subscriptionId: text,
    resourceGroup: text,
    name: text,
    resourceId: text,
  }),
  z.strictObject({ type: z.literal('application'), objectId: text, appId: text, name: text }),
]);

const VariableScope = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('organisation'), organisation: text }),
  z.strictObject({ type: z.literal('repository'), organisation: text, repository: text }),
  z.strictObject({ type: z.literal('environment'), organisation: text, repository: text, environment: text }),
]);

const RemedyCall = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('delete-delegated-grant'),
    grantId: text,
    clientId: text,
    resourceId: text,
    scope: text,
  }),
  z.strictObject({ kind: z.literal('delete-app-role-assignment'), servicePrincipalId: text, assignmentId: text }),
  z.strictObject({ kind: z.literal('delete-federated-credential'), parent: Parent, name: text, id: text }),
  z.strictObject({ kind: z.literal('revoke-fine-grained-token'), organisation: text, grantId: z.int(), login: text }),
  z.strictObject({ kind: z.literal('revoke-sso-credential'), organisation: text, credentialId: z.int(), login: text }),
  z.strictObject({ kind: z.literal('delete-variable'), scope: VariableScope, name: text }),
  z.strictObject({
    kind: z.literal('disable-workflow'),
    organisation: text,
    repository: text,
    workflowId: z.int(),
    path: text,
  }),
  z.strictObject({
    kind: z.literal('remove-runner'),
    organisation: text,
    repository: z.exactOptional(text),
    runnerId: z.int(),
    name: text,
  }),
  z.strictObject({
    kind: z.literal('disable-agent'),
    organisation: text,
    poolId: z.int(),
    agentId: z.int(),
    name: text,
  }),
  z.strictObject({
    kind: z.literal('revoke-devops-token'),
    organisation: text,
    descriptor: text,
    authorizationId: text,
  }),
]);

export const RemedySchema = z
  .strictObject({
    id: remedyId,
    risk: z.enum(['safe', 'disruptive']),
    what: text,
    undo: text,
    serialKey: z.exactOptional(text),
    call: RemedyCall,
  })
  .meta({ id: 'Remedy', description: 'What would close a finding, what it risks and what undoes it.' });

const BlobRef = z.strictObject({
  container: z.enum(['work', 'evidence']),
  name: text,
  sha256,
  bytes: count,
});

export const ActionSchema = z
  .strictObject({
    remedyId: z.union([remedyId, z.literal('containment')]),
    result: z.enum(['done', 'queued', 'nothing-to-do', 'failed']),
    what: text,
    at: instant,
    requestId: z.exactOptional(text),
    beforeImage: z.exactOptional(BlobRef),
    error: z.exactOptional(text),
  })
  .meta({ id: 'Action', description: 'A remedy, or an act of containment, that was carried out.' });
