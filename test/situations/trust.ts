import type { Stack } from '../../local/stack.ts';
import { ACTIONS, type Says, saysOf, saysOfNobody } from '../truth/firm/generate-trusts.ts';
import type { Trust } from '../truth/firm/items/directory.ts';
import { ALEX, ANA, ZED } from './base-firm.ts';
import type { Situation, Situations } from './situation.ts';

/** Who may use it, and what a finding has to say then. Each stands at an identity of its own. */
function situationsOf(type: Trust['at']['type'], whose: string, says: readonly Says[]): Situation[] {
  return says.map((each, index): Situation => {
    const key = `${type}-${whose}-${index}`;
    // Nothing but the credential itself says that production rests on it.
    const name = `id-flow-${key}`;
    const at =
      type === 'application' ? ({ type, name } as const) : ({ type, name, subscription: 'workloads' } as const);
    const item: Trust = { ...each, key, kind: 'trust', at, name: 'credential' };
    const admitsAlex = typeof each.admits === 'object' && each.admits.person === 'alex';
    const lasting = each.admits === 'anybody' || (admitsAlex && (each.production === true || each.shared === true));
    const expected = lasting
      ? { told: [key], alive: [key] }
      : admitsAlex && each.issuer === ACTIONS
        ? { ends: [key] }
        : {};
    return {
      name: `${type}, ${whose}: ${each.how}`,
      items: [item],
      ...expected,
    };
  });
}

const OTHERS: readonly Says[] = saysOf(ANA, ZED);
const OWN: readonly Says[] = saysOf(ALEX, ZED);
const says = (how: string, subject: string, admits: Says['admits'], more: Partial<Says> = {}): Says => ({
  issuer: ACTIONS,
  how,
  subject,
  admits,
  ...more,
});

/** Production as people spell it, each to be asked about before it is cut. */
const PRODUCTION: readonly Says[] = [
  'prod',
  'PROD',
  'prd',
  'prod-westeurope',
  'Production EU',
  'live',
  'production',
  'PRO',
  '本番',
  'прод',
  'echt',
  'release',
  'pr\u200bod',
  'p-weu',
].map((environment) =>
  says(
    `environment ${environment}`,
    `repo:amoreau/pay:environment:${environment}`,
    { person: 'alex' },
    { production: true },
  ),
);

/** One trust in the leaver, at an identity of its own, that somebody changes while the case runs. */
const MOVING: Trust = {
  ...says('owner by login', 'repo:amoreau/tools:ref:refs/heads/main', { person: 'alex' }),
  key: 'moving',
  kind: 'trust',
  at: { type: 'identity', name: 'id-moving', subscription: 'platform' },
  name: 'credential',
};
const moving = ({ states }: Stack) => states.arm.identities.all().find(({ name }) => name === 'id-moving')?.credentials;
const FIRMS_OWN = 'repo:northwind-capital/tools:ref:refs/heads/main';

const changing: readonly Situation[] = [
  {
    name: 'a trust that is corrected in place after it was read is not deleted',
    items: [MOVING],
    meanwhile: (stack) =>
      stack.tenant.server.onCall(({ vendor, path }) => {
        const row = moving(stack)?.get('credential');
        // The audit waits for what the credentials hand on, so that they were read by then, and nothing was cut yet.
        if (vendor === 'logs' && row !== undefined && path.includes('query'))
          Object.assign(row, { subject: FIRMS_OWN });
      }),
    afterwards: ['the corrected trust is gone', (stack) => moving(stack)?.get('credential')?.subject === FIRMS_OWN],
  },
  {
    name: 'a trust that a pipeline makes again under another name is told',
    items: [MOVING],
    meanwhile: (stack) =>
      stack.tenant.server.onCall(({ vendor, method, path }) => {
        if (vendor !== 'arm' || method !== 'DELETE' || !path.includes('id-moving')) return;
        const { issuer, subject = '' } = MOVING;
        moving(stack)?.add({ name: 'made-again', issuer, subject, audiences: ['api://AzureADTokenExchange'] });
      }),
    says: ['nothing in the report names it', (report) => JSON.stringify(report).includes('made-again')],
    moves: /\/made-again /,
  },
];

export const TRUST: Situations = {
  alone: changing,
  together: [
    { name: 'the leaver’s, at managed identities', situations: situationsOf('identity', 'leaver', OWN) },
    { name: 'the leaver’s, at app registrations', situations: situationsOf('application', 'leaver', OWN) },
    { name: 'a colleague’s', situations: situationsOf('identity', 'colleague', OTHERS) },
    { name: 'nobody’s in particular', situations: situationsOf('identity', 'anybody', saysOfNobody()) },
    { name: 'nobody’s, at app registrations', situations: situationsOf('application', 'anybody', saysOfNobody()) },
    { name: 'production in its spellings', situations: situationsOf('identity', 'spelling', PRODUCTION) },
  ],
};
