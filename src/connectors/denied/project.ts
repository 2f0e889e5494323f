import { type Denied, deny, hasEnded, release, revisionOf } from '../../cases/denied.ts';
import { type Projection, projectDenied } from '../../cases/project-denied.ts';
import type { ErrorCode } from '../../errors.ts';
import { type Oid, parseOid } from '../../people/oid.ts';
import type { DenyListImage, MisreadValue } from '../gateway/deny-list.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../result.ts';
import { readTable } from './read-table.ts';
import type { DeniedStores } from './stores.ts';

/** Something about table or list that people must hear of. */
export interface DeniedFault {
  readonly code: Extract<ErrorCode, `deny-list-${string}`>;
  /** One sentence, with whom or how many. */
  readonly message: string;
}

/** What became of the list. */
export interface Projected {
  /** Which named value holds whom, read back. */
  readonly holds: ReadonlyMap<string, string>;
  readonly added: readonly Oid[];
  readonly dropped: readonly Oid[];
  readonly images: readonly DenyListImage[];
  readonly faults: readonly DeniedFault[];
  /** Set where nothing but the urgent one may be written. */
  readonly blocked?: string;
  /** There is no gateway: the table keeps who is denied, for the day on which there is one. */
  readonly absent?: true;
}

export interface ProjectOptions {
  /** Who is denied right now, and must be on the list whatever is wrong with the table. */
  readonly urgent?: Oid;
  readonly beforeWrite?: (images: readonly DenyListImage[]) => Promise<void>;
}

/** From here on people have time to make room. */
const NEARLY_FULL = 0.8;
const NO_LIST: Projected = { holds: new Map(), added: [], dropped: [], images: [], faults: [], absent: true };
const ENDED = { by: 'expiry', why: 'The tokens for which it was denied have ended.' };

/**
 * Makes the list what the table says. Safe beside other runs: the rule is asked again with whatever the list holds by
 * then, and a run that finds its work done by another one writes nothing, so that many leavers at once take few writes.
 * @throws where storage does not answer: what the table holds is not known then, and the list stays as it is
 */
export async function project(
  { gateway, storage }: DeniedStores,
  now: Date,
  { urgent, beforeWrite }: ProjectOptions = {},
): Promise<VendorResult<Projected>> {
  const table = await readTable(storage);
  const { mark } = table;
  const at = now.toISOString();
  const rows = await Promise.all(table.rows.map((row) => endOf(row, now, storage)));
  let planned: Projection | undefined;
  const changed = await gateway.changeDenyList(async (list) => {
    planned = projectDenied(rows, list, mark, now, urgent);
    return planned;
  }, beforeWrite);
  if (!changed.ok) return failed(changed.failure);
  if (changed.value.absent) return ok(NO_LIST);
  const { blocked, adopt = [], drifted = [], add = [], drop = [] } = planned ?? {};
  for (const oid of adopt) {
    const why = 'Found on the gateway’s deny list; no case of this app put it there.';
    await storage.changeDenied(oid, (row) => row ?? deny(undefined, { oid, kind: 'unknown', why, at }));
  }
  const revision = Math.max(revisionOf(rows), mark?.revision ?? 0);
  const next = { revision, ...(blocked === undefined ? {} : { blocked }) };
  if (next.revision !== mark?.revision || next.blocked !== mark.blocked) await storage.writeDeniedMark(next);
  const { holds, images, misread, full, used, unread } = changed.value;
  const faults = faultsOf({ blocked, misread, adopt, drifted, full, used });
  if (unread !== undefined && (urgent === undefined || !holds.has(urgent))) return failed<Projected>(unread);
  return ok(
    {
      holds,
      added: add.filter((oid) => holds.has(oid)),
      dropped: drop,
      images,
      faults,
      ...(blocked === undefined ? {} : { blocked }),
    },
    changed.requestId,
  );
}

/** A denial that has ended leaves the list by a recorded release, like every other. */
async function endOf(row: Denied, now: Date, storage: DeniedStores['storage']): Promise<Denied> {
  if (!hasEnded(row, now)) return row;
  const at = now.toISOString();
  const { row: after = row } = await storage.changeDenied(row.oid, (current) =>
    current !== undefined && hasEnded(current, now) ? release(current, { at, ...ENDED }) : current,
  );
  return after;
}

interface Seen {
  readonly blocked: string | undefined;
  readonly misread: readonly MisreadValue[];
  readonly adopt: readonly Oid[];
  readonly drifted: readonly Oid[];
  readonly full: readonly string[];
  readonly used: number;
}

function faultsOf({ blocked, misread, adopt, drifted, full, used }: Seen): DeniedFault[] {
  const faults: (DeniedFault | undefined)[] = [
    blocked === undefined ? undefined : { code: 'deny-list-blocked', message: blocked },
    ...misread.map(rewritten),
    drifted.length === 0
      ? undefined
      : { code: 'deny-list-drifted', message: `The list lacked ${drifted.length} who are denied: ${some(drifted)}.` },
    adopt.length === 0
      ? undefined
      : { code: 'deny-list-adopted', message: `The list names ${adopt.length} whom no case denied: ${some(adopt)}.` },
    full.length === 0
      ? used < NEARLY_FULL
        ? undefined
        : { code: 'deny-list-nearly-full', message: `${Math.round(used * 100)} % of the list's room is taken.` }
      : { code: 'deny-list-full', message: `The list has no room for ${full.length} who are denied: ${some(full)}.` },
  ];
  return faults.filter((fault) => fault !== undefined);
}

function rewritten({ namedValue, letIn }: MisreadValue): DeniedFault {
  const people = letIn.filter((text) => parseOid(text) !== undefined);
  const until = people.length === 0 ? '' : ` Until then the gateway refused not all whom it names: ${some(people)}.`;
  return {
    code: 'deny-list-rewritten',
    message: `The named value ${namedValue} was not in the form that the gateway reads, and was written anew.${until}`,
  };
}

function some(oids: readonly string[]): string {
  return oids.length > 5 ? `${oids.slice(0, 5).join(', ')} and ${oids.length - 5} more` : oids.join(', ');
}

/** Why the list has no room for one, as a failure. */
export function noRoom(): VendorFailure {
  const message =
    'The gateway’s deny list is full. Add a name to deny_list_named_values of Terraform’s input gateway_settings, and apply.';
  return { kind: 'refused', status: 400, message };
}
