import { deleteGrant, readGrant } from '../../src/connectors/graph/grants.ts';
import { failed, ok } from '../../src/connectors/result.ts';
import type { RemedyHandler } from './handler.ts';

/** Takes back one person's consent. Graph answers 403, not 404, to whoever may not look. */
export const deleteDelegatedGrant: RemedyHandler<'delete-delegated-grant'> = {
  kind: 'delete-delegated-grant',
  read: async (config, { grantId }) => {
    const grant = await readGrant(config, grantId);
    if (!grant.ok) return grant.failure.kind === 'not-found' ? ok({ state: 'gone' }) : grant;
    // Deleting it would cut off the company.
    if (grant.value.consentType === 'AllPrincipals') {
      const message = `Not deleted, because grant ${grantId} is everybody's; plan the case again.`;
      return failed({ kind: 'refused', status: 200, message });
    }
    return ok({ state: 'present', image: { ...grant.value, scope: grant.value.scopes.join(' ') } }, grant.requestId);
  },
  act: async (config, { grantId }) => {
    const deleted = await deleteGrant(config, grantId);
    if (deleted.ok) return ok({ effect: 'done' }, deleted.requestId);
    return deleted.failure.kind === 'not-found' ? ok({ effect: 'done' }) : deleted;
  },
};
