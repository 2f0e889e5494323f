import type { Remedy } from '../../../src/cases/remedies/remedy.ts';
import { findingId, remedyIdOf } from '../../../src/cases/stable-id.ts';
import type { Ownership } from '../../../src/credentials/ownership.ts';
import type { OwnedToken, TokenPlace } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';

export const END = new Date('2026-11-23T12:00:00.000Z');

export const remedy = (kind: string): Remedy => ({
  id: remedyIdOf(findingId('runner-credentials', kind, 'x')),
  risk: 'disruptive',
  what: 'x',
  undo: 'x',
  call: { kind, expected: {} },
});

export const place = (more: Partial<TokenPlace> = {}): TokenPlace => ({
  kind: 'token-in-variable',
  resource: { system: 'github', type: 'repository-variable', id: 'acme/api#TOKEN', name: 'TOKEN' },
  id: 'acme/api#TOKEN',
  words: 'variable TOKEN of acme/api',
  whose: { variable: 'TOKEN', container: { what: 'repository', names: ['api'] } },
  status: 'manual-action',
  cleanUp: 'Delete the variable.',
  ...more,
});
export const REVOCABLE = { revocation: () => remedy('revoke-found-token') };

export const LEAVERS = { owner: 'leaver', proof: 'object-id', reasons: ['it names them'] } satisfies Ownership;

export const LIKELY: Ownership = { owner: 'likely', reasons: ['a sign'] };
export const UNKNOWN: Ownership = { owner: 'unknown', pointsToLeaver: false, reasons: ['nothing'] };
export const POINTING: Ownership = { owner: 'unknown', pointsToLeaver: true, reasons: ['a weak sign'] };

export const token = (ownership: Ownership, hit: Partial<OwnedToken['hit']> = {}, ends?: Date): OwnedToken => ({
  hit: { type: 'github-classic', holder: 'personal', checksum: 'valid', sha256: 'aa', lastFour: '1234', ...hit },
  ownership,
  ...(ends === undefined ? {} : { ends }),
});
