import type { AccountEvidence } from '../evidence/evidence.ts';
import type { Oid } from '../oid.ts';

/** Who else holds, or held, a name of the person. */
export interface OtherHolder {
  /** Absent where the source names no object id. */
  readonly oid?: Oid;
  readonly when: 'now' | 'deleted' | 'earlier' | 'remembered';
}

/** Whether a name is the person's alone. `unread`: the sources that could not be asked, in words. */
export interface Exclusivity {
  readonly others: readonly OtherHolder[];
  readonly unread: readonly string[];
}

/**
 * A name that equals one of the person's. It is strong only where nobody else has it now, had it when they were deleted,
 * had it before by Entra's audit log or had it by our own memory, and where all four were read: names are given to
 * others, and what is linked under one stays linked.
 */
export function nameEvidence(
  name: string,
  source: string,
  says: string,
  exclusivity: Exclusivity | undefined,
  { doubt, strong = 'S1' }: { readonly doubt?: string | undefined; readonly strong?: 'S1' | 'S2' } = {},
): readonly AccountEvidence[] {
  const held = (exclusivity?.others ?? []).map(
    ({ oid, when }): AccountEvidence => ({
      code: 'Y3',
      source,
      what: `${name} ${HELD[when]}${oid ? ` (${oid})` : ''}.`,
    }),
  );
  const unread = exclusivity === undefined ? ['nobody was asked who else holds it'] : exclusivity.unread;
  const why = [...(doubt === undefined ? [] : [doubt]), ...unread].join('; ');
  const what = `${says} ${name}, a name of the person`;
  if (why === '') return [{ code: strong, source, what: `${what}.` }, ...held];
  return [{ code: 'W1', source, what: `${what}, but ${why}.` }, ...held];
}

const HELD = {
  now: 'belongs to somebody else as well',
  deleted: 'belonged to somebody else who was deleted',
  earlier: 'was somebody else’s before',
  remembered: 'was remembered as somebody else’s',
} as const;
