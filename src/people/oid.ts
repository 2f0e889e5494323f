import * as z from 'zod';
import { branded } from '../shapes/primitives.ts';

declare const brand: unique symbol;

/** Entra object id of a person, lower case GUID. It never changes, unlike a UPN. */
export type Oid = string & { readonly [brand]: 'Oid' };

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const OidSchema = branded<Oid>(z.string().regex(GUID));

/** The oid in canonical form, or undefined where the text is not a GUID. */
export function parseOid(text: string): Oid | undefined {
  const lower = text.trim().toLowerCase();
  return GUID.test(lower) ? (lower as Oid) : undefined;
}

/** A GUID as other systems write it, also in braces or without hyphens; undefined where the text is none. */
export function parseGuid(text: string): Oid | undefined {
  const hex = text
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/, '$1')
    .replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return parseOid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}
