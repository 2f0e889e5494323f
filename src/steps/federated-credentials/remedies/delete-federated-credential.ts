import * as z from 'zod';
import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import { ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';
import { comparedTo } from '../../restoring/restoring.ts';
import { callsThatMayStop } from '../rules/calls-that-may-stop.ts';
import { TRUST_LINGERS_MINUTES } from '../rules/trust-lingers.ts';

/** Deletes go through the parent: a managed identity of a subscription, or an app registration. */
const Parent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('managed-identity'),
    subscriptionId: z.string(),
    resourceGroup: z.string(),
    name: z.string(),
    resourceId: z.string(),
  }),
  z.strictObject({
    type: z.literal('application'),
    objectId: z.string(),
    appId: z.string(),
    name: z.string(),
  }),
]);
export type FederatedCredentialParent = Readonly<z.output<typeof Parent>>;

/** One of each parent, in whatever case Azure writes it. */
export function keyOfParent(parent: FederatedCredentialParent): string {
  return (parent.type === 'application' ? parent.objectId : parent.resourceId).toLowerCase();
}

/** Whom it lets in. The same name can let in somebody else by now: Terraform changes credentials in place. */
const Expected = z.strictObject({
  issuer: z.string(),
  subject: z.nullable(z.string()),
  expression: z.nullable(z.string()),
  audiences: z.array(z.string()),
});

/** What undoing needs of it. */
const Image = z.looseObject({
  credential: z.object({
    name: z.string(),
    issuer: z.string(),
    audiences: z.array(z.string()),
    subject: z.exactOptional(z.string()),
    expression: z.exactOptional(z.string()),
    description: z.exactOptional(z.string()),
  }),
});

/** Whom a credential lets in. */
export function trustOf(credential: FederatedCredential): z.output<typeof Expected> {
  const { issuer, subject, expression, audiences } = credential;
  return { issuer, subject: subject ?? null, expression: expression ?? null, audiences: audiences.toSorted() };
}

/**
 * Deletes a federated credential of a managed identity or of an app registration. The image is the whole credential,
 * from which it can be created again. Both vendors say 403 to who may not look, so their 404 means gone.
 */
export const deleteFederatedCredential = defineRemedy({
  kind: 'delete-federated-credential',
  system: 'federated-credentials',
  call: z.strictObject({
    kind: z.literal('delete-federated-credential'),
    parent: Parent,
    name: z.string(),
    id: z.string(),
    expected: Expected,
  }),
  risk: 'by-target',
  words: {
    noun: ['federated credential', 'federated credentials'],
    done: 'removed',
    ability: 'delete federated credentials',
    before: ({ parent, name }, _names: undefined) => `Delete the federated credential ${name} of ${parent.name}.`,
    impact: 'Pipelines that sign in by this credential fail.',
  },
  permissions: {
    sortOf: ({ parent }) => parent.type,
    bySort: {
      'managed-identity': [
        'remover/azure/subscriptions/Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete',
      ],
      application: ['remover/graph/Application.ReadWrite.All'],
    },
  },
  leastCalls: (calls) => {
    const ofIdentities = calls.filter(({ parent }) => parent.type === 'managed-identity').length;
    return [
      { vendor: 'arm', calls: 3 * ofIdentities },
      { vendor: 'graph', calls: 3 * (calls.length - ofIdentities) },
    ];
  },
  ends: 'place',
  // learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations, and /entra/identity-platform/access-tokens
  stops: ({ parent, name }, { findings }) => callsThatMayStop(keyOfParent(parent), name, findings),
  livesOn: ({ parent }) =>
    parent.type === 'managed-identity'
      ? {
          minutes: 24 * 60 + TRUST_LINGERS_MINUTES,
          why: `Entra may honour the trust for ${TRUST_LINGERS_MINUTES} minutes more, and tokens of a managed identity live up to 24 hours.`,
        }
      : {
          minutes: 90 + TRUST_LINGERS_MINUTES,
          why: `Entra may honour the trust for ${TRUST_LINGERS_MINUTES} minutes more, and access tokens of the application live up to 90 minutes.`,
        },
  async read({ azure, graph }, { parent, name, id }) {
    const answer =
      parent.type === 'application'
        ? await graph.getApplicationCredential(parent.objectId, id)
        : await azure.getFederatedCredential(parent, name);
    if (answer.ok) {
      const image = { parent, credential: answer.value };
      return ok({ state: 'present', image, now: trustOf(answer.value) }, answer.requestId);
    }
    return answer.failure.kind === 'not-found' ? ok({ state: 'gone' }) : answer;
  },
  async act({ azure, graph }, { parent, name, id }) {
    const answer =
      parent.type === 'application'
        ? await graph.deleteApplicationCredential(parent.objectId, id)
        : await azure.deleteFederatedCredential(parent, name);
    return answer.ok ? ok({ effect: 'done' }, answer.requestId) : answer;
  },
  restore: {
    by: 'app',
    undo: 'it creates the credential again, from the before-image.',
    permissions: {
      sortOf: ({ parent }) => parent.type,
      bySort: {
        'managed-identity': [
          'remover/azure/subscriptions/Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
        ],
        application: ['remover/graph/Application.ReadWrite.All'],
      },
    },
    same: ({ parent, name }) => `${keyOfParent(parent)} ${name.toLowerCase()}`,
    async look({ azure, graph }, { parent, name, expected }) {
      const answer =
        parent.type === 'application'
          ? await graph.getApplicationCredential(parent.objectId, name)
          : await azure.getFederatedCredential(parent, name);
      if (answer.ok) return ok(comparedTo(expected, trustOf(answer.value)));
      return answer.failure.kind === 'not-found' ? ok({ is: 'free' }) : answer;
    },
    give({ azure, graph }, { parent }, image) {
      const { credential } = Image.parse(image);
      return parent.type === 'application'
        ? graph.createApplicationCredential(parent.objectId, credential)
        : azure.createFederatedCredential(parent, credential);
    },
  },
});
