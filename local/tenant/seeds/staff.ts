import type { Staff } from '../core/sign-in.ts';
import { WORLD } from './world.ts';

/** The application with which the firm's staff sign in to the console. */
export const CONSOLE_CLIENT_ID = '5d0c2f11-7b1e-4c59-9a06-3f6b2a9c1e01';

const DOMAIN = WORLD.operator.userPrincipalName.split('@')[1];
const of = (oid: string, name: string, local: string, ...roles: string[]): Staff => ({
  ...{ oid, name, upn: `${local}@${DOMAIN}` },
  roles: roles.map((role) => `Offboarding.${role}`),
});

/** One for each role that the app knows, one with all, and one with none. */
export const STAFF = [
  of(WORLD.operator.oid, 'Imani Okafor', 'it.operator', 'Read', 'Operate'),
  of('a9000000-0000-4000-8000-000000000001', 'Sven Lindqvist', 'sven.lindqvist', 'Read', 'Approve'),
  of('a9000000-0000-4000-8000-000000000002', 'Rosa Marchetti', 'rosa.marchetti', 'Read', 'Operate', 'Administer'),
  of('a9000000-0000-4000-8000-000000000003', 'Anneliese Oberhuber', 'auditor', 'Read'),
  of('a9000000-0000-4000-8000-000000000004', 'Tom Hale', 'tom.hale'),
] as const;
