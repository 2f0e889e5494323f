import { rememberProtectedPeople } from '../intake/person/protected-groups.ts';
import type { Duty } from './duty.ts';

/** In the first minutes of an hour: a group changes rarely, and a round may come late. */
const MINUTES = 2;

/** Reads who is in the protected groups, because of a deleted user nobody can ask any more. */
export const rememberProtected: Duty = {
  name: 'remember who is protected',
  run: async ({ vendors, settings, log, now }) => {
    if (now().getUTCMinutes() >= MINUTES) return 0;
    const { people, failure } = await rememberProtectedPeople(vendors, settings, now());
    if (failure !== undefined)
      log.error('the protected groups were not read', { code: 'directory-unreadable', reason: failure });
    return people;
  },
};
