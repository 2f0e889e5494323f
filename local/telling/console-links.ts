import type { Stack } from '../stack.ts';
import { STAFF, type StaffRole } from '../tenant/seeds/staff.ts';

/** A page of the console, signed in as whoever of the firm's staff has this role. */
export function consoleLink({ url }: Pick<Stack, 'url'>, as: StaffRole, page = ''): string {
  const { upn = '' } = STAFF.find((each) => each.as === as) ?? {};
  return `${url()}/console/?login_hint=${upn}${page === '' ? '' : `#${page}`}`;
}
