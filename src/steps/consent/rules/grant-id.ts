/** The parts of a delegated grant's id. `principalId` is missing where the grant is for all users. */
export interface GrantKey {
  readonly clientId: string;
  readonly resourceId: string;
  readonly principalId?: string;
}

const GUID_BYTES = 16;
/** .NET writes the first three groups of a GUID least significant byte first. */
const BYTE_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/**
 * The id that Graph gives to an oauth2PermissionGrant: base64url over the object ids of client, resource and
 * principal. Observed in the reference's samples, documented nowhere: good for a cross-check where lists may
 * hide something, not for the only way to find a grant.
 */
export function grantIdOf({ clientId, resourceId, principalId }: GrantKey): string {
  const ids = principalId === undefined ? [clientId, resourceId] : [clientId, resourceId, principalId];
  return Buffer.concat(ids.map(guidBytes)).toString('base64url');
}

/** The object ids inside a grant's id, or undefined where it is made in another way. */
export function parseGrantId(id: string): GrantKey | undefined {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.toString('base64url') !== id || ![2, 3].includes(bytes.length / GUID_BYTES)) return undefined;
  const guid = (index: number): string => guidText(bytes.subarray(index * GUID_BYTES, (index + 1) * GUID_BYTES));
  const key = { clientId: guid(0), resourceId: guid(1) };
  return bytes.length === 3 * GUID_BYTES ? { ...key, principalId: guid(2) } : key;
}

function guidBytes(guid: string): Buffer {
  const plain = Buffer.alloc(GUID_BYTES);
  plain.write(guid.replaceAll('-', ''), 'hex');
  return reordered(plain);
}

function guidText(bytes: Buffer): string {
  return reordered(bytes)
    .toString('hex')
    .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** From one order of bytes to the other: it swaps the same ones both ways. */
function reordered(bytes: Buffer): Buffer {
  return Buffer.from(BYTE_ORDER.map((from) => bytes.readUInt8(from)));
}
