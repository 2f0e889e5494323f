import { failed, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';
import { isListed, withOid } from './deny-list-value.ts';
import { type NamedValue, readNamedValue, writeNamedValue } from './named-values.ts';

/** How often the list is read anew because somebody else changed it in between. */
const ATTEMPTS = 5;

/** One of the list's named values, as it was before the caller was put there. */
export interface DenyListImage {
  readonly namedValue: string;
  readonly before: string;
}

export interface DeniedCaller extends DenyListImage {
  /** The list named the caller before. */
  readonly already: boolean;
}

/**
 * Makes the gateway refuse every token of this person: issued access tokens outlive every revocation. The list is
 * spread over several named values, because one holds about 110 oids; the first with room takes the new one.
 * A read per named value, side by side, and one write; `beforeWrite` sees what is about to be changed.
 */
export async function denyCaller(
  settings: GatewaySettings,
  oid: string,
  beforeWrite: (image: DenyListImage) => Promise<void> = async () => {},
): Promise<VendorResult<DeniedCaller>> {
  let conflict: VendorFailure | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { values, failure } = await readAll(settings, 'remover');
    const listed = values.find(({ value }) => isListed(value, oid));
    if (listed !== undefined) return ok({ already: true, namedValue: listed.name, before: listed.value });
    const target = values.find(({ value }) => withOid(value, oid) !== undefined);
    const next = target === undefined ? undefined : withOid(target.value, oid);
    if (target === undefined || next === undefined) return failed(failure ?? full(settings));
    await beforeWrite({ namedValue: target.name, before: target.value });
    const written = await writeNamedValue(settings, 'remover', target, next);
    if (written.ok) return ok({ already: false, namedValue: target.name, before: target.value }, written.requestId);
    if (written.failure.kind !== 'conflict' || !written.failure.retryable) return written;
    conflict = written.failure;
  }
  return failed(conflict ?? full(settings));
}

/** Whether the gateway refuses this person. `false` only where every named value was read. */
export async function isDenied(settings: GatewaySettings, oid: string): Promise<VendorResult<boolean>> {
  const { values, failure } = await readAll(settings, 'reader');
  if (values.some(({ value }) => isListed(value, oid))) return ok(true);
  return failure === undefined ? ok(false) : failed(failure);
}

async function readAll(
  settings: GatewaySettings,
  identity: 'reader' | 'remover',
): Promise<{ readonly values: readonly NamedValue[]; readonly failure?: VendorFailure }> {
  const answers = await Promise.all(
    settings.DENY_LIST_NAMED_VALUES.map((name) => readNamedValue(settings, identity, name)),
  );
  const values = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failure = answers.find((answer) => !answer.ok)?.failure;
  return failure === undefined ? { values } : { values, failure };
}

function full(settings: GatewaySettings): VendorFailure {
  const names = settings.DENY_LIST_NAMED_VALUES.join(', ');
  return {
    kind: 'refused',
    status: 400,
    message: `The gateway’s deny list is full (${names}). Add a named value to the gateway, its policy and the setting DENY_LIST_NAMED_VALUES.`,
  };
}
