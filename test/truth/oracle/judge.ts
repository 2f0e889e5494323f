import { type Firm, isLeavers, ownedByLeaver, personOf } from '../firm/firm.ts';
import { type Belonging, belongingsIn } from './belongings.ts';
import type { LivingPath } from './living-path.ts';
import { livingPaths } from './living-paths.ts';
import { variableId } from './living-tokens.ts';
import { type FiledReport, findingsIn } from './report.ts';
import { deniedIn, differences, type Rows, rowsOf, type TenantStates } from './rows.ts';
import { gapIn, linesOf, telling } from './telling.ts';

/** A promise that the product broke. */
export interface Violation {
  readonly kind:
    | 'silent-miss'
    | 'unsaid-residual'
    | 'false-clear'
    | 'innocent-touched'
    | 'wrong-account'
    | 'wrong-denial'
    | 'not-denied'
    | 'wrong-owner'
    | 'broke'
    | 'secret-told'
    | 'other-report'
    | 'acted-again';
  /** Key of the item that it is about, where it is about one. */
  readonly item?: string;
  readonly what: string;
}

/** What was known before the case began. */
export interface Before {
  readonly rows: Rows;
  readonly belongings: ReadonlyMap<string, Belonging>;
  readonly denied: ReadonlySet<string>;
}

export function lookBefore(firm: Firm, states: TenantStates): Before {
  return { rows: rowsOf(states), belongings: belongingsIn(firm, states), denied: deniedIn(states) };
}

export interface Judged {
  readonly violations: readonly Violation[];
  /** What lets the leaver in after the case. */
  readonly paths: readonly LivingPath[];
  /** Keys of those items, those that end by themselves included. */
  readonly living: readonly string[];
  /** Keys of the items that the case changed or removed. */
  readonly touched: readonly string[];
}

/** What of the three promises a case broke, by the tenant as it stands after the case and by the report alone. */
export function judge(
  firm: Firm,
  states: TenantStates,
  before: Before,
  report: FiledReport,
  secrets: readonly string[] = [],
): Judged {
  const paths = livingPaths(firm, states);
  const after = rowsOf(states);
  const changed = differences(before.rows, after).filter((key) => !isCorrection(before, after, key));
  return {
    violations: [
      ...paths.flatMap((path) => judgePath(report, path)),
      ...changed.flatMap((key) => judgeChange(before, key)),
      ...judgeDenyList(firm, states, before, report),
      ...judgeAccounts(firm, report),
      ...judgeSteps(report),
      ...judgeReturn(firm, report),
      ...judgeOwners(firm, report),
      ...judgeSecrets(report, secrets),
    ],
    paths,
    living: [...new Set(paths.map(({ item }) => item.key))],
    touched: [...new Set(changed.flatMap((key) => before.belongings.get(key)?.item?.key ?? []))],
  };
}

/** Somebody corrected the trust in the middle of the case, and it stands. */
function isCorrection({ belongings }: Before, after: Rows, key: string): boolean {
  const item = belongings.get(key)?.item;
  return item?.kind === 'trust' && item.corrected === true && after.has(key);
}

/** A case whose person came back stops, and says so. */
function judgeReturn({ leaving }: Firm, { outcome }: FiledReport): Violation[] {
  if (leaving.returns !== true || (outcome !== 'clear' && outcome !== 'residual')) return [];
  return [
    { kind: 'false-clear', what: `the person came back in the middle of the case, and the outcome is ${outcome}` },
  ];
}

function judgePath(report: FiledReport, path: LivingPath): Violation[] {
  const about = { item: path.item.key };
  const gaps = path.needs.flatMap((need) => gapIn(report, need));
  const tellers = telling(report, path);
  const calm = report.outcome === 'clear' || report.outcome === 'residual';
  if (tellers.length === 0 && gaps.length === 0) {
    const what = `${path.what} is alive, and the report says nothing of it (${path.needs.join(', ')} complete)`;
    const kind = path.told === 'residual' ? 'unsaid-residual' : calm ? 'false-clear' : 'silent-miss';
    return [{ kind, ...about, what }];
  }
  // A gap that the firm decided about is the firm's; any other keeps the case from being clear.
  const decided = gaps.length > 0 && gaps.every(({ state, why }) => state === 'exempt' || why === 'no-interface');
  const ending = tellers.some(({ residual }) => residual !== undefined) && report.outcome === 'residual';
  if (!calm || decided || ending || path.told === 'mention') return [];
  return [{ kind: 'false-clear', ...about, what: `${path.what} is alive, and the outcome is ${report.outcome}` }];
}

function judgeChange({ belongings }: Before, key: string): Violation[] {
  const belonging = belongings.get(key);
  if (belonging?.leavers === true) return [];
  const whose = belonging?.whose ?? 'the firm';
  const item = belonging?.item === undefined ? {} : { item: belonging.item.key };
  return [{ kind: 'innocent-touched', ...item, what: `${key} was changed, which belongs to ${whose}` }];
}

/** The leaver is on the list or the report says so; beside the leaver only identities that trusted the leaver. */
function judgeDenyList(firm: Firm, states: TenantStates, before: Before, report: FiledReport): Violation[] {
  const { oid } = personOf(firm, firm.leaver);
  const denied = deniedIn(states);
  const trusted = firm.items.flatMap((item) =>
    // What carries the leaver's name may go although it lets nobody in, and its identity with it.
    item.kind === 'trust' && (ownedByLeaver(firm, item.admits) || item.names === firm.leaver) ? [item.at.name] : [],
  );
  const identities = states.arm.identities.all().filter(({ name }) => trusted.includes(name));
  const principals = states.entra.servicePrincipals.all().filter(({ displayName }) => trusted.includes(displayName));
  const allowed = new Set([
    oid,
    ...identities.map(({ principalId }) => principalId.toLowerCase()),
    ...principals.map(({ id }) => id.toLowerCase()),
  ]);
  const added = [...denied].filter((id) => !before.denied.has(id) && !allowed.has(id));
  const lost = [...before.denied].filter((id) => !denied.has(id));
  const told = linesOf(report, 'gateway/deny-list').some(({ state }) => state !== 'complete');
  const open = findingsIn(report).some(({ kind, status }) => kind === 'gateway-deny-list' && status !== 'done');
  return [
    ...added.map(
      (id): Violation => ({ kind: 'wrong-denial', what: `${id} is refused by the gateway, and is not the leaver` }),
    ),
    ...lost.map((id): Violation => ({ kind: 'not-denied', what: `${id} was on the deny list and is there no more` })),
    ...(denied.has(oid) || told || open
      ? []
      : [{ kind: 'not-denied', what: 'the leaver is not on the deny list, and the report does not say so' } as const]),
  ];
}

function judgeAccounts(firm: Firm, { leaver }: FiledReport): Violation[] {
  const own = firm.people.flatMap(({ key, github }) => (isLeavers(firm, key) && github ? [github.id] : []));
  return (leaver.github ?? [])
    .filter(({ id, confidence }) => !own.includes(id) && (confidence === 'certain' || confidence === 'proved'))
    .map(({ id, login, confidence }) => {
      const holder = firm.people.find(({ github }) => github?.id === id)?.key ?? 'nobody of the firm';
      return { kind: 'wrong-account', what: `account ${login} (${id}) is called ${confidence}; it is ${holder}’s` };
    });
}

function judgeSteps({ steps, outcome }: FiledReport): Violation[] {
  const calm = (what: string): boolean => what === 'clear' || what === 'residual';
  const gapped = steps.filter(({ coverage }) =>
    coverage.some(({ state, why }) => state !== 'complete' && state !== 'exempt' && why !== 'no-interface'),
  );
  return [
    ...steps
      .filter(({ run }) => run !== 'ran')
      .map(({ step, run }): Violation => ({ kind: 'broke', what: `the step ${step} is ${run}` })),
    ...gapped
      .filter((step) => calm(step.outcome) || calm(outcome))
      .map(({ step }): Violation => ({ kind: 'false-clear', what: `${step} was not read to its end, and is clear` })),
  ];
}

/** A token that is proved to be another's, by the issuer's own list or an id in it, is not called the leaver's. */
function judgeOwners(firm: Firm, report: FiledReport): Violation[] {
  return firm.items.flatMap((item): Violation[] => {
    if (item.kind !== 'variable' || 'text' in item.value || ownedByLeaver(firm, item.value.owner)) return [];
    const id = variableId(item);
    const wrong = findingsIn(report).some(({ severity, resource }) => severity === 'critical' && resource.id === id);
    return wrong
      ? [{ kind: 'wrong-owner', item: item.key, what: `the token in ${item.name} is called the leaver’s` }]
      : [];
  });
}

function judgeSecrets(report: FiledReport, secrets: readonly string[]): Violation[] {
  const text = JSON.stringify(report);
  const told = secrets.filter((secret) => text.includes(inJsonExactly(secret)));
  return told.map((secret) => ({
    kind: 'secret-told',
    what: `a token that ends in ${secret.slice(-4)} stands in the report`,
  }));
}

const inJsonExactly = (secret: string): string => JSON.stringify(secret).slice(1, -1);
