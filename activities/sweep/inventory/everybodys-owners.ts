import type { SsoCredential } from '../../../src/connectors/github/credentials/credentials.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { explainedBySignOn, type ListedCredential } from '../../../src/credentials/ownership.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import type { Oid } from '../../../src/people/oid.ts';
import type { OwnersOf } from '../../runner-credentials/judge-located.ts';

interface Lists {
  readonly credentials: readonly ListedCredential[];
  readonly failures: readonly VendorFailure[];
}

/** Passes that may be under way in one process; of more, the oldest reads again. */
const PASSES_KEPT = 2;
/** It holds eight characters of everybody's tokens, so that memory is its only place. */
const passes = new Map<string, Promise<Lists>>();

/** What tokens are compared with when nobody is asked about: every organisation's list, once for a pass and process. */
export function everybodysOwners(at: string, context: Pick<ActivityContext, 'vendors' | 'settings'>): OwnersOf {
  const about = { leaver: NOBODY, tenantId: context.settings.TENANT_ID };
  return async (found) => {
    if (!explainedBySignOn(found)) return { known: { ...about, credentials: [] }, failures: [] };
    const { credentials, failures } = await listsFor(at, context);
    return { known: { ...about, credentials }, failures };
  };
}

const NOBODY = { oid: '' as Oid, github: [], devops: [] };

function listsFor(at: string, context: Pick<ActivityContext, 'vendors' | 'settings'>): Promise<Lists> {
  const key = `${context.settings.GITHUB_API_ENDPOINT} ${at}`;
  const known = passes.get(key);
  if (known !== undefined) return known;
  const asked = readLists(context);
  passes.set(key, asked);
  const [oldest] = passes.keys();
  if (passes.size > PASSES_KEPT && oldest !== undefined) passes.delete(oldest);
  const forget = (): unknown => passes.get(key) === asked && passes.delete(key);
  asked.then(({ failures }) => failures.length > 0 && forget(), forget);
  return asked;
}

async function readLists({ vendors, settings }: Pick<ActivityContext, 'vendors' | 'settings'>): Promise<Lists> {
  const lists = await Promise.all(
    settings.GITHUB_ORGANISATIONS.map(async (organisation) => {
      const client = await vendors.github.organisation('reader', organisation);
      const listed: Listing<SsoCredential> = client.ok
        ? await client.value.listSsoCredentials()
        : { items: [], failure: client.failure };
      return { organisation, ...listed };
    }),
  );
  return {
    credentials: lists.flatMap(({ organisation, items }) => items.map((item) => ({ ...item, organisation }))),
    failures: lists.flatMap(({ failure }) => failure ?? []),
  };
}
