import type { VendorFailure } from '../../connectors/result.ts';
import { parseGuid } from '../../people/oid.ts';
import type { Places } from './places.ts';

/** What a value in a field that may name a person is, by the directory. */
export type NameWord = 'object-id' | 'guid-of-nobody' | 'principal-name' | 'mail' | 'principal-name-and-mail' | 'other';

/** Each value's word; the values themselves go no further. */
export async function wordsOf(
  { graph, deleted }: Pick<Places['entra'], 'graph' | 'deleted'>,
  values: readonly string[],
): Promise<{ readonly words: readonly NameWord[] } | { readonly failure: VendorFailure }> {
  const oids = values.flatMap((value) => parseGuid(value) ?? []);
  const names = values.filter((value) => parseGuid(value) === undefined).map((value) => value.toLowerCase());
  const [people, holders, gone] = await Promise.all([
    graph.peopleAmong(oids),
    graph.holdersOfNames(names),
    values.length === 0 ? { items: [] } : deleted(),
  ]);
  const failure = people.failure ?? holders.failure ?? ('failure' in gone ? gone.failure : undefined);
  if (failure !== undefined) return { failure };
  const known = new Set<string>([...people.items, ...gone.items].map(({ oid }) => oid));
  const all = [...holders.items, ...gone.items];
  const words = values.map((value): NameWord => {
    const oid = parseGuid(value);
    if (oid !== undefined) return known.has(oid) ? 'object-id' : 'guid-of-nobody';
    const name = value.toLowerCase();
    const [upn, mail] = [
      all.some(({ principalName }) => principalName === name),
      all.some(({ addresses }) => addresses?.includes(name)),
    ];
    if (upn) return mail ? 'principal-name-and-mail' : 'principal-name';
    return mail ? 'mail' : 'other';
  });
  return { words };
}

/** How many values are each of them; names of counts have no hyphen. */
export function countWords(words: readonly NameWord[]): Readonly<Record<string, number>> {
  const of = (word: NameWord): number => words.filter((each) => each === word).length;
  return {
    sampled: words.length,
    objectIds: of('object-id'),
    otherGuids: of('guid-of-nobody'),
    principalNames: of('principal-name'),
    mails: of('mail'),
    both: of('principal-name-and-mail'),
    others: of('other'),
  };
}
