import { deleteApplicationCredential, getApplicationCredential } from '../../src/connectors/graph/applications.ts';
import {
  deleteFederatedCredential as deleteIdentityCredential,
  getFederatedCredential,
} from '../../src/connectors/managed-identity/federated-credentials.ts';
import { ok } from '../../src/connectors/result.ts';
import type { RemedyHandler } from './handler.ts';

/**
 * Deletes a federated credential of a managed identity or of an app registration. The image is the whole credential,
 * from which it can be created again. Both vendors say 403 to who may not look, so their 404 means gone.
 */
export const deleteFederatedCredential: RemedyHandler<'delete-federated-credential'> = {
  kind: 'delete-federated-credential',
  async read(config, { parent, name, id }) {
    const answer =
      parent.type === 'application'
        ? await getApplicationCredential(config, parent.objectId, id)
        : await getFederatedCredential(config, parent, name);
    if (answer.ok) return ok({ state: 'present', image: { parent, credential: answer.value } }, answer.requestId);
    return answer.failure.kind === 'not-found' ? ok({ state: 'gone' }) : answer;
  },
  async act(config, { parent, name, id }) {
    const answer =
      parent.type === 'application'
        ? await deleteApplicationCredential(config, parent.objectId, id)
        : await deleteIdentityCredential(config, parent, name);
    return answer.ok ? ok({ effect: 'done' }, answer.requestId) : answer;
  },
};
