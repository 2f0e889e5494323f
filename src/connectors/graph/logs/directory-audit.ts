import * as z from 'zod';
import type { Oid } from '../../../people/oid.ts';
import type { Listing } from '../../listing.ts';
import type { GraphSettings } from '../../settings.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';
import { READ_AUDITS } from '../people/name-holders.ts';

/** One change in the directory, by Entra's audit log. */
export interface DirectoryChange {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  /** As Entra calls it: `Add owner to application`. */
  readonly activity: string;
  /** Object id of the person who did it, in lower case; absent where an application did. */
  readonly by?: string;
  readonly targets: readonly { readonly id: string; readonly name?: string }[];
  /** The ids of secrets and certificates that it added; none where the row does not tell what was there before. */
  readonly addedKeys: readonly string[];
}

const text = z.string().nullish();
const Row = z.object({
  id: z.string(),
  activityDateTime: z.string(),
  activityDisplayName: z.string(),
  result: text,
  initiatedBy: z.object({ user: z.object({ id: text }).nullish() }).nullish(),
  targetResources: z
    .array(
      z.object({
        id: text,
        displayName: text,
        modifiedProperties: z.array(z.object({ displayName: text, oldValue: text, newValue: text })).nullish(),
      }),
    )
    .nullish(),
});

/**
 * What somebody did in the directory, within the days that Entra keeps its log: 30, or 7 without a licence.
 * Source: learn.microsoft.com/graph/api/directoryaudit-list, example 2; takes two permissions
 */
export function changesBy(settings: GraphSettings, oid: Oid): Promise<Listing<DirectoryChange>> {
  return changesWhere(settings, QUERIES.changesBy(oid), 'list what a person changed in the directory');
}

/**
 * Who added secrets and certificates to applications: a second question, by what was done and not by whom.
 * Source: learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
export async function credentialChanges(settings: GraphSettings): Promise<Listing<DirectoryChange>> {
  const listings = await Promise.all(
    QUERIES.credentialChanges().map((query) => changesWhere(settings, query, 'list who added secrets to applications')),
  );
  const failure = listings.find((listing) => listing.failure !== undefined)?.failure;
  const items = listings.flatMap((listing) => listing.items);
  return failure === undefined ? { items } : { items, failure };
}

async function changesWhere(
  settings: GraphSettings,
  query: { readonly path: string },
  what: string,
): Promise<Listing<DirectoryChange>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...query,
    what,
    permission: READ_AUDITS,
    shape: Row,
  });
  return { ...listing, items: listing.items.filter(({ result }) => result !== 'failure').map(changeOf) };
}

function changeOf(row: z.output<typeof Row>): DirectoryChange {
  const { id, activityDateTime, activityDisplayName, initiatedBy, targetResources } = row;
  const by = initiatedBy?.user?.id?.toLowerCase();
  const targets = (targetResources ?? []).flatMap(({ id: target, displayName }) =>
    target ? [{ id: target.toLowerCase(), ...(displayName ? { name: displayName } : {}) }] : [],
  );
  const properties = (targetResources ?? []).flatMap(({ modifiedProperties }) => modifiedProperties ?? []);
  const activity = activityDisplayName.trim();
  const added = properties.flatMap(({ oldValue, newValue }) => addedBy(activity, oldValue, newValue));
  return {
    id,
    at: activityDateTime,
    activity,
    ...(by ? { by } : {}),
    targets,
    addedKeys: [...new Set(added)],
  };
}

/**
 * The keys that stand in the new value and not in the old. Where there is no old value (no list, not even an empty one), the
 * new one holds keys that were there before as well: whoever edits or removes one would pass for the author of all. Then a
 * single key counts, and only of an activity that does nothing but add.
 */
function addedBy(activity: string, oldValue: string | null | undefined, newValue: string | null | undefined): string[] {
  const now = keysIn(newValue);
  if (oldValue === null || oldValue === undefined || oldValue.trim() === '') {
    return now.length === 1 && /^add /i.test(activity) ? now : [];
  }
  const before = new Set(keysIn(oldValue));
  return now.filter((key) => !before.has(key));
}

/** `["[KeyIdentifier=9c1…,KeyType=Password,KeyUsage=Verify,DisplayName=ci]"]` */
function keysIn(value: string | null | undefined): string[] {
  return [...(value ?? '').matchAll(/KeyIdentifier=([0-9a-f-]{36})/gi)].flatMap(([, key]) => key?.toLowerCase() ?? []);
}
