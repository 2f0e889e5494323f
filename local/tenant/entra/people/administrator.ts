import type { TenantCore } from '../../core/vendor.ts';

/** What an administrator does in the portal: real calls to the tenant's Graph with a user's token. */
export interface Administrator {
  /** The normal deletion, which is a soft one. */
  deleteUser(id: string): Promise<void>;
  restoreUser(id: string): Promise<void>;
  deletePermanently(id: string): Promise<void>;
  updateUser(id: string, change: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Client id of the Azure portal, which signs administrators in. */
const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';

export function administratorOf(core: TenantCore, oid: string): Administrator {
  const call = async (method: string, path: string, body?: Readonly<Record<string, unknown>>): Promise<void> => {
    const token = await core.tokens.issue({
      audience: core.origin('graph'),
      oid,
      clientId: PORTAL,
      scopes: ['Directory.AccessAsUser.All'],
    });
    const response = await fetch(`${core.origin('graph')}/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the tenant answered ${response.status} to ${method} ${path}`);
  };
  return {
    deleteUser: (id) => call('DELETE', `/users/${id}`),
    restoreUser: (id) => call('POST', `/directory/deletedItems/${id}/restore`),
    deletePermanently: (id) => call('DELETE', `/directory/deletedItems/${id}`),
    updateUser: (id, change) => call('PATCH', `/users/${id}`, change),
  };
}
