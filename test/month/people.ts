import { WORLD } from '../../local/tenant/seeds/world.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { EXPECTED } from './expected.ts';

/** Everybody in the story, with an object id each. */
const OIDS: ReadonlyMap<string, Oid> = new Map(
  Object.keys(EXPECTED).map((name, at) => {
    const oid = parseOid(`0e000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`);
    if (oid === undefined) throw new Error('not an oid');
    return [name, oid];
  }),
);

export function oidOf(name: string): Oid {
  const oid = OIDS.get(name);
  if (oid === undefined) throw new Error(`nobody is called ${name}`);
  return oid;
}

export const upnOf = (name: string): string => `${name}@${WORLD.domain}`;
