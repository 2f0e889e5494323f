import type { Application } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphEnv, graphError, notFound, page, refusalOf } from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { AppCredentialRow, ApplicationRow, ServicePrincipalRow } from '../state/state-applications.ts';

export const READ_APPLICATIONS = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const WRITE = ['Application.ReadWrite.All'];
export const EXPAND_OWNERS = 'owners($select=id)';

const Owner = z.object({ '@odata.id': z.string() });
const Key = z.object({ keyId: z.guid() });

/** Owners, and the removal of secrets, of applications or of service principals. */
export function registerOwnersAndSecrets(
  app: Hono<GraphEnv>,
  core: TenantCore,
  state: EntraState,
  set: 'applications' | 'servicePrincipals',
  find: (key: string) => ApplicationRow | ServicePrincipalRow | undefined,
): void {
  app.get(`/${set}/:id/owners`, (c) => {
    const refused = refusalOf(core, c, READ_APPLICATIONS);
    if (refused !== undefined) return refused;
    const row = find(c.req.param('id'));
    if (row === undefined) return notFound(c, c.req.param('id'));
    return page(core, c, 'directoryObjects', shownOwners(state, row.owners), state.switches);
  });

  app.post(`/${set}/:id/owners/$ref`, async (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const row = find(c.req.param('id'));
    const body = Owner.safeParse(await c.req.json().catch(() => undefined));
    const id = body.success ? /\/directoryObjects\/([0-9a-f-]{36})$/i.exec(body.data['@odata.id'])?.[1] : undefined;
    if (row?.owners === undefined || id === undefined) return notFound(c, c.req.param('id'));
    if (row.owners.has(id))
      return graphError(c, 400, 'Request_BadRequest', 'One or more added object references exist.');
    row.owners.add(id);
    return c.body(null, 204);
  });

  app.delete(`/${set}/:id/owners/:owner/$ref`, (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const { id, owner } = c.req.param();
    return find(id)?.owners?.delete(owner) === true ? c.body(null, 204) : notFound(c, owner);
  });

  app.post(`/${set}/:id/removePassword`, async (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const row = find(c.req.param('id'));
    const body = Key.safeParse(await c.req.json().catch(() => undefined));
    const { passwordCredentials = [] } = row ?? {};
    const left = passwordCredentials.filter(({ keyId }) => !body.success || keyId !== body.data.keyId);
    if (row === undefined) return notFound(c, c.req.param('id'));
    if (left.length === passwordCredentials.length) {
      return graphError(c, 400, 'Request_BadRequest', 'No password credential found with keyId.');
    }
    row.passwordCredentials = left;
    return c.body(null, 204);
  });
}

/** What an expansion shows of the owners: the first twenty, and no word that there are more. */
export function expandedOwners(state: EntraState, { owners }: ApplicationRow | ServicePrincipalRow): object {
  return { owners: shownOwners(state, owners).slice(0, state.switches.ownersExpanded) };
}

/** Owners as a list shows them. */
export function shownOwners(state: EntraState, owners: ReadonlySet<string> | undefined): object[] {
  return [...(owners ?? [])]
    .filter((id) => !(state.switches.hideOwnersOfSoftDeleted && state.deletedUsers.get(id) !== undefined))
    .map((id) => ({ '@odata.type': '#microsoft.graph.user', id }));
}

/** Without the values, which nobody sees again. */
export function credentialsOf({
  passwordCredentials = [],
  keyCredentials = [],
}: ApplicationRow | ServicePrincipalRow): Pick<Application, 'passwordCredentials' | 'keyCredentials'> {
  const shown = ({ keyId, displayName, startDateTime, endDateTime, hint }: AppCredentialRow) => ({
    keyId,
    displayName,
    startDateTime,
    endDateTime,
    ...(hint === undefined ? {} : { hint }),
  });
  return {
    passwordCredentials: passwordCredentials.map(shown),
    keyCredentials: keyCredentials.map((each) => ({
      ...shown(each),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
    })),
  };
}
