import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { GatewaySubscription, GatewayUser } from '../../../connectors/gateway/users.ts';
import { type AccountEvidence, type Confidence, confidenceOf } from '../../../people/evidence/evidence.ts';
import { gatewayUserEvidence, isShared } from '../../../people/evidence/gateway-evidence.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { shellWord } from '../../../shapes/shell-word.ts';
import { portalUrl } from '../../azure-portal.ts';
import { remedyOf } from '../../define-remedy.ts';
import { permitted } from '../../permitted.ts';
import { subscriptionState, suspendSubscriptionKey } from '../remedies/suspend-subscription-key.ts';

/** The gateway, and the directory in whose portal it is found. */
export interface GatewayService {
  readonly serviceId: string;
  readonly tenantId: string;
}

/** What the gateway lists of its users and their keys. */
export interface UsersRead {
  readonly users: readonly GatewayUser[];
  readonly subscriptions: readonly GatewaySubscription[];
}

/** A user who is, or may be, the leaver. */
interface Theirs {
  readonly user: GatewayUser;
  readonly evidence: readonly AccountEvidence[];
  readonly confidence: Exclude<Confidence, 'contradicted'>;
}

/** The leaver's users of the developer portal, and the keys that those own. */
export function gatewayUserFindings(
  { users, subscriptions }: UsersRead,
  leaver: Leaver,
  at: GatewayService,
): Finding[] {
  return users.flatMap((user) => {
    const evidence = gatewayUserEvidence(user, leaver);
    const told = confidenceOf(evidence);
    // What is the leaver's and somebody else's as well is for a person to decide.
    const confidence = told === 'proved' && isShared(user) ? 'likely' : told;
    // One that is only called like the leaver, and is another's by its object id, is not mentioned.
    if (confidence === undefined || confidence === 'contradicted') return [];
    const theirs = { user, evidence, confidence };
    const keys = subscriptions.filter(({ owner }) => owner?.toLowerCase() === user.name.toLowerCase());
    return [userFinding(theirs, at), ...keys.map((key) => keyFinding(key, theirs, leaver, at))];
  });
}

function userFinding({ user, evidence, confidence }: Theirs, { serviceId, tenantId }: GatewayService): Finding {
  const blocked = user.state === 'blocked' || user.state === 'deleted';
  const proved = confidence === 'proved';
  const name = user.email === '' ? user.name : user.email;
  const url = `https://management.azure.com${user.id}?api-version=2024-05-01`;
  const body = JSON.stringify({ properties: { state: 'blocked' } });
  return {
    id: findingId('consent', 'gateway-user', user.id.toLowerCase()),
    step: 'consent',
    kind: 'gateway-user',
    title: `The user ${name} of the gateway’s developer portal ${proved ? 'is' : 'may be'} the leaver’s`,
    resource: { system: 'gateway', type: 'user', id: user.id, name, url: portalUrl(tenantId, serviceId) },
    severity: blocked ? 'info' : 'medium',
    status: blocked ? 'nothing-to-do' : 'manual-action',
    reason: blocked
      ? 'It is blocked, so that nobody signs in with it.'
      : `Whoever signs in with it may ask for keys. ${proved ? 'Block' : 'Find out whose it is; if it is the leaver’s, block'} it under Users: ` +
        `az rest --method patch --url ${shellWord(url)} --headers If-Match='*' --body ${shellWord(body)} (undo: the same with state active).`,
    evidence: {
      state: user.state,
      codes: evidence.map(({ code }) => code),
      because: evidence.map(({ code, source, what }) => `${code} ${source}: ${what}`),
    },
  };
}

function keyFinding(
  key: GatewaySubscription,
  { user, evidence, confidence }: Theirs,
  leaver: Leaver,
  { serviceId, tenantId }: GatewayService,
): Finding {
  const who = leaver.displayName ?? leaver.oid;
  const id = findingId('consent', 'subscription-key', key.id.toLowerCase());
  const opens = key.scope === '' ? 'an unknown scope' : key.scope;
  const finding = {
    id,
    step: 'consent',
    kind: 'subscription-key',
    title: `${who} owns the subscription ${key.label} of the gateway`,
    resource: {
      system: 'gateway',
      type: 'subscription',
      id: key.id,
      name: key.label,
      url: portalUrl(tenantId, serviceId),
    },
    evidence: {
      owner: user.name,
      opens,
      state: key.state,
      because: evidence.map(({ what }) => what),
    },
  } as const;
  if (key.state === 'submitted') {
    const reason = `It waits for somebody to approve it, which would give out keys for ${opens}. Reject it under Subscriptions.`;
    return permitted({ ...finding, severity: 'medium', status: 'manual-action', reason }, { confidence });
  }
  if (key.state !== 'active') {
    const reason = `It is ${key.state === '' ? 'in no state that opens anything' : key.state}, so that its keys open nothing.`;
    return { ...finding, severity: 'info', status: 'nothing-to-do', reason };
  }
  const reason =
    `Whoever has one of its keys calls ${opens} where the API asks for a key, whatever became of the account. ` +
    `Others may have been given them, and nothing that is read tells who calls with them, so that a person decides. ` +
    `What says whose they are: ${evidence.map(({ what }) => what).join(' ')}`;
  const remedy = remedyOf(
    suspendSubscriptionKey,
    id,
    { kind: 'suspend-subscription-key', serviceId, name: key.name, expected: subscriptionState(key) },
    { label: key.label, who },
  );
  return permitted({ ...finding, severity: 'medium', status: 'awaiting-decision', reason, remedy }, { confidence });
}
