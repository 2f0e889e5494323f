import { TableClient } from '@azure/data-tables';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { fromEntity } from '../../../src/connectors/storage/cases/case-entity.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Answered } from '../../support/api/ask-api.ts';
import { ASKED_OF_GRAPH, ASKED_OF_TABLES, filterWithoutValues, pathWithoutValues } from './queries.ts';
import type { Request } from './requests.ts';
import type { World } from './world.ts';

/** Every filter with which the app asks storage, from now on. */
export function watchFilters(): string[] {
  const filters: string[] = [];
  const { listEntities } = TableClient.prototype;
  TableClient.prototype.listEntities = function listed(this: TableClient, options, ...rest) {
    const filter = options?.queryOptions?.filter;
    if (filter !== undefined) filters.push(filter);
    return listEntities.call(this, options, ...rest);
  } as typeof listEntities;
  return filters;
}

/** What a pause keeps from going on is asked for again after it. */
export const WAIT_FOR_PAUSE = ['decideCase', 'recheckCase'];

/** What is wrong with an answer, whatever was asked; nothing is injected here, so nothing is unavailable. */
export function faultOfAnswer(
  world: World,
  { operation, path }: Request,
  answer: Answered,
  isPaused: boolean,
): string | undefined {
  const waitsForPause = WAIT_FOR_PAUSE.includes(operation) && answer.status === 503 && isPaused;
  if (answer.status >= 500 && !waitsForPause) return `answered ${answer.status}: ${answer.body}`;
  const told = world.secrets.find((secret) => answer.body.includes(secret) || inHeaders(answer, secret));
  // The address of the next page is the asker's own.
  if (told !== undefined && !(operation === 'listCases' && path.includes('search=')))
    return `told a secret: ${answer.body}`;
  const logged = world.app.logged.find((line) => world.secrets.some((secret) => line.includes(secret)));
  if (logged !== undefined) return `logged a secret: ${logged}`;
  if (/\bat .+\.(?:ts|js|cjs):\d+/.test(answer.body)) return `told a stack: ${answer.body}`;
  return undefined;
}

function inHeaders({ headers }: Answered, secret: string): boolean {
  return [...headers.values()].some((value) => value.includes(secret));
}

/** The first query that the app does not build by itself: something in a value has become a part of it. */
export function strangeQuery(graphPaths: readonly string[], filters: readonly string[]): string | undefined {
  return (
    graphPaths.find((path) => !ASKED_OF_GRAPH.has(pathWithoutValues(path))) ??
    filters.find((filter) => !ASKED_OF_TABLES.has(filterWithoutValues(filter)))
  );
}

/** What is half-made: a row that cannot be read, that no list shows, or that nobody starts. */
export async function halfMade({ app }: World): Promise<string[]> {
  const { config } = app;
  const faults: string[] = [];
  const { storage } = openVendors(config);
  const listed = new Set<string>();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: Awaited<ReturnType<typeof storage.listCases>> = await storage.listCases({ limit: 100, after });
    for (const { row } of page.cases) listed.add(row.caseId);
    faults.push(...(page.unreadable ?? []).map((caseId) => `${caseId} cannot be read`));
    after = page.next;
  }
  const starts = new Set<string>();
  const entries = tableOf(config, 'caseindex').listEntities({ queryOptions: { filter: "PartitionKey eq 'starts'" } });
  for await (const { caseId } of entries) starts.add(String(caseId));
  const unfinished = new Set<string>((await storage.listUnfinished()).map(({ caseId }) => caseId));
  const begun = new Set(app.started.map(({ instanceId }) => instanceId));
  for await (const entity of tableOf(config, 'cases').listEntities()) {
    const row = fromEntity(entity);
    const { caseId, state } = row;
    if (!listed.has(caseId)) faults.push(`${caseId} is in no list`);
    if (state === 'open' && row.onHold === undefined) faults.push(`${caseId} is open and nobody starts it`);
    // One that is read again is begun by a duty, which looks at what is unfinished.
    const isBegun = row.attemptAt === undefined ? begun.has(row.instanceId) : unfinished.has(caseId);
    if (state === 'running' && !isBegun) faults.push(`${caseId} runs and was never started`);
    if (state === 'scheduled' && !starts.has(caseId)) faults.push(`${caseId} waits and nothing will start it`);
  }
  return faults;
}
