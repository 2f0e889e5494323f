import type { Schemas } from '../../api.ts';

type Row = Schemas['Denied'];

const DAY_MS = 24 * 60 * 60_000;

/** What somebody on the list is, in words. */
export const KIND_WORDS: Readonly<Record<Row['kind'], string>> = {
  person: 'person',
  identity: 'service principal, until its tokens have ended',
  unknown: 'found on the list; no case put it there',
};

/** Whether a person’s containment ends by itself within a day, so that somebody has to decide. */
export function endsSoon({ state, until, byPerson }: Row): boolean {
  return state === 'denied' && byPerson !== undefined && until !== undefined && Date.parse(until) - Date.now() < DAY_MS;
}

/** Whether the reason is but the id of the case that denies, to which the page has a link. */
export function isOnlyCase({ why, caseId }: Pick<Row, 'why' | 'caseId'>): boolean {
  return caseId !== undefined && why === `Case ${caseId}.`;
}
