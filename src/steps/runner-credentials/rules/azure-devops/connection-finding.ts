import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { ServiceConnection } from '../../../../connectors/azure-devops/pipelines/service-connections.ts';
import type { DevOpsAccount, Leaver } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { permitted } from '../../../permitted.ts';
import { connectionState, disableServiceConnection } from '../../remedies/azure-devops/disable-service-connection.ts';
import { confidenceOfMaker, makerOf } from './maker.ts';

/** A connection with the project under which it was listed. */
export interface ListedConnection extends ServiceConnection {
  readonly projectId: string;
  readonly project: string;
}

/** Schemes in which somebody enters a token or signs in; all others are a service’s. One that is not told may be one. */
const PERSONAL = new Set(['personalaccesstoken', 'oauth', 'oauth2', 'token', 'usernamepassword']);

/** Whether the credential in a connection may be a person’s. */
export function holdsPersonal({ authorization }: Pick<ServiceConnection, 'authorization'>): boolean {
  const scheme = authorization?.scheme?.toLowerCase();
  return scheme === undefined || scheme === '' || PERSONAL.has(scheme);
}

/** Whose hand last gave a connection its credential, as far as the service keeps it. */
function handOf(one: ServiceConnection, accounts: readonly DevOpsAccount[], leaver: Leaver) {
  const made = makerOf(one.createdBy, accounts, leaver);
  const changed = makerOf(one.modifiedBy, accounts, leaver);
  const untold = one.modifiedBy == null;
  return {
    maker: changed ?? made,
    how: changed === undefined ? `made it${untold ? '' : ', somebody else changed it since'}` : 'changed it last',
    // What another entered since may have taken the place of what the leaver did.
    theirs: changed !== undefined || untold,
  } as const;
}

/**
 * A connection that may hold the leaver’s token or sign-in. Nobody can read which: the scheme says that it is a
 * person’s, and the service says who entered it. So a person decides.
 */
export function connectionFinding(
  organisation: string,
  webUrl: string,
  one: ListedConnection,
  accounts: readonly DevOpsAccount[],
  leaver: Leaver,
): Finding | undefined {
  const hand = handOf(one, accounts, leaver);
  if (hand.maker === undefined || !holdsPersonal(one)) return undefined;
  const resource = {
    system: 'azure-devops',
    type: 'serviceConnection',
    id: `${organisation}/${one.projectId}/endpoints/${one.id}`,
    name: `${one.project}/${one.name}`,
    url: `${webUrl}/${organisation}/${encodeURIComponent(one.project)}/_settings/adminservices?resourceId=${one.id}`,
  } as const;
  const id = findingId('runner-credentials', 'connection-of-leaver', `${organisation}/endpoints/${one.id}`);
  const finding = {
    id,
    step: 'runner-credentials',
    kind: 'connection-of-leaver',
    title: `Service connection ${one.name} of ${one.project} may hold the leaver’s credential`,
    resource,
    evidence: {
      type: one.type ?? null,
      scheme: one.authorization?.scheme ?? null,
      createdBy: one.createdBy?.uniqueName ?? null,
      modifiedBy: one.modifiedBy?.uniqueName ?? null,
      created: one.creationDate ?? null,
      modified: one.modificationDate ?? null,
      shared: one.isShared ?? null,
    },
  } as const;
  if (one.isDisabled === true) {
    const reason =
      'It is disabled already, so that no pipeline can use it. Delete it, or give it a service’s credential.';
    return { ...finding, severity: 'info', status: 'nothing-to-do', reason };
  }
  const scheme = one.authorization?.scheme ?? 'a scheme that is not told';
  const reason =
    `The leaver ${hand.how}, and its credential is entered by a person (${scheme}). It works as long as that token ` +
    'does where it was issued. Put a service’s credential in its place; disabling it stops the pipelines that use it.';
  return permitted(
    {
      ...finding,
      severity: hand.theirs ? 'high' : 'medium',
      status: 'awaiting-decision',
      reason,
      remedy: remedyOf(
        disableServiceConnection,
        id,
        {
          kind: 'disable-service-connection',
          organisation,
          projectId: one.projectId,
          connectionId: one.id,
          name: one.name,
          expected: connectionState(one),
        },
        { project: one.project },
      ),
    },
    confidenceOfMaker(hand.maker),
  );
}
