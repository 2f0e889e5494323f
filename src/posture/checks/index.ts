import type { CheckDefinition } from '../check.ts';
import type { ReadingDefinition } from '../reading.ts';
import { noStoredSecrets } from './no-stored-secrets.ts';
import { peopleKeptFromSecrets } from './people-kept-from-secrets.ts';
import { scopesApart } from './scopes-apart.ts';
import { serversTagged } from './servers-tagged.ts';
import { subjectsPinned } from './subjects-pinned.ts';

/** Every check, in the order of the checklist. */
export const CHECKS: readonly CheckDefinition[] = [
  serversTagged as unknown as CheckDefinition,
  scopesApart as unknown as CheckDefinition,
  peopleKeptFromSecrets as unknown as CheckDefinition,
  noStoredSecrets as unknown as CheckDefinition,
  subjectsPinned as unknown as CheckDefinition,
];

/** What a timer’s run reads: what is costly in the night to Monday alone (UTC). */
export function readingsOn(at: Date): string[] {
  const monday = at.getUTCDay() === 1;
  return READINGS.flatMap(({ id, weekly }) => (weekly === true && !monday ? [] : [id]));
}

/** Every reading that a check rests on, once. */
export const READINGS: readonly ReadingDefinition[] = [
  ...new Map(CHECKS.flatMap(({ reads }) => Object.values(reads)).map((each) => [each.id, each])).values(),
];
