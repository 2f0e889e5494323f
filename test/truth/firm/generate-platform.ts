import type { Item } from './firm.ts';
import type { Making } from './generate.ts';
import { heldBy, variableName } from './generate-github.ts';
import { PLATFORM_PLACES, PLATFORM_RIGHTS } from './items/platform.ts';

/** Rights on the platform itself, and tokens that stand in it. */
export function generatePlatform(making: Making): Item[] {
  const { chance, key, somebody } = making;
  const rights = Array.from({ length: chance.between(0, 3) }, (): Item => {
    return { key: key('right'), kind: 'platform-right', right: chance.pick(PLATFORM_RIGHTS), person: somebody().key };
  });
  const tokens = Array.from({ length: chance.between(0, 2) }, (): Item => {
    const id = key('stood');
    // Names are unique, as the gateway's are.
    const name = `${variableName(making)}_${id}`;
    return { key: id, kind: 'platform-token', at: chance.pick(PLATFORM_PLACES), holds: heldBy(making, name, []) };
  });
  return [...rights, ...tokens];
}
