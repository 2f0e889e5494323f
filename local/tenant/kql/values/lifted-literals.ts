/** A query in which stand-ins take the place of ids, names and instants. */
export interface LiftedQuery {
  readonly query: string;
  /** What was made of the query, as JSON, with each literal back in its place. */
  restore(json: string): string;
}

/**
 * What differs between two cases that ask the same: object ids, a UPN and instants, as
 * src/connectors/audit-log/kql-literal.ts writes them. A UPN with an escape in it stays, so that what is put back reads
 * the same in a query, decoded, and in JSON.
 */
const LITERAL =
  /(?<id>(?<=")[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?="))|(?<name>(?<=\bh")[A-Za-z0-9 @._/-]+(?="))|(?<instant>(?<=\bdatetime\()\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?=\)))/g;

/** Of the form of what it stands for, and each with a number of its own. */
const STAND_IN = /(?:11111111-1111-1111-1111-111111111|lifted@|1111-11-11T11:11:11\.)(\d{3})Z?/g;
const MOST = 1_000;

/**
 * No literal changes a name or a type, and these are all that binding is about. Lifted, the questions about every
 * leaver on every day are one query, which the parser reads once.
 */
export function liftLiterals(query: string): LiftedQuery {
  const literals: string[] = [];
  const lifted = query.replace(LITERAL, (literal, ...rest) => {
    const kinds = rest.at(-1) as Readonly<Record<'id' | 'name' | 'instant', string | undefined>>;
    const number = String(literals.push(literal) - 1).padStart(3, '0');
    if (kinds.id !== undefined) return `11111111-1111-1111-1111-111111111${number}`;
    return kinds.name === undefined ? `1111-11-11T11:11:11.${number}Z` : `lifted@${number}`;
  });
  if (literals.length > MOST || query.search(STAND_IN) >= 0) return { query, restore: (json) => json };
  return {
    query: lifted,
    restore: (json) => json.replace(STAND_IN, (found, number: string) => literals[Number(number)] ?? found),
  };
}
