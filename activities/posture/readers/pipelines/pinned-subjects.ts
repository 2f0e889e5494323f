import type { FederatedCredential } from '../../../../src/connectors/federated-credential.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { isGitHubActions, type Pin, pinOf, pinOfExpression } from '../../../../src/posture/pinned-subject.ts';
import type { Holder } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import type { PinnedCredential } from '../../../../src/posture/readings/pipelines/pinned-subjects.ts';
import { parseExpression } from '../../../../src/steps/federated-credentials/rules/subject/expression.ts';
import type { Reader, ReadFault } from '../../reader.ts';
import { gatewayHolders } from '../gateway/gateway-apps.ts';
import { type Guards, guardsOf } from './branch-guards.ts';

const IN_FLIGHT = 4;

/** What is kept of a credential, before GitHub is asked about it. */
type Trust = Omit<PinnedCredential, 'guard' | 'pin'> & { readonly pinned: Pin | 'other-issuer' };

/**
 * Whom the identities with a role on the gateway trust. Applications and managed identities are read as the reader, which
 * reads them for every case; GitHub is asked, as the App that only reads, about the branches and environments alone that
 * are named there.
 */
export const readPinnedSubjects: Reader = async (context) => {
  const { vendors, settings } = context;
  const holders = await gatewayHolders(context);
  const [applications, identities] = await Promise.all([
    vendors.graph.listApplicationCredentials(),
    identitiesOf(context, holders.holders),
  ]);
  const byAppId = new Map(holders.holders.map((holder) => [holder.appId, holder]));
  const trusts = [
    ...applications.items.flatMap(({ application, credentials }) => {
      const holder = byAppId.get(application.appId.toLowerCase());
      const path = `applications/${application.objectId}/federatedIdentityCredentials`;
      return holder === undefined ? [] : credentials.map((each) => trustOf(holder, `${path}/${each.id}`, each));
    }),
    ...identities.trusts,
  ];
  const guards = guardsOf(vendors.assessor.github, settings.GITHUB_ORGANISATIONS);
  const credentials = await mapBounded(trusts, IN_FLIGHT, (trust) => withGuard(trust, guards));
  const failures: (ReadFault | undefined)[] = [
    ...holders.failures,
    applications.failure && { which: 'applications', failure: applications.failure },
    ...identities.failures,
    ...guards.failures(),
  ];
  return { facts: { credentials }, failures: failures.filter((each) => each !== undefined), gaps: guards.gaps() };
};

function trustOf(holder: Holder, id: string, credential: FederatedCredential): Trust {
  const { name, issuer, subject, expression } = credential;
  return {
    ...{ id, name, holder: holder.name, appId: holder.appId, issuer },
    ...(subject === undefined ? {} : { subject }),
    ...(expression === undefined ? {} : { expression }),
    pinned: isGitHubActions(issuer) ? pinOfCredential(credential) : 'other-issuer',
  };
}

/** The credentials of those holders that are managed identities, by the subscriptions that hold them. */
async function identitiesOf(
  { vendors, settings }: Parameters<Reader>[0],
  holders: readonly Holder[],
): Promise<{ readonly trusts: readonly Trust[]; readonly failures: readonly ReadFault[] }> {
  const managed = new Map(holders.filter((each) => each.isManagedIdentity).map((each) => [each.objectId, each]));
  if (managed.size === 0) return { trusts: [], failures: [] };
  const lists = await Promise.all(
    settings.SUBSCRIPTION_IDS.map(async (which) => ({ which, ...(await vendors.azure.listIdentities(which)) })),
  );
  const ours = lists.flatMap(({ items }) => items.filter(({ principalId }) => managed.has(principalId.toLowerCase())));
  const read = await mapBounded(ours, IN_FLIGHT, async (identity) => ({
    holder: managed.get(identity.principalId.toLowerCase()),
    which: identity.resourceId,
    ...(await vendors.azure.listFederatedCredentials(identity)),
  }));
  const found = new Set(ours.map(({ principalId }) => principalId.toLowerCase()));
  return {
    trusts: read.flatMap(({ holder, items }) =>
      holder === undefined ? [] : items.map((each) => trustOf(holder, each.id, each)),
    ),
    failures: [
      ...[...lists, ...read].flatMap(({ which, failure }) => (failure === undefined ? [] : [{ which, failure }])),
      ...[...managed].flatMap(([objectId, { name }]) =>
        found.has(objectId) ? [] : [{ which: objectId, failure: nowhere(name) }],
      ),
    ],
  };
}

function nowhere(name: string): VendorFailure {
  const message = `The managed identity ${name} holds a role on the gateway and is in none of the subscriptions of SUBSCRIPTION_IDS, or is assigned by the system: whom it trusts was not read.`;
  return { kind: 'incomplete', status: 200, message };
}

function pinOfCredential({ subject, expression }: FederatedCredential): Pin {
  if (subject !== undefined) return pinOf(subject);
  const parsed = expression === undefined ? undefined : parseExpression(expression);
  return pinOfExpression(parsed?.ok === true ? parsed.conditions : undefined);
}

async function withGuard({ pinned, ...trust }: Trust, guards: Guards): Promise<PinnedCredential> {
  if (pinned === 'other-issuer') return { ...trust, pin: pinned };
  const guard = pinned.kind === 'branch' || pinned.kind === 'environment' ? await guards.of(pinned) : undefined;
  return { ...trust, pin: pinned.kind, ...(guard === undefined ? {} : { guard }) };
}
