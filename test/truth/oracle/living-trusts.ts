import { type Firm, type Item, ownedByLeaver } from '../firm/firm.ts';
import type { Trust } from '../firm/items/directory.ts';
import { identityOf, type LivingPath } from './living-path.ts';
import { type TenantStates, trustKey } from './rows.ts';

export function livingTrust(firm: Firm, states: TenantStates, item: Trust): LivingPath[] {
  const { at, name, admits } = item;
  const admitsLeaver = item.corrected !== true && (admits === 'anybody' || ownedByLeaver(firm, admits));
  if (!admitsLeaver) return [];
  const marks = [[at.name, name]];
  const which = at.type === 'identity' ? 'azure/federated-credentials' : 'entra/application-credentials';
  const needs = [which, ...(admits === 'anybody' ? [] : [identityOf(firm)])];
  const stands = [...trustsIn(states)].includes(trustKey(at.type, at.name, name));
  if (stands) return [{ item, what: `trust ${at.name}/${name} (${item.how})`, needs, marks, told: 'open' }];
  // Tokens of the identity were issued until it was cut, and live on.
  const what = `tokens of ${at.name}, whose trust ${name} was cut`;
  return [{ item, what, needs, marks: [[at.name]], told: 'residual' }];
}

function* trustsIn({ arm, entra }: TenantStates): Generator<string> {
  for (const { name, credentials } of arm.identities.all())
    for (const row of credentials.all()) yield trustKey('identity', name, row.name);
  for (const row of entra.federatedCredentials.all())
    yield trustKey('application', entra.applications.get(row.applicationId)?.displayName ?? '', row.name);
}

/** Calls after the last day: what acted as the leaver then may act again. */
export function livingCalls(firm: Firm, item: Extract<Item, { readonly kind: 'calls' }>): LivingPath[] {
  if (!item.daysAgo.some((days) => days < firm.leaving.daysAgo)) return [];
  if (item.by === 'nobody') {
    // Whose they are nobody can tell, so that the audit may not be called complete.
    const needs = ['log-analytics/calls', 'entra/users'];
    return [
      { item, what: 'calls of callers without a name', needs, marks: [['activity-audit', 'caller']], told: 'open' },
    ];
  }
  if ('person' in item.by) {
    if (item.by.person !== firm.leaver) return [];
    const needs = ['log-analytics/calls', 'entra/leave-date', 'entra/departure', 'entra/users'];
    const marks = [['after-departure'], ['not-established']];
    return [{ item, what: 'calls after the last day', needs, marks, told: 'open' }];
  }
  const { identity } = item.by;
  const trusts = firm.items.some(
    (each) => each.kind === 'trust' && each.at.name === identity && ownedByLeaver(firm, each.admits),
  );
  if (!trusts) return [];
  const needs = ['log-analytics/calls', 'azure/federated-credentials', identityOf(firm), 'entra/leave-date'];
  const marks = [['activity-audit', identity]];
  return [{ item, what: `calls of ${identity} after the last day`, needs, marks, told: 'open' }];
}
