import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { ServiceHook } from '../../../../connectors/azure-devops/pipelines/service-hooks.ts';
import { redactSecrets } from '../../../../credentials/redact-secrets.ts';
import type { DevOpsAccount, Leaver } from '../../../../people/leaver.ts';
import { nameSign } from '../../../../people/names/machine-names.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { permitted } from '../../../permitted.ts';
import { disableServiceHook, hookState } from '../../remedies/azure-devops/disable-service-hook.ts';
import { confidenceOfMaker, makerOf } from './maker.ts';
import { isStopped } from './stopped-hook.ts';

/**
 * A service hook that the leaver made or changed last, or whose address is called like the leaver. It gives no access:
 * it tells whoever holds the address what happens in the organisation.
 */
export function hookFinding(
  organisation: string,
  webUrl: string,
  hook: ServiceHook,
  accounts: readonly DevOpsAccount[],
  leaver: Leaver,
): Finding | undefined {
  const maker = makerOf(hook.modifiedBy, accounts, leaver) ?? makerOf(hook.createdBy, accounts, leaver);
  const named = hook.host !== null && nameSign(hook.host, leaver) !== undefined;
  if (maker === undefined && !named) return undefined;
  const kind = maker === undefined ? 'hook-named-after-leaver' : 'hook-of-leaver';
  const id = findingId('runner-credentials', kind, `${organisation}/hooks/${hook.id}`);
  const what = hook.eventType ?? 'events';
  const to = hook.host ?? hook.consumerId ?? 'somewhere';
  const finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `A service hook of ${organisation} sends ${what} to ${redactSecrets(to)}`,
    resource: {
      system: 'azure-devops',
      type: 'serviceHook',
      id: `${organisation}/hooks/${hook.id}`,
      name: redactSecrets(`${what} to ${to}`),
      url: `${webUrl}/${organisation}/_settings/serviceHooks`,
    },
    // Only the host: what follows it, and what stands before it, may be a credential.
    evidence: {
      event: hook.eventType ?? null,
      consumer: hook.consumerId ?? null,
      host: hook.host === null ? null : redactSecrets(hook.host),
      status: hook.status ?? null,
      createdBy: hook.createdBy?.uniqueName ?? null,
      modifiedBy: hook.modifiedBy?.uniqueName ?? null,
    },
  } as const;
  if (isStopped(hook)) {
    const reason = 'It is stopped already and sends nothing.';
    return { ...finding, severity: 'info', status: 'nothing-to-do', reason };
  }
  if (maker === undefined) {
    const reason =
      'Its address is called like the leaver, which proves nothing. Ask its project who receives what it sends, and stop it if the leaver does.';
    return { ...finding, severity: 'medium', status: 'manual-action', reason };
  }
  return permitted(
    {
      ...finding,
      severity: 'medium',
      status: 'awaiting-decision',
      reason:
        'The leaver set it up, and chose where it sends. If that is an address of the firm, others may rest on it, so somebody has to agree to stopping it.',
      remedy: remedyOf(
        disableServiceHook,
        id,
        { kind: 'disable-service-hook', organisation, hookId: hook.id, expected: hookState(hook) },
        { what: redactSecrets(`${what} to ${to}`) },
      ),
    },
    confidenceOfMaker(maker),
  );
}
