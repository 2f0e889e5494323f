import { createHash } from 'node:crypto';
import type { BlobRef } from '../../../cases/remedies/remedy.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { StorageSettings } from '../../settings.ts';
import { wholeBlob } from '../base/whole-blob.ts';
import { type Container, containerOf } from './evidence.ts';

const READS_IN_FLIGHT = 16;

/** The first names below a prefix, in order, and when each was written; the documents are not read. */
export async function listWritten(
  settings: StorageSettings,
  container: Container,
  prefix: string,
  most: number,
): Promise<{ readonly name: string; readonly at: Date }[]> {
  const written: { readonly name: string; readonly at: Date }[] = [];
  for await (const { name, properties } of containerOf(settings, container).listBlobsFlat({ prefix })) {
    written.push({ name, at: properties.lastModified });
    if (written.length === most) break;
  }
  return written;
}

/** The first names below a prefix, in order; the documents are not read. */
export async function listNames(
  settings: StorageSettings,
  container: Container,
  prefix: string,
  most: number,
): Promise<string[]> {
  return (await listWritten(settings, container, prefix, most)).map(({ name }) => name);
}

/** When the newest document below a prefix was written, in milliseconds since the epoch; undefined where there is none. */
export async function newestBelow(
  settings: StorageSettings,
  container: Container,
  prefix: string,
): Promise<number | undefined> {
  let newest: number | undefined;
  for await (const { properties } of containerOf(settings, container).listBlobsFlat({ prefix })) {
    const at = properties.lastModified.getTime();
    if (newest === undefined || at > newest) newest = at;
  }
  return newest;
}

/** References to every document below a prefix, by name. Those that are `known` are not read again. */
export async function listRefs(
  settings: StorageSettings,
  container: Container,
  prefix: string,
  known: readonly BlobRef[] = [],
): Promise<BlobRef[]> {
  const client = containerOf(settings, container);
  const names: string[] = [];
  for await (const { name } of client.listBlobsFlat({ prefix })) names.push(name);
  const recorded = new Map(known.filter((ref) => ref.container === container).map((ref) => [ref.name, ref]));
  const refs = await mapBounded(names, READS_IN_FLIGHT, async (name): Promise<BlobRef> => {
    const there = recorded.get(name);
    if (there !== undefined) return there;
    const { bytes } = await wholeBlob(settings, client.getBlobClient(name));
    return { container, name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  });
  return refs.sort((a, b) => (a.name < b.name ? -1 : 1));
}
