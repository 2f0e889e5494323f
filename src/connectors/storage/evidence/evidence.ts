import { createHash } from 'node:crypto';
import type { BlobHTTPHeaders, ContainerClient } from '@azure/storage-blob';
import type * as z from 'zod';
import type { BlobRef } from '../../../cases/remedies/remedy.ts';
import { jsonWithoutSecrets, withoutSecrets } from '../../../credentials/without-secrets.ts';
import { OffboardingError } from '../../../errors.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { blobsOf } from '../base/blobs.ts';
import { wholeBlob } from '../base/whole-blob.ts';

/** Where documents are filed. */
export type Container = BlobRef['container'];

/** The container of that name. */
export function containerOf(settings: StorageSettings, container: Container | 'hr-receipts'): ContainerClient {
  return blobsOf(settings, container);
}

/** Makes the containers where they are missing. In Azure, Terraform made them and this changes nothing. */
export async function ensureContainers(settings: StorageSettings): Promise<void> {
  for (const container of ['work', 'evidence', 'inventory', 'hr-receipts'] as const) {
    await containerOf(settings, container).createIfNotExists();
  }
}

const JSON_HEADERS: BlobHTTPHeaders = { blobContentType: 'application/json' };

/**
 * What is filed cannot be taken back, and names, labels and subjects may hold a token: it goes on its way in. In `work`
 * the plan keeps what vendors call things, because remedies have to name them.
 */
function filed(container: Container, content: string, { blobContentType }: BlobHTTPHeaders): string {
  if (container === 'work') return content;
  return blobContentType === JSON_HEADERS.blobContentType ? jsonWithoutSecrets(content) : withoutSecrets(content);
}

/**
 * Writes a document once. Blobs are never overwritten (the evidence container is immutable in Azure):
 * a second write of the same bytes says the same, a second write of other bytes is an error.
 */
export async function putOnce(
  settings: StorageSettings,
  container: Container,
  name: string,
  given: string,
  headers: BlobHTTPHeaders = JSON_HEADERS,
): Promise<BlobRef> {
  const content = filed(container, given, headers);
  const bytes = Buffer.from(content, 'utf8');
  const ref = refOf(container, name, content);
  const blob = containerOf(settings, container).getBlockBlobClient(name);
  try {
    await blob.upload(bytes, bytes.length, { conditions: { ifNoneMatch: '*' }, blobHTTPHeaders: headers });
  } catch (error) {
    if (!answered(error, 409, 412)) throw error;
    const existing = createHash('sha256')
      .update((await wholeBlob(settings, blob)).bytes)
      .digest('hex');
    if (existing !== ref.sha256)
      throw new OffboardingError('evidence-altered', `${container}/${name} holds ${existing}.`);
  }
  return ref;
}

/**
 * Writes a document where there is none of its name yet: the first one stands, also where two are written at once.
 * Returns the one that stands.
 */
export function putFirst(
  settings: StorageSettings,
  container: Container,
  name: string,
  given: string,
): Promise<{ readonly ref: BlobRef; readonly text: string }> {
  return writeFirst(settings, container, name, filed(container, given, JSON_HEADERS));
}

/**
 * Writes a signature or a public key into the evidence, the first one stands. To the byte: what is signed may look like
 * a credential to whoever looks for them, and is made of names and digests that were filed without any.
 */
export async function putSigned(settings: StorageSettings, name: string, content: string): Promise<string> {
  return (await writeFirst(settings, 'evidence', name, content)).text;
}

async function writeFirst(
  settings: StorageSettings,
  container: Container,
  name: string,
  content: string,
): Promise<{ readonly ref: BlobRef; readonly text: string }> {
  const bytes = Buffer.from(content, 'utf8');
  const blob = containerOf(settings, container).getBlockBlobClient(name);
  try {
    await blob.upload(bytes, bytes.length, { conditions: { ifNoneMatch: '*' }, blobHTTPHeaders: JSON_HEADERS });
  } catch (error) {
    if (!answered(error, 409, 412)) throw error;
    const stands = (await wholeBlob(settings, blob)).bytes.toString('utf8');
    return { ref: refOf(container, name, stands), text: stands };
  }
  return { ref: refOf(container, name, content), text: content };
}

/**
 * Writes what the newest of something is: the one document that is replaced, in the container that holds nothing but
 * what can be read anew. The caller compares what stands there.
 */
export async function replaceLatest(settings: StorageSettings, name: string, value: unknown): Promise<void> {
  const content = filed('inventory', JSON.stringify(value), JSON_HEADERS);
  const blob = containerOf(settings, 'inventory').getBlockBlobClient(name);
  await blob.upload(content, Buffer.byteLength(content), { blobHTTPHeaders: JSON_HEADERS });
}

/** A JSON document under a name that contains its own digest: a repeated activity writes the same blob. */
export async function putJson(
  settings: StorageSettings,
  container: Container,
  prefix: string,
  value: unknown,
): Promise<BlobRef> {
  const content = JSON.stringify(value);
  const digest = createHash('sha256').update(content).digest('hex');
  return putOnce(settings, container, `${prefix}/${digest.slice(0, 16)}.json`, content);
}

function refOf(container: Container, name: string, content: string): BlobRef {
  const bytes = Buffer.from(content, 'utf8');
  return { container, name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

/** The document's text, or undefined where there is no such blob. */
export async function getText(
  settings: StorageSettings,
  container: Container,
  name: string,
): Promise<string | undefined> {
  try {
    const { bytes } = await wholeBlob(settings, containerOf(settings, container).getBlobClient(name));
    return bytes.toString('utf8');
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}

/** The text behind a reference, checked against its digest. */
export async function getChecked(settings: StorageSettings, ref: BlobRef): Promise<string> {
  const text = await getText(settings, ref.container, ref.name);
  if (text === undefined) throw new OffboardingError('evidence-altered', `${ref.container}/${ref.name} is gone.`);
  const digest = createHash('sha256').update(text).digest('hex');
  if (digest !== ref.sha256)
    throw new OffboardingError('evidence-altered', `${ref.container}/${ref.name} holds ${digest}.`);
  return text;
}

/** The document behind a reference, checked against its digest. The caller names the type it filed. */
export async function getJson<T>(settings: StorageSettings, ref: BlobRef): Promise<T> {
  return JSON.parse(await getChecked(settings, ref)) as T;
}

/**
 * The same, read through its shape: what another version of the app filed otherwise stops the unit of work, because
 * nothing may rest on it.
 */
export async function getParsed<Shape extends z.ZodType>(
  settings: StorageSettings,
  ref: BlobRef,
  shape: Shape,
): Promise<z.output<Shape>> {
  const parsed = shape.safeParse(await getJson<unknown>(settings, ref));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new OffboardingError('unexpected', `${ref.name} has not the shape that this version knows: ${where}.`);
}
