import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { makePlanOf } from '../../../src/cases/remedies/plan.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { finding, withRemedy } from '../../report/sample-case.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { fc } from '../../support/properties.ts';
import { seedContext } from '../../support/seed-context.ts';
import { SECRETS } from './odd-values.ts';
import type { Request } from './requests.ts';
import type { Known } from './valid-values.ts';

const ROLES = [
  'Offboarding.Read',
  'Offboarding.Operate',
  'Offboarding.Approve',
  'Offboarding.Workflow',
  'Offboarding.Inventory',
  'Offboarding.Administer',
];
const APPROVER = 'a9000000-0000-4000-8000-000000000001';
/** So many that cases are opened to the end, and so few of them often named that they meet again. */
const PEOPLE = 300;
const OFTEN = 20;
/** Among them those whose reports are filed, with something to decide. */
const FILED = 3;
/** How people are called who end a literal by their name. */
const NAMES = ["O'Brien", 'Zoë "Zed"', 'עדי', 'a\\b', 'D’Arcy'];

/** An app whose API is asked anything, by callers who may do everything. */
export async function startWorld(storage: 'azurite' | 'memory') {
  const arm = seedArm(seedContext());
  const app = await startIntakeApp({
    storage,
    vendors: (core) => [makeArm(core, arm)],
    settings: { MAX_CASES_PER_HOUR: '10000', MAX_API_CASES_PER_HOUR: '10000' },
  });
  const people = Array.from({ length: PEOPLE }, (_, at) => {
    const name = NAMES[at % (2 * NAMES.length)];
    const accountEnabled = at % 2 === 0;
    if (name === undefined) return app.hire({ accountEnabled });
    const userPrincipalName = `${name.replaceAll(/[^a-z']/gi, '')}.${at}@${WORLD.domain}`;
    return app.hire({ displayName: name, userPrincipalName, mail: userPrincipalName, accountEnabled });
  });
  const tokens = await tokensOf(app);
  const api = askApi(app);
  const ask = ({ operation, method, path, headers, body }: Request, caller: Caller = 'operator'): Promise<Answered> => {
    // Tasks of workflows are taken from one application alone, and reports of machines from no person.
    const ofApp = ['postLifecycleWorkflows', 'reportMachine'].includes(operation);
    const token = tokens[ofApp ? 'workflows' : caller];
    return api(path, { method, token, headers, ...(body === undefined ? {} : { body }) });
  };
  const hashes: string[] = [];
  const findings: string[] = [];
  for (const oid of people.slice(0, FILED)) {
    const body = JSON.stringify({ oid, reason: 'left', mode: 'apply', confirmUserPrincipalName: upnOf(app, oid) });
    await ask({ operation: 'openCase', method: 'POST', path: '/api/cases', headers: {}, body });
    const filed = await fileReport(app, oid);
    hashes.push(filed.planHash);
    findings.push(filed.findingId);
  }
  const secrets = [...Object.values(tokens), ...SECRETS];
  return { app, people, ask, secrets, known: knownOf(app, people, hashes, findings) };
}

export type Caller = 'operator' | 'approver';
export type World = Awaited<ReturnType<typeof startWorld>>;
type App = Awaited<ReturnType<typeof startIntakeApp>>;

async function tokensOf({ tenant }: App) {
  const shared = { audience: WORLD.app.audience, roles: ROLES };
  const person = (oid: string) => tenant.tokens.issue({ ...shared, oid, clientId: 'cli', scopes: ['access'] });
  const { oid, clientId } = WORLD.lifecycleWorkflows;
  return {
    operator: await person(WORLD.operator.oid),
    approver: await person(APPROVER),
    workflows: await tenant.tokens.issue({ ...shared, oid, clientId }),
  };
}

function upnOf({ directory }: App, oid: Oid): string {
  return directory.users.get(oid)?.userPrincipalName ?? '';
}

/** What a case leaves that ended with a remedy which waits for a decision. */
async function fileReport(
  { config }: App,
  oid: Oid,
): Promise<{ readonly planHash: string; readonly findingId: string }> {
  const caseId: CaseId = makeCaseId(oid, 1);
  const folder = `cases/${caseId}`;
  const waiting = withRemedy(
    finding('consent', 'delegated-grant', `grant of ${oid}`, { status: 'awaiting-decision' }),
    {
      risk: 'disruptive',
    },
  );
  const plan = makePlanOf(caseId, [waiting]);
  const report = JSON.stringify({ steps: [{ findings: [waiting], actions: [] }] });
  const files = [
    await putOnce(config, 'evidence', `${folder}/report.json`, report),
    await putOnce(config, 'evidence', `${folder}/plan.json`, JSON.stringify(plan)),
  ];
  const sealed = files.map(({ container: _, ...file }) => file);
  const seal = { generatedAt: new Date().toISOString(), outcome: 'attention', files: sealed };
  await putOnce(config, 'evidence', `${folder}/manifest.json`, JSON.stringify(seal));
  await updateCase(config, caseId, (row) => ({
    ...row,
    ...{ state: 'filed', outcome: 'attention', filedAt: new Date().toISOString(), report: `${folder}/report.json` },
  }));
  return { planHash: plan.hash, findingId: waiting.id };
}

/** What exists here, and what looks as if it did. */
function knownOf(app: App, people: readonly Oid[], hashes: readonly string[], findings: readonly string[]): Known {
  const often = people.slice(0, OFTEN);
  const somebody = fc.oneof(fc.constantFrom(...often), fc.constantFrom(...people));
  const odd = fc.constantFrom(...often.map((each) => each.toUpperCase()), WORLD.breakGlass.oid);
  const oid = fc.oneof({ weight: 12, arbitrary: somebody }, odd);
  const strange = fc.constantFrom('nobody@firm.example', `GONE@${WORLD.domain}`, ...SECRETS.slice(0, 2));
  const mail = fc.oneof({ weight: 9, arbitrary: somebody.map((each) => upnOf(app, each)) }, strange);
  const caseId = fc
    .tuple(fc.oneof(fc.constantFrom(...people.slice(0, FILED)), somebody), fc.constantFrom(1, 1, 1, 1, 2, 999_999))
    .map(([each, n]) => `${each}-${n}`);
  const words = fc.constantFrom(
    'left',
    'They leave us.',
    ...SECRETS,
    ...SECRETS.map((secret) => `left with ${secret}`),
  );
  return {
    ...{ oid, userPrincipalName: mail, mail, confirmUserPrincipalName: mail, search: fc.oneof(mail, words) },
    ...{ reason: words, planHash: fc.constantFrom(...hashes) },
    ...{ approve: fc.subarray([...findings], { maxLength: 2 }), reject: fc.subarray([...findings], { maxLength: 2 }) },
    zone: fc.constantFrom('Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'),
    // A parameter of a case's path, and the person in what a workflow sends.
    id: fc.oneof({ weight: 9, arbitrary: caseId }, oid),
  };
}
