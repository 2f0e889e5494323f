import { parsed, readEnvelope, signedBytes } from './envelope.ts';
import { type PublicKey, publicKeyOf, writeKey } from './public-key.ts';
import type { FoundCase, FoundRevision } from './read-case.ts';
import { PREDICATE, type Seal, SIGNATURE_FILE, statementOf } from './statement.ts';
import { type EvidenceFault, fault, type PinnedKey, type VerifiedRevision } from './verification.ts';

const INCIDENT =
  'Keep this folder as it is, download the case again, and treat it as an incident if that says the same.';

/** The keys that signatures are held against. */
export interface Keys {
  /** By their thumbprints. */
  readonly known: ReadonlyMap<string, PublicKey>;
  /** Thumbprints of those that may have signed; undefined where nobody said. */
  readonly pinned: ReadonlySet<string> | undefined;
  readonly faults: readonly EvidenceFault[];
}

/** Name of a key's file beside the case that it signed. */
export const keyName = (caseId: string, thumbprint: string): string => `cases/${caseId}/keys/${thumbprint}.jwk`;

/** The keys in the case's folder, and those that whoever verifies brought along. */
export async function readKeys({ caseId, files }: FoundCase, given: readonly PinnedKey[]): Promise<Keys> {
  const known = new Map<string, PublicKey>();
  const faults: EvidenceFault[] = [];
  for (const [name, bytes] of files) {
    if (!name.startsWith(keyName(caseId, '').replace(/[^/]+$/, ''))) continue;
    const key = await publicKeyOf(parsed(bytes));
    // A key is its own digest: its name says which one it is.
    if (key !== undefined && name === keyName(caseId, key.thumbprint) && Buffer.from(writeKey(key)).equals(bytes))
      known.set(key.thumbprint, key);
    else faults.push(fault('changed-file', name, 'It is not the public key that its name says.', INCIDENT));
  }
  const pinned = new Set<string>();
  for (const each of given) {
    const key = 'jwk' in each ? await publicKeyOf(each.jwk) : undefined;
    if (key !== undefined) known.set(key.thumbprint, key);
    if ('thumbprint' in each) pinned.add(each.thumbprint);
    else if (key !== undefined) pinned.add(key.thumbprint);
  }
  return { known, pinned: given.length === 0 ? undefined : pinned, faults };
}

type Signature = Pick<VerifiedRevision, 'signature' | 'keyid' | 'thumbprint'>;

/** What a revision's signature comes to. */
export async function checkSignature(
  { files }: FoundCase,
  here: FoundRevision,
  seal: Seal,
  keys: Keys,
): Promise<{ readonly found: Signature; readonly faults: readonly EvidenceFault[] }> {
  const name = `${here.folder}/${SIGNATURE_FILE}`;
  const bytes = files.get(name);
  if (bytes === undefined) return absent(name, seal);
  const invalid = (code: EvidenceFault['code'], what: string, todo = INCIDENT) => ({
    found: { signature: 'invalid' } as const,
    faults: [fault(code, name, what, todo)],
  });
  const envelope = readEnvelope(bytes);
  if (envelope === undefined) return invalid('unreadable-signature', 'It is not an envelope as this app writes them.');
  if (keys.known.size === 0) {
    const todo = 'Give the public key with --key, or download the folder keys of the case as well.';
    return invalid('missing-key', 'No public key is there to hold it against.', todo);
  }
  const { payload, signature, keyid } = envelope;
  const key = await keyBehind(signature, signedBytes(payload), keys);
  if (key === undefined) return invalid('invalid-signature', `None of ${keys.known.size} known keys made it.`);
  const { thumbprint } = key;
  const manifest = { name: here.manifest, sha256: here.sha256 };
  if (payload !== statementOf(manifest, seal, keyid)) {
    const type = Object(parsed(payload)).predicateType;
    return type === PREDICATE
      ? invalid('signed-otherwise', `It signs something else than ${here.manifest} and the files that this seals.`)
      : invalid(
          'unknown-version',
          'It signs a statement of a kind that this release does not know.',
          'Verify with a newer release.',
        );
  }
  const isOther = keys.pinned !== undefined && !keys.pinned.has(thumbprint);
  const other = `The key ${thumbprint} made it, which is none of those that were given.`;
  const todo =
    'Ask the firm whether this was its key then (docs/operations/evidence.md, rotation); if not, it is an incident.';
  return {
    found: { signature: 'valid', keyid, thumbprint },
    faults: isOther ? [fault('other-key', name, other, todo)] : [],
  };
}

function absent(name: string, seal: Seal): { readonly found: Signature; readonly faults: readonly EvidenceFault[] } {
  if (seal.signature === undefined) return { found: { signature: 'none' }, faults: [] };
  const todo =
    'The app signs within minutes of filing, and as soon as its key vault answers: download again. Where GET /api/cases/{id}/evidence says signed, treat it as an incident.';
  const what = 'The manifest says that it is signed, and the signature is not there.';
  return { found: { signature: 'missing' }, faults: [fault('missing-signature', name, what, todo)] };
}

async function keyBehind(signature: Uint8Array, bytes: Uint8Array, { known }: Keys): Promise<PublicKey | undefined> {
  for (const key of known.values()) if (await key.verifies(signature, bytes)) return key;
  return undefined;
}
