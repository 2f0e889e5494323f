import { createHash } from 'node:crypto';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';

export const { mint, sas } = makeTokenMint();
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Type and digest of each token in a text. */
export const told = (text: string, name?: string): (readonly [string, string])[] =>
  findTokens(text, name).map(({ hit }) => [hit.type, hit.sha256]);
