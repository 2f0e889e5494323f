import * as z from 'zod';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { text } from '../../../../src/shapes/primitives.ts';
import type { Untouched } from '../facts/read-again.ts';

/** Repositories that the audit log names, as names in small letters; null where nobody could tell. */
export const TouchedSchema = z.nullable(z.array(text));
export type Touched = Immutable<z.output<typeof TouchedSchema>>;

/** The log may be late, and GitHub’s clock behind ours: so much of what was read before is read again. */
const OVERLAP_MS = 15 * 60_000;

/** What the organisation's audit log names since then; null where there is none, or not all of it could be read. */
export async function touchedSince(
  client: Pick<GitHubOrganisation, 'changedRepositories'>,
  since: string,
): Promise<Touched> {
  const { items, failure } = await client.changedRepositories(new Date(Date.parse(since) - OVERLAP_MS));
  return failure === undefined ? items : null;
}

/** Whether the log was read and names nothing of a repository. */
export function untouchedBy(organisation: string, touched: Touched): Untouched {
  if (touched === null) return () => false;
  const names = new Set(touched);
  return ({ name }) => !names.has(`${organisation}/${name}`.toLowerCase());
}
