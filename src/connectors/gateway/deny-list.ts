import { hasGateway } from '../../config/config-optional.ts';
import { failed, NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';
import { elementsOf, inForm, refusedBy } from './deny-list-value.ts';
import { layOut } from './lay-out.ts';
import { type NamedValue, readNamedValue, writeNamedValue } from './named-values.ts';

/** How often the list is read anew because somebody else changed it in between. */
const ATTEMPTS = 5;

/** One of the list's named values, as it was before it was changed. */
export interface DenyListImage {
  readonly namedValue: string;
  readonly before: string;
}

/** Whom the list is meant to name. `complete`: all of its named values were read. */
export interface DenyList {
  readonly oids: ReadonlySet<string>;
  readonly complete: boolean;
}

export interface DenyListChange {
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

/** A named value that was not in the form of the list, and whom the gateway let in for it until it was written anew. */
export interface MisreadValue {
  readonly namedValue: string;
  readonly letIn: readonly string[];
}

/** What became of the list. */
export interface ChangedDenyList {
  /** Which named value names whom, read back after the change. */
  readonly holds: ReadonlyMap<string, string>;
  /** Of the named values, those that the gateway's policy read otherwise than they were meant. */
  readonly misread: readonly MisreadValue[];
  /** The named values that were changed. */
  readonly images: readonly DenyListImage[];
  /** Whom no named value had room for. */
  readonly full: readonly string[];
  /** From 0 to 1, how much of the room is taken. */
  readonly used: number;
  /** Why a part of the list could not be read; nobody may say of anybody that the list does not name them. */
  readonly unread?: VendorFailure;
  /** There is no gateway, and so no list: nobody was asked to decide anything. */
  readonly absent?: true;
}

const NO_LIST: ChangedDenyList = { holds: new Map(), images: [], misread: [], full: [], used: 0, absent: true };

/**
 * Changes who is refused whatever token they hold: issued access tokens outlive every revocation. The only writer of
 * the list. `decide` is given what the list holds, anew where somebody else
 * changed it meanwhile, or where it asks to look again. The list is spread
 * over several named values, because one holds about 110 oids. A read per named value side by side, a write per named
 * value that changes, and a read of each of those: what was accepted is believed only when it is read back. A named value
 * that is not in the form which the policy reads is written anew, whatever else changes.
 * `beforeWrite` sees what is about to be changed.
 */
export async function changeDenyList(
  settings: GatewaySettings,
  decide: (list: DenyList) => Promise<DenyListChange | 'look-again'>,
  beforeWrite: (images: readonly DenyListImage[]) => Promise<void> = async () => {},
): Promise<VendorResult<ChangedDenyList>> {
  if (!hasGateway(settings)) return ok(NO_LIST);
  let conflict: VendorFailure | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; ) {
    const { values, failure } = await readAll(settings, 'remover', settings.DENY_LIST_NAMED_VALUES);
    if (values.length === 0 && failure !== undefined) return failed(failure);
    const oids = new Set(values.flatMap(({ value }) => elementsOf(value)));
    const decided = await decide({ oids, complete: failure === undefined });
    if (decided === 'look-again') continue;
    attempt += 1;
    const { add, drop } = decided;
    const next = layOut(values, add, drop);
    const changed = values.flatMap((value, index) => {
      const text = next.values[index]?.value;
      return text === undefined || text === value.value ? [] : [{ value, text }];
    });
    const images = changed.map(({ value }) => ({ namedValue: value.name, before: value.value }));
    const misread = misreadOf(values);
    const about = {
      images,
      misread,
      full: next.full,
      used: next.used,
      ...(failure === undefined ? {} : { unread: failure }),
    };
    if (changed.length === 0) return ok({ ...about, holds: holdersOf(values) });
    await beforeWrite(images);
    let requestId: string | undefined;
    let stopped: VendorFailure | undefined;
    for (const { value, text } of changed) {
      const written = await writeNamedValue(settings, 'remover', value, text);
      if (!written.ok) {
        stopped = written.failure;
        break;
      }
      requestId ??= written.requestId;
    }
    if (stopped?.kind === 'conflict' && stopped.retryable) {
      conflict = stopped;
      continue;
    }
    if (stopped !== undefined) return failed(stopped);
    const names = changed.map(({ value }) => value.name);
    const again = await readAll(settings, 'remover', names);
    if (again.failure !== undefined) return failed(again.failure);
    const untouched = values.filter(({ name }) => !names.includes(name));
    const holds = holdersOf([...untouched, ...again.values]);
    const lost = add.filter((oid) => !next.full.includes(oid) && !holds.has(oid.toLowerCase()));
    if (lost.length > 0) return failed(notThere(lost));
    return ok({ ...about, holds }, requestId);
  }
  return failed(conflict ?? notThere([]));
}

/** Whether the gateway refuses this object id. `false` only where every named value was read. */
export async function isDenied(settings: GatewaySettings, oid: string): Promise<VendorResult<boolean>> {
  const { values, failure } = await readAll(settings, 'reader', settings.DENY_LIST_NAMED_VALUES);
  if (refusedBy(values.map(({ value }) => value)).has(oid.toLowerCase())) return ok(true);
  return failure === undefined ? ok(false) : failed(failure);
}

async function readAll(
  settings: GatewaySettings,
  identity: 'reader' | 'remover',
  names: readonly string[],
): Promise<{ readonly values: readonly NamedValue[]; readonly failure?: VendorFailure }> {
  const answers = await Promise.all(names.map((name) => readNamedValue(settings, identity, name)));
  const values = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failure = answers.find((answer) => !answer.ok)?.failure;
  return failure === undefined ? { values } : { values, failure };
}

function holdersOf(values: readonly NamedValue[]): Map<string, string> {
  const refused = refusedBy(values.map(({ value }) => value));
  const named = values
    .toReversed()
    .flatMap(({ name, value }) => [...refusedBy([value])].map((oid) => [oid, name] as const));
  return new Map(named.filter(([oid]) => oid !== '' && refused.has(oid)));
}

function misreadOf(values: readonly NamedValue[]): MisreadValue[] {
  const refused = refusedBy(values.map(({ value }) => value));
  return values.flatMap(({ name, value }) => {
    if (inForm(value).value === value) return [];
    return [{ namedValue: name, letIn: elementsOf(value).filter((element) => !refused.has(element)) }];
  });
}

function notThere(lost: readonly string[]): VendorFailure {
  return {
    kind: 'unavailable',
    tryAgainAfterMs: NO_TIME_NAMED,
    message: `The gateway took the change of its deny list and was read back without it (${lost.join(', ')}).`,
  };
}
