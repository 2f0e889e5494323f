import * as z from 'zod';
import type { Oid } from '../../people/oid.ts';
import { failed, ok, type VendorResult } from '../result.ts';
import type { GraphSettings } from '../settings.ts';
import type { GraphCall } from './call/call.ts';
import { askGraph } from './call/client.ts';

/** What an object id can stand for that is no user. */
export type DirectoryKind = 'service-principal' | 'application' | 'group';

export interface DirectoryObject {
  readonly kind: DirectoryKind;
  readonly displayName?: string;
}

const Shape = z.object({ id: z.guid(), displayName: z.string().nullish() });
const KINDS: readonly { readonly kind: DirectoryKind; readonly set: string; readonly permission: string }[] = [
  { kind: 'service-principal', set: 'servicePrincipals', permission: 'Application.Read.All' },
  { kind: 'application', set: 'applications', permission: 'Application.Read.All' },
  { kind: 'group', set: 'groups', permission: 'GroupMember.Read.All' },
];

/**
 * What this id stands for among everything that is no user: service principals (managed identities and agents too),
 * app registrations, groups. Undefined only where each of them said that it has no such object; one that did not
 * answer leaves the question open, unless another one has it. One call each: `directoryObjects/getByIds` would take
 * Directory.Read.All (learn.microsoft.com/graph/api/directoryobject-getbyids).
 */
export async function findObject(settings: GraphSettings, id: Oid): Promise<VendorResult<DirectoryObject | undefined>> {
  const answers = await Promise.all(
    KINDS.map(async ({ kind, set, permission }) => {
      const call: GraphCall<z.output<typeof Shape>> = {
        identity: 'reader',
        path: `/${set}/${id}?$select=id,displayName`,
        what: `say whether ${id} is among the ${set}`,
        permission,
        // An answer about something else is no answer.
        shape: Shape.refine((object) => object.id.toLowerCase() === id, { path: ['id'] }),
      };
      return { kind, answer: await askGraph(settings, call) };
    }),
  );
  let open: VendorResult<DirectoryObject | undefined> = ok(undefined);
  for (const { kind, answer } of answers) {
    if (answer.ok) {
      const { displayName } = answer.value;
      return ok({ kind, ...(displayName && { displayName }) }, answer.requestId);
    }
    if (answer.failure.kind !== 'not-found') open = failed(answer.failure);
  }
  return open;
}
