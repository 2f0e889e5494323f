import { seededGuid } from '../../../../local/tenant/entra/directory.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type Person, personOf } from '../firm.ts';
import type { Held } from '../items/held.ts';
import type { Ground } from './ground.ts';

const CLAIMS = 'http://schemas.microsoft.com/identity/claims';

/** What Entra sends with every assertion. */
export function entraClaims({ oid }: Person): { readonly name: string; readonly value: string }[] {
  return [
    { name: `${CLAIMS}/tenantid`, value: WORLD.tenantId },
    { name: `${CLAIMS}/objectidentifier`, value: oid },
  ];
}

/** The text in which a token stands, and the token for whoever looks for it. */
export function textOf(ground: Ground, held: Held): string {
  const token = tokenOf(ground, held);
  switch (held.wrapped) {
    case 'plain':
      return token;
    case 'base64':
      return Buffer.from(`x-access-token:${token}`).toString('base64');
    case 'header':
      return `Authorization: Bearer ${token}`;
    case 'json':
      return JSON.stringify({ registry: 'registry.example', auth: token });
    case 'assignment':
      return `export TOKEN=${token}`;
    default:
      return held.wrapped satisfies never;
  }
}

function tokenOf(ground: Ground, { format, owner, listedAs }: Held): string {
  const known = listedAs === undefined ? undefined : ground.listed.get(listedAs);
  if (known !== undefined) return known;
  if (format !== 'jwt') return ground.mint.mint(format);
  const person = typeof owner === 'object' ? personOf(ground.firm, owner.person) : undefined;
  return ground.mint.jwt({
    aud: 'https://management.azure.com',
    tid: WORLD.tenantId,
    ...(person === undefined
      ? { oid: seededGuid(`service ${ground.firm.seed}`), idtyp: 'app' }
      : { oid: person.oid, upn: person.userPrincipalName, idtyp: 'user' }),
    exp: Math.floor(ground.now.getTime() / 1000) + 40_000,
  });
}
