import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';
import { type OwnedSet, WORD } from './application-owners.ts';

const WRITE = 'Application.ReadWrite.All';

/** Takes a secret away, whose value nobody can bring back. Source: learn.microsoft.com/graph/api/application-removepassword */
export function removeSecret(
  settings: GraphSettings,
  set: OwnedSet,
  id: string,
  keyId: string,
): Promise<VendorResult<undefined>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'POST',
    path: `/${set}/${encodeURIComponent(id)}/removePassword`,
    body: { keyId },
    what: `remove the secret ${keyId} of the ${WORD[set]} ${id}`,
    permission: WRITE,
    shape: z.undefined(),
  });
}

/** Takes somebody off the owners. Source: learn.microsoft.com/graph/api/application-delete-owners */
export function removeOwner(
  settings: GraphSettings,
  set: OwnedSet,
  id: string,
  owner: string,
): Promise<VendorResult<undefined>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'DELETE',
    path: `/${set}/${encodeURIComponent(id)}/owners/${encodeURIComponent(owner)}/$ref`,
    what: `remove the owner ${owner} of the ${WORD[set]} ${id}`,
    permission: WRITE,
    shape: z.undefined(),
  });
}

/** Puts somebody back among the owners. Source: learn.microsoft.com/graph/api/application-post-owners */
export function addOwner(
  settings: GraphSettings,
  set: OwnedSet,
  id: string,
  owner: string,
): Promise<VendorResult<undefined>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'POST',
    path: `/${set}/${encodeURIComponent(id)}/owners/$ref`,
    body: { '@odata.id': `${settings.GRAPH_ENDPOINT}/v1.0/directoryObjects/${owner}` },
    what: `make ${owner} an owner of the ${WORD[set]} ${id} again`,
    permission: WRITE,
    shape: z.undefined(),
  });
}
