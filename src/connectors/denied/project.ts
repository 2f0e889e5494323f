import { type Denied, deny, hasEnded, release, revisionOf } from '../../cases/denied/denied.ts';
import { type Projection, projectDenied } from '../../cases/denied/project-denied.ts';
import type { ErrorCode } from '../../errors.ts';
import { type Oid, parseOid } from '../../people/oid.ts';
import type { DenyListImage, MisreadValue } from '../gateway/deny-list.ts';
import { mapBounded } from '../map-bounded.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../result.ts';
import { type DeniedTable, readTable } from './read-table.ts';
import type { DeniedStores } from './stores.ts';
import { WaitedTurn } from './waited-turn.ts';

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
  /** Set where nobody but the urgent ones may be written. */
  readonly blocked?: string;
  /** There is no gateway: the table keeps who is denied, for the day on which there is one. */
  readonly absent?: true;
}

/** What one caller wants of a projection, which is done for all who wait. */
export interface ProjectionAsked {
  readonly now: Date;
  /** Who is denied right now, and must be on the list whatever is wrong with the table. */
  readonly urgent?: Oid;
  readonly beforeWrite?: (images: readonly DenyListImage[]) => Promise<void>;
}

/** From here on people have time to make room. */
const NEARLY_FULL = 0.8;
/** Before-images that are filed side by side. */
const FILED_AT_ONCE = 20;
const NO_LIST = { holds: new Map(), dropped: [], images: [], faults: [], absent: true } as const;
const ENDED = { by: 'expiry', why: 'The tokens for which it was denied have ended.' };
const NOBODY_DECIDED = { by: 'expiry', why: 'The containment ended: nobody decided before its end.' };

/** What a projection did, for all who waited for it. */
export interface ProjectionDone {
  readonly projected: Omit<Projected, 'added'> & { readonly wanted: readonly Oid[] };
  /** Why a part of the list could not be read. */
  readonly unread?: VendorFailure;
}

/** For whom the list was made: whoever is denied right now must be on it. */
export function projectedFor(done: VendorResult<ProjectionDone>, urgent: Oid | undefined): VendorResult<Projected> {
  if (!done.ok) return done;
  const { projected, unread } = done.value;
  const { wanted, ...rest } = projected;
  if (unread !== undefined && (urgent === undefined || !rest.holds.has(urgent))) return failed<Projected>(unread);
  return ok({ ...rest, added: wanted.filter((oid) => rest.holds.has(oid)) }, done.requestId);
}

/**
 * Makes the list what the table says, once for all who wait. Safe beside other runs: the rule is asked again with
 * whatever the list holds by then, and a run that finds its work done by another one writes nothing. Of several
 * processes one has the turn to write (`takeTurn`), and after a write for many it rests, so that the next one is for
 * many as well: five hundred leavers at once take a few dozen writes, and one who comes alone waits for nobody.
 * @throws where storage does not answer: what the table holds is not known then, and the list stays as it is
 */
export async function project(
  { gateway, storage, restMs }: DeniedStores,
  asked: readonly ProjectionAsked[],
): Promise<VendorResult<ProjectionDone>> {
  const now = new Date(Math.max(...asked.map((each) => each.now.getTime())));
  const urgent = new Set(asked.flatMap((each) => each.urgent ?? []));
  let table = await tableAt(storage, now);
  let planned: Projection | undefined;
  const turn = new WaitedTurn(storage);
  try {
    const changed = await gateway.changeDenyList(
      async (list) => {
        // Others may have come while this one waited for its turn.
        if (planned !== undefined) table = await tableAt(storage, now);
        planned = projectDenied(table.rows, list, table.mark, now, urgent);
        if (planned.add.length + planned.drop.length === 0) return planned;
        return (await turn.take()) ? planned : 'look-again';
      },
      async (images) => {
        await mapBounded(asked, FILED_AT_ONCE, async ({ beforeWrite }) => beforeWrite?.(images));
      },
    );
    if (!changed.ok) return failed(changed.failure);
    if (changed.value.absent) return ok({ projected: { ...NO_LIST, wanted: [] } });
    const { blocked, adopt = [], drifted = [], add = [], drop = [] } = planned ?? {};
    const { holds, images, misread, full, used, unread } = changed.value;
    if (images.length > 0 && add.length + drop.length > 1) turn.restMs = restMs;
    const why = 'Found on the gateway’s deny list; no case of this app put it there.';
    for (const oid of adopt) {
      const at = now.toISOString();
      await storage.changeDenied(oid, (row) => row ?? deny(undefined, { oid, kind: 'unknown', why, at }));
    }
    const revision = Math.max(revisionOf(table.rows), table.mark?.revision ?? 0);
    const percent = used < NEARLY_FULL ? undefined : Math.round(used * 100);
    const next = { revision, ...(blocked && { blocked }), ...(percent !== undefined && { used: percent }) };
    if (next.revision !== table.mark?.revision || next.blocked !== table.mark.blocked || percent !== table.mark.used)
      await storage.writeDeniedMark(next);
    const unreadable = table.rows.filter(({ state }) => state === 'unreadable').map(({ oid }) => oid);
    const faults = faultsOf({ blocked, misread, adopt, drifted, unreadable, full, used });
    return ok(
      {
        projected: { holds, wanted: add, dropped: drop, images, faults, ...(blocked === undefined ? {} : { blocked }) },
        ...(unread === undefined ? {} : { unread }),
      },
      changed.requestId,
    );
  } finally {
    await turn.giveBack();
  }
}

async function tableAt(storage: DeniedStores['storage'], now: Date): Promise<DeniedTable> {
  const { rows, mark } = await readTable(storage);
  return { rows: await Promise.all(rows.map((row) => endOf(row, now, storage))), mark };
}

/** A denial that has ended leaves the list by a recorded release, like every other. */
async function endOf(row: Denied, now: Date, storage: DeniedStores['storage']): Promise<Denied> {
  if (!hasEnded(row, now)) return row;
  const at = now.toISOString();
  const { row: after = row } = await storage.changeDenied(row.oid, (current) =>
    current !== undefined && hasEnded(current, now) ? release(current, { at, ...endedBy(current) }) : current,
  );
  return after;
}

function endedBy({ byPerson }: Denied): typeof ENDED {
  return byPerson === undefined ? ENDED : NOBODY_DECIDED;
}

interface Seen {
  readonly blocked: string | undefined;
  readonly misread: readonly MisreadValue[];
  readonly adopt: readonly Oid[];
  readonly drifted: readonly Oid[];
  readonly unreadable: readonly Oid[];
  readonly full: readonly string[];
  readonly used: number;
}

function faultsOf({ blocked, misread, adopt, drifted, unreadable, full, used }: Seen): DeniedFault[] {
  const faults: (DeniedFault | undefined)[] = [
    blocked === undefined ? undefined : { code: 'deny-list-blocked', message: blocked },
    ...misread.map(rewritten),
    drifted.length === 0
      ? undefined
      : { code: 'deny-list-drifted', message: `The list lacked ${drifted.length} who are denied: ${some(drifted)}.` },
    adopt.length === 0
      ? undefined
      : { code: 'deny-list-adopted', message: `The list names ${adopt.length} whom no case denied: ${some(adopt)}.` },
    unreadable.length === 0
      ? undefined
      : {
          code: 'deny-list-unreadable',
          message: `${unreadable.length} rows of the table of the denied cannot be read: ${some(unreadable)}.`,
        },
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
