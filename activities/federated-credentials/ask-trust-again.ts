import { coverageOf } from '../../src/cases/coverage/coverage-of.ts';
import type { Plan } from '../../src/cases/remedies/plan.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { deleteFederatedCredential } from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { findingsOf } from '../../src/steps/federated-credentials/rules/findings-of.ts';
import type { Found } from '../case/found.ts';
import { type AskAgain, AskAgainSchema, askedAgain, fileAskedAgain } from '../verification/asked-again.ts';
import { type JudgingSettings, judgeCredentials } from './judge-credentials.ts';

/** Lists in flight at once, over all subscriptions. */
const IN_FLIGHT = 8;

/**
 * Whether an identity trusts the leaver after the cut. Asked are all app registrations, which are one list, and the
 * managed identities that had trusted the leaver: those a pipeline makes such trusts for. All of them again would take
 * as long as the case did, by Azure's limit of five lists a second.
 */
export const askTrustAgain = defineActivity(
  'askTrustAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, { vendors, settings }) => fileAskedAgain(vendors, input, (plan) => ask(vendors, settings, input, plan)),
);

async function ask(
  vendors: Pick<Vendors, 'azure' | 'graph' | 'github'>,
  settings: JudgingSettings,
  about: Pick<AskAgain, 'caseId' | 'leaver'>,
  plan: Plan,
): Promise<Found> {
  const identities = trusting(plan);
  const [ofIdentities, applications] = await Promise.all([
    mapBounded(identities, IN_FLIGHT, async (identity) => ({
      identity,
      ...(await vendors.azure.listFederatedCredentials(identity)),
    })),
    vendors.graph.listApplicationCredentials(),
  ]);
  const unread = ofIdentities.flatMap(({ failure }) => failure ?? []);
  const { related, resolved } = await judgeCredentials(vendors, settings, about, {
    identities: ofIdentities.map(({ identity, items }) => ({ identity, credentials: items })),
    applications: applications.items,
  });
  const looked = {
    asked: identities.length,
    count: identities.length - unread.length,
    unit: 'identities that had trusted the leaver',
  };
  const registrations = { count: applications.items.length, unit: 'app registrations' };
  return {
    findings: related.flatMap(findingsOf),
    coverage: [
      coverageOf(askedAgain('identities'), looked, unread),
      coverageOf(askedAgain('applications'), registrations, [applications.failure]),
    ],
    failures: [...unread, applications.failure, ...resolved.failures],
  };
}

/** The managed identities of which the plan removes a trust, each once. */
function trusting(plan: Plan): ManagedIdentity[] {
  const identities = plan.remedies.flatMap(({ remedy }): ManagedIdentity[] => {
    const call = deleteFederatedCredential.call.safeParse(remedy.call);
    if (!call.success || call.data.parent.type !== 'managed-identity') return [];
    const { subscriptionId, resourceGroup, name, resourceId } = call.data.parent;
    return [{ resourceId, subscriptionId, resourceGroup, name, tags: {}, principalId: '' }];
  });
  return [...new Map(identities.map((identity) => [identity.resourceId.toLowerCase(), identity])).values()];
}
