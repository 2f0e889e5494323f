import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { type NameHolder, READ_AUDITS } from '../../../src/connectors/graph/people/name-holders.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { Memory } from '../../../src/people/evidence/remembered.ts';
import type { Exclusivity, OtherHolder } from '../../../src/people/names/name-holders.ts';
import type { Oid } from '../../../src/people/oid.ts';

/** Asks whose else a name is or was. Nothing is asked before a name is all that links an account. */
export interface NameHolders {
  of(names: readonly string[]): Promise<ReadonlyMap<string, Exclusivity>>;
  coverage(): readonly Coverage[];
  failures(): readonly VendorFailure[];
}

const SOURCE = 'entra/name-history';

/** A firm need not grant them: docs/people.md says what is lost. */
const TO_GRANT = `it takes ${READ_AUDITS} for the reader’s managed identity`;

export function openNameHolders(
  vendors: Pick<Vendors, 'graph'>,
  person: Oid,
  memory: Pick<Memory, 'names'> | undefined,
): NameHolders {
  let past: Promise<readonly [Listing<NameHolder>, Listing<NameHolder>]> | undefined;
  const answers = new Map<string, Promise<Listing<NameHolder>>>();
  const failures: VendorFailure[] = [];
  const asked = new Set<string>();
  const unread = new Set<string>();

  const of = async (names: readonly string[]): Promise<ReadonlyMap<string, Exclusivity>> => {
    const wanted = [...new Set(names.map((name) => name.toLowerCase()))].sort();
    if (wanted.length === 0) return new Map();
    const key = wanted.join(' ');
    past ??= Promise.all([vendors.graph.deletedHolders(), vendors.graph.formerHolders()]);
    const asking = answers.get(key) ?? vendors.graph.holdersOfNames(wanted);
    answers.set(key, asking);
    const [now, [deleted, former]] = await Promise.all([asking, past]);
    const denied = former.failure?.kind === 'denied';
    const why = [
      ...reason(now, 'who has it now could not be read'),
      ...reason(deleted, 'who had it among the deleted could not be read'),
      ...reason(former, `who had it before could not be read${denied ? ` (${TO_GRANT})` : ''}`),
      ...(memory === undefined ? ['what earlier cases remember could not be read'] : []),
    ];
    for (const name of wanted) asked.add(name);
    for (const each of why) unread.add(each);
    failures.push(...[now, deleted, former].flatMap(({ failure }) => failure ?? []));
    return new Map(
      wanted.map((name) => {
        const others = [
          ...holding(now, name, 'now', person),
          ...holding(deleted, name, 'deleted', person),
          ...holding(former, name, 'earlier', person),
          ...(memory?.names ?? []).flatMap(({ name: known, oid }): OtherHolder[] =>
            known === name && oid !== person ? [{ oid, when: 'remembered' }] : [],
          ),
        ];
        return [name, { others, unread: why }] as const;
      }),
    );
  };
  return {
    of,
    failures: () => failures,
    coverage: () => {
      if (asked.size === 0) return [];
      const looked = { asked: asked.size, count: unread.size === 0 ? asked.size : 0, unit: 'names' };
      if (unread.size === 0) return [{ source: SOURCE, state: 'complete', looked }];
      const detail =
        `An account is linked to the person by a name only, and whose else that name was is not fully known: ` +
        `${[...unread].join('; ')}. Nothing is planned on such an account.`;
      return [{ source: SOURCE, state: 'partial', looked, detail }];
    },
  };
}

function reason({ failure }: Listing<unknown>, words: string): string[] {
  return failure === undefined ? [] : [words];
}

function holding({ items }: Listing<NameHolder>, name: string, when: OtherHolder['when'], person: Oid): OtherHolder[] {
  const oids = new Set(items.filter(({ names, oid }) => oid !== person && names.includes(name)).map(({ oid }) => oid));
  return [...oids].map((oid) => ({ oid, when }));
}
