import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Firm } from './firm.ts';
import { type CaseLine, rowsIn } from './kept.ts';

/** However the end of a case is told: as one of these. */
const ENDS = ['incident', 'decision-awaited', 'ended'];

interface Told {
  readonly id: string;
  readonly caseId: string;
  readonly moment: string;
}

/**
 * Each filed case in each channel: the end is told once, under one id however often it was sent; one issue is open.
 * @returns what is not so
 */
export async function compareMessages(firm: Firm, cases: readonly CaseLine[]): Promise<string[]> {
  const { webhook, ingestion, teams } = firm.states;
  const hooks = webhook.events.flatMap(({ id, event }): Told[] => {
    const { type, data } = event as { readonly type: string; readonly data: { readonly caseId?: string } };
    // Of somebody who is denied, no case is told.
    return data.caseId === undefined ? [] : [{ id, caseId: data.caseId, moment: type.replace('case.', '') }];
  });
  const logged = ingestion.cases.map(
    (row): Told => ({ id: String(row.MessageId), caseId: String(row.CaseId), moment: String(row.Moment) }),
  );
  const cards = teams.messages.map(({ card }) => JSON.stringify(card));
  const issues = firm.states.github.repositories
    .where(({ owner, name }) => `${owner}/${name}` === WORLD.github.securityRepository)
    .flatMap(({ issues: all }) => all.all().map(({ body }) => body));
  const faults: string[] = [];
  for (const row of cases) {
    const { caseId, state, mode } = row;
    const isTold = state === 'filed' && mode === 'apply';
    faults.push(...compareTold('the webhook', row, hooks, isTold), ...compareTold('the log', row, logged, isTold));
    const opened = issues.filter((body) => body.includes(`mcp-offboarding:case:${caseId}`)).length;
    if (isTold ? opened !== 1 : opened > 1) faults.push(`${caseId} (${state}) has ${opened} issues`);
    const ends = cards.filter((card) => card.includes(caseId) && !/is on hold|opened again|broke/.test(card)).length;
    if (isTold && ends === 0) faults.push(`Teams was not told that ${caseId} ended`);
  }
  const known = new Set(cases.map(({ caseId }) => caseId));
  const strange = [...hooks, ...logged].filter(({ caseId }) => !known.has(caseId));
  faults.push(...strange.map(({ caseId, moment }) => `${moment} of ${caseId} was told, which there is not`));
  const waiting = await rowsIn<{ partitionKey: string; caseId: string; moment: string; state: string }>(firm, 'outbox');
  return [
    ...faults,
    ...waiting
      // Beside the messages, entries under the times at which they fell due.
      .filter(({ partitionKey }) => partitionKey !== 'due')
      .filter(({ state }) => state !== 'told' && state !== 'void')
      .map(({ caseId, moment, state }) => `${moment} of ${caseId} is still ${state}`),
  ];
}

/** A case that was read again, because a vendor was away, tells the end of each report that said something new. */
function compareTold(
  channel: string,
  { caseId, revisions }: CaseLine,
  told: readonly Told[],
  hasEnded: boolean,
): string[] {
  const reports = revisions === undefined ? 1 : (JSON.parse(revisions) as readonly object[]).length + 1;
  const ofCase = told.filter((each) => each.caseId === caseId);
  const ids = Map.groupBy(ofCase, ({ moment }) => (ENDS.includes(moment) ? 'end' : moment));
  const faults = [...ids].flatMap(([moment, all]) => {
    const different = new Set(all.map(({ id }) => id)).size;
    return different <= (moment === 'end' ? reports : 1)
      ? []
      : [`${channel} was told of ${moment} of ${caseId} under ${different} ids`];
  });
  if (hasEnded !== ids.has('end')) faults.push(`${channel} was ${hasEnded ? 'not ' : ''}told that ${caseId} ended`);
  return faults;
}
