import { createHash } from 'node:crypto';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { runsOf } from '../../../../src/credentials/detector/char-runs.ts';
import type { Candidate, TokenFormat } from '../../../../src/credentials/detector/token-format.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A mint and letters, the same in each run. */
export function drawing() {
  let drawn = 0;
  const bytes = (count: number): Buffer => {
    drawn += 1;
    return createHash('shake256', { outputLength: count }).update(`${drawn}`).digest();
  };
  return {
    bytes,
    mint: makeTokenMint({ bytes, now: () => Date.parse('2026-11-23T00:00:00Z') }),
    hex: (length: number): string => bytes(length).toString('hex').slice(0, length),
    letters: (length: number): string => [...bytes(length)].map((byte) => BASE62.charAt(byte % 62)).join(''),
  };
}

/** Farther than any finder looks, in words. */
export const FAR = ' words and more words,'.repeat(900).concat(' ');

/** What the finders of some formats find, each on its own. */
export function found(formats: readonly TokenFormat[], text: string): readonly Candidate[] {
  return formats.flatMap(({ finders }) =>
    finders.flatMap((finder) => {
      if ('run' in finder) {
        const runs = runsOf(text, finder.run.of, finder.run.least, [{ start: 0, end: text.length }]);
        return runs.flatMap(({ start, end }) => finder.findIn(text, start, end));
      }
      return finder.anchors.flatMap((anchor) =>
        placesOf(anchor, text).flatMap((at) => finder.findAt(text, at, anchor) ?? []),
      );
    }),
  );
}

function placesOf(anchor: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(anchor); at !== -1; at = text.indexOf(anchor, at + 1)) places.push(at);
  return places;
}

/** What is expected of a token: all but where it stands; `sure`: so many of its characters are its own for certain. */
export type Expected = Omit<Candidate, 'start' | 'end' | 'sureEnd'> & { readonly sure?: number };

/** The token alone is found between these, near the beginning of a text and far from both of its ends. */
export function isFound(
  formats: readonly TokenFormat[],
  token: string,
  { sure = token.length, ...expected }: Expected,
  [before, after]: readonly [string, string] = ['X="', '"\n'],
): void {
  for (const far of ['', FAR]) {
    const text = `${far}${before}${token}${after}${far}`;
    const start = far.length + before.length;
    const candidate = { ...expected, start, end: start + token.length, sureEnd: start + sure };
    const seen = found(formats, text);
    if (JSON.stringify(seen.map(inOrder)) !== JSON.stringify([inOrder(candidate)]))
      throw new Error(
        `${JSON.stringify(seen)} where ${JSON.stringify(candidate)} was expected, ${far === '' ? 'near' : 'far'}`,
      );
  }
}

const inOrder = (candidate: Candidate): unknown => Object.entries(candidate).sort();
