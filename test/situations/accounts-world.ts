import type { Item, Person } from '../truth/firm/firm.ts';
import { ACTIONS } from '../truth/firm/generate-trusts.ts';
import type { Trust } from '../truth/firm/items/directory.ts';
import { ALEX, ANA, DOMAIN, signOn } from './base-firm.ts';
import type { Situation } from './situation.ts';

export const PAT: Item = {
  key: 'pat',
  kind: 'fine-grained',
  organisation: 'northwind-capital',
  person: 'alex',
  id: 801,
  name: 'ci',
};
export const KEY: Item = {
  key: 'ssh',
  kind: 'sso-credential',
  organisation: 'northwind-labs',
  person: 'alex',
  id: 802,
  type: 'SSH key',
  note: 'laptop',
};
export const trust = (key: string, subject: string, admits: Trust['admits']): Item => ({
  key,
  kind: 'trust',
  at: { type: 'identity', name: `id-${key}`, subscription: 'platform' },
  name: 'credential',
  issuer: ACTIONS,
  subject,
  admits,
  how: subject,
});

/** Ana was called like Alex before; Alex is a newcomer who got her old UPN. GitHub still links it to her account. */
export const OLD_NAME_OF_ANA = (more: { readonly objectIdOf?: string }): Pick<Situation, 'items' | 'without'> => ({
  without: ['sign-on-ana', 'sign-on-alex'],
  items: [
    ...signOn('by-old-name', ANA, ALEX.userPrincipalName, more),
    trust('of-ana', 'repo:amoreau-silva/tools:pull_request', { person: 'ana' }),
  ],
});

export const SECOND: Person = {
  key: 'alex-admin',
  also: 'alex',
  oid: 'a1b2c3d4-5e6f-4000-8000-000000000008',
  displayName: 'Alex Moreau (admin)',
  userPrincipalName: `adm-alex.moreau@${DOMAIN}`,
  mail: null,
  github: { id: 9_900_123, login: 'adm-amoreau' },
};

/** Names of objects that are no people, with the id under which a case would be asked for. */
export const NO_PEOPLE: readonly (readonly [string, string])[] = [
  ['an agent’s service principal', '85477313-fa43-4c7d-b8a4-54fed35d0b60'],
  ['the gateway’s service principal', '27fb395a-9c03-45ed-8165-e7b5da27bae1'],
];
