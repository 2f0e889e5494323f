import type { Staff } from '../core/sign-in.ts';
import { WORLD } from './world.ts';

/** The application with which the firm's staff sign in to the console. */
export const CONSOLE_CLIENT_ID = '5d0c2f11-7b1e-4c59-9a06-3f6b2a9c1e01';

const DOMAIN = WORLD.operator.userPrincipalName.split('@')[1];
/** What somebody is to the app. */
export type StaffRole = 'operator' | 'approver' | 'administrator' | 'reader' | 'nobody';

const of = (as: StaffRole, oid: string, name: string, local: string, ...roles: string[]) => ({
  ...{ as, oid, name, upn: `${local}@${DOMAIN}` },
  roles: roles.map((role) => `Offboarding.${role}`),
});

/** One for each role that the app knows, and one with none. */
export const STAFF: readonly (Staff & { readonly as: StaffRole })[] = [
  of('operator', WORLD.operator.oid, 'Imani Okafor', 'it.operator', 'Read', 'Operate'),
  of('approver', 'a9000000-0000-4000-8000-000000000001', 'Sven Lindqvist', 'sven.lindqvist', 'Read', 'Approve'),
  of(
    ...(['administrator', 'a9000000-0000-4000-8000-000000000002', 'Rosa Marchetti', 'rosa.marchetti'] as const),
    ...['Read', 'Operate', 'Administer'],
  ),
  of('reader', 'a9000000-0000-4000-8000-000000000003', 'Anneliese Oberhuber', 'auditor', 'Read'),
  of('nobody', 'a9000000-0000-4000-8000-000000000004', 'Tom Hale', 'tom.hale'),
];
