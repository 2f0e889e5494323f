import type { paths } from '../../api/schema.d.ts';
import { answerOf, type Case } from '../../calling/client.ts';
import { CASE_COLUMNS, isDay } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { oidOf, PERSON } from '../../people.ts';

type Query = NonNullable<paths['/api/cases']['get']['parameters']['query']>;
const number = (text: string) => (/^([1-9]\d?|100)$/.test(text) ? undefined : 'a number from 1 to 100');

export const caseList = defineCommand({
  name: 'case list',
  about: 'cases, the newest first',
  options: {
    state: {
      kind: 'choice',
      of: ['scheduled', 'open', 'running', 'filed', 'refused', 'cancelled', 'failed'],
      about: 'in this state',
    },
    outcome: {
      kind: 'choice',
      of: ['clear', 'residual', 'attention', 'incomplete', 'failed'],
      about: 'with this outcome',
    },
    mode: { kind: 'choice', of: ['plan', 'apply'], about: 'plans, or those that cut' },
    trigger: {
      kind: 'choice',
      of: ['entra-event', 'hr-queue', 'api', 'sweep', 'lifecycle-workflow'],
      about: 'opened by',
    },
    incident: { kind: 'flag', about: 'in which something acted as the leaver after the departure' },
    'on-hold': { kind: 'flag', about: 'that wait for somebody' },
    person: { kind: 'text', hint: 'person', about: `of one person: ${PERSON.about}`, check: PERSON.check },
    search: { kind: 'text', hint: 'text', about: 'with this in reason, case id or who asked' },
    from: { kind: 'text', hint: 'day', about: 'opened on this day (UTC) or later', check: isDay },
    to: { kind: 'text', hint: 'day', about: 'opened before this day (UTC)', check: isDay },
    limit: { kind: 'text', hint: 'number', about: 'cases of a page, up to 100; by default 50', check: number },
    all: { kind: 'flag', about: 'every page' },
  },
  example: 'case list --state filed --outcome attention',
  async run({ options }, session) {
    const { state, outcome, mode, trigger, incident, person, search, from, to, limit } = options;
    const query: Query = {
      ...(state && { state }),
      ...(outcome && { outcome }),
      ...(mode && { mode }),
      ...(trigger && { trigger }),
      ...(incident ? { incident: 'true' as const } : {}),
      ...(options['on-hold'] ? { onHold: 'true' as const } : {}),
      ...(person && { oid: await oidOf(session.api, person) }),
      ...(search && { search }),
      ...(from && { openedFrom: `${from}T00:00:00Z` }),
      ...(to && { openedTo: `${to}T00:00:00Z` }),
      ...(limit && { limit: Number(limit) }),
    };
    let page = await answerOf(session.api.GET('/api/cases', { params: { query } }));
    const cases: Case[] = [...page.cases];
    const unreadable = [...(page.unreadable ?? [])];
    while (options.all && page.next !== undefined) {
      const after = new URL(page.next, 'https://app').searchParams.get('after') ?? '';
      page = await answerOf(session.api.GET('/api/cases', { params: { query: { ...query, after } } }));
      cases.push(...page.cases);
      unreadable.push(...(page.unreadable ?? []));
    }
    const whole = { ...page, cases, ...(unreadable.length === 0 ? {} : { unreadable }) };
    session.showTable(whole, cases, CASE_COLUMNS);
    for (const caseId of unreadable) session.terminal.tell(`${caseId}: another release of the app wrote its row`);
    if (page.next !== undefined && !session.json) session.terminal.tell('There are more: --all shows them.');
    return 'done';
  },
});
