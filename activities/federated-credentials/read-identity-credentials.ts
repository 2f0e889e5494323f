import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../src/cases/coverage/coverage-of.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { type Counting, type CountingContext, countingOf } from '../case/counting.ts';
import { loadProgress, type Progress, saveProgress } from './progress.ts';

/** Lists in flight at once, over all subscriptions. */
const IN_FLIGHT = 8;

interface IdentityCredentials {
  readonly identity: ManagedIdentity;
  readonly credentials: readonly FederatedCredential[];
  readonly failure?: VendorFailure;
}

export interface ReadCredentials {
  readonly identities: readonly IdentityCredentials[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

/** Every federated credential of every managed identity in the configured subscriptions. */
export async function readIdentityCredentials(
  context: CountingContext,
  settings: Pick<Config, 'SUBSCRIPTION_IDS'>,
  caseId: CaseId,
): Promise<ReadCredentials> {
  const { vendors } = context;
  const now = context.now();
  const counted = new Map<string, Counting>();
  for (const id of settings.SUBSCRIPTION_IDS) {
    const counting = countingOf(context, caseId, {
      source: credentialsOf(id),
      unit: 'identities',
      step: 'federated-credentials',
    });
    await counting.open();
    counted.set(id, counting);
  }
  const [subscriptions, before] = await Promise.all([
    Promise.all(settings.SUBSCRIPTION_IDS.map(async (id) => ({ id, listing: await vendors.azure.listIdentities(id) }))),
    loadProgress(vendors, caseId, now),
  ]);
  for (const { id, listing } of subscriptions) await counted.get(id)?.begin(listing.items.length);
  const identities = await readAll(
    vendors,
    subscriptions.flatMap(({ listing }) => listing.items),
    before.progress,
    ({ subscriptionId }) => counted.get(subscriptionId)?.one(),
  );
  if (identities.some(({ failure }) => failure?.kind === 'throttled' || failure?.kind === 'unavailable')) {
    await saveProgress(vendors, before, now, progressOf(identities));
  }
  const coverage = subscriptions.flatMap(({ id, listing }) => {
    const of = identities.filter(({ identity }) => identity.subscriptionId === id);
    const looked = { count: listing.items.length, unit: 'identities' };
    const source = `azure/managed-identities:${id}`;
    if (listing.failure === undefined) return [coverageOf(source, looked), coverageOfCredentials(id, of)];
    // Credentials of identities that nobody saw are not covered either, so no line may call them complete.
    const unseen = { count: of.flatMap(({ credentials }) => credentials).length, unit: 'credentials' };
    return [
      coverageOf(source, looked, [listing.failure]),
      coverageOf(credentialsOf(id), unseen, [of.find(({ failure }) => failure)?.failure ?? listing.failure]),
    ];
  });
  const failures = [
    ...subscriptions.flatMap(({ listing }) => (listing.failure === undefined ? [] : [listing.failure])),
    ...identities.flatMap(({ failure }) => (failure === undefined ? [] : [failure])),
  ];
  return { identities, coverage, failures };
}

/** Once a subscription throttles, it is left alone: what is missing is read by the next attempt. */
async function readAll(
  vendors: Pick<Vendors, 'azure'>,
  identities: readonly ManagedIdentity[],
  progress: Progress,
  isRead: (identity: ManagedIdentity) => Promise<void> | undefined,
): Promise<IdentityCredentials[]> {
  const throttled = new Map<string, VendorFailure>();
  return mapBounded(identities, IN_FLIGHT, async (identity) => {
    const known = progress.get(identity.resourceId.toLowerCase());
    if (known !== undefined) {
      await isRead(identity);
      return { identity, credentials: known };
    }
    const stopped = throttled.get(identity.subscriptionId);
    if (stopped !== undefined) return { identity, credentials: [], failure: stopped };
    const { items, failure } = await vendors.azure.listFederatedCredentials(identity);
    if (failure === undefined) {
      await isRead(identity);
      return { identity, credentials: items };
    }
    if (failure.kind === 'throttled') throttled.set(identity.subscriptionId, failure);
    return { identity, credentials: items, failure };
  });
}

function progressOf(identities: readonly IdentityCredentials[]): Progress {
  const read = identities.filter(({ failure }) => failure === undefined);
  return new Map(read.map(({ identity, credentials }) => [identity.resourceId.toLowerCase(), credentials]));
}

function coverageOfCredentials(subscriptionId: string, identities: readonly IdentityCredentials[]): Coverage {
  const source = credentialsOf(subscriptionId);
  const looked = { count: identities.flatMap(({ credentials }) => credentials).length, unit: 'credentials' };
  const unread = identities.filter(({ failure }) => failure !== undefined);
  const failure = unread[0]?.failure;
  const line = coverageOf(source, looked, [failure]);
  if (failure === undefined) return line;
  const detail = `${unread.length} of ${identities.length} identities could not be read. ${failure.message}`;
  // Denied for some of the identities only: what was read still stands.
  return { ...line, state: line.state === 'denied' && looked.count > 0 ? 'partial' : line.state, detail };
}

const credentialsOf = (subscriptionId: string): string => `azure/federated-credentials:${subscriptionId}`;
