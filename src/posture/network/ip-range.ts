import * as z from 'zod';

/** Addresses that follow one another. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const V4 = z.union([z.ipv4(), z.cidrv4()]);
const V6 = z.union([z.ipv6(), z.cidrv6()]);

/** `10.40.1.0/24`, `10.40.0.4` or the same of IPv6; undefined where it is anything else, such as the name of a service. */
export function ipRange(text: string): IpRange | undefined {
  const [address = '', length] = text.trim().split('/');
  if (V4.safeParse(text.trim()).success) return rangeOf(4, numberOf(address.split('.'), 8, 10), length);
  if (!V6.safeParse(text.trim()).success || address.includes('.')) return undefined;
  const [head = '', tail] = address.split('::');
  const parts = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const [before, after] = [parts(head), parts(tail ?? '')];
  const between = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return rangeOf(6, numberOf([...before, ...between, ...after], 16, 16), length);
}

/** Whether all of `inner` is in `outer`. */
export function isWithin(inner: IpRange, outer: IpRange): boolean {
  return inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether there is an address that is in both. */
export function overlap(one: IpRange, other: IpRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

function numberOf(parts: readonly string[], bits: number, base: number): bigint {
  return parts.reduce((sum, part) => (sum << BigInt(bits)) | BigInt(Number.parseInt(part, base)), 0n);
}

function rangeOf(family: 4 | 6, address: bigint, length: string | undefined): IpRange {
  const width = family === 4 ? 32 : 128;
  const size = 1n << BigInt(width - Number(length ?? width));
  const first = address - (address % size);
  return { family, first, last: first + size - 1n };
}
