import { type Case, taken } from '../calling/client.ts';
import type { Session } from '../calling/session.ts';
import { oneLine } from '../terminal/table.ts';
import { containment, endingOf, standing } from './cases.ts';

/** Looks at a case until it does not go on by itself, and tells of every change on the way. */
export async function watchCase({ api, terminal }: Session, id: string, everyMs: number): Promise<Case> {
  const told = new Set<string>();
  const tell = (line: string): void => {
    if (told.has(line)) return;
    told.add(line);
    terminal.tell(oneLine(line));
  };
  let known: { readonly row: Case; readonly etag: string | null } | undefined;
  for (;;) {
    known = await look(api, id, known);
    for (const line of progressOf(known.row)) tell(line);
    if (endingOf(known.row) !== undefined) return known.row;
    await terminal.sleep(everyMs);
  }
}

type Known = { readonly row: Case; readonly etag: string | null };

/** The case, unless it is the one that is known: then 304 has no body. */
async function look(api: Session['api'], id: string, known: Known | undefined): Promise<Known> {
  const headers = known?.etag ? { 'if-none-match': known.etag } : {};
  const asked = api.GET('/api/cases/{id}', { params: { path: { id } }, headers });
  if (known !== undefined && (await asked).response.status === 304) return known;
  const { data, response } = await taken(asked);
  return { row: data, etag: response.headers.get('etag') };
}

/** The app answers `not known yet` where nothing tells when the rest is read. */
const isInstant = (ends: string | undefined): boolean => !Number.isNaN(Date.parse(ends ?? ''));

function progressOf(row: Case): string[] {
  const { progress: { steps = {}, sources = [], ends } = {} } = row;
  const known = sources.filter(({ of }) => typeof of === 'number');
  const done = known.reduce((all, each) => all + each.done, 0);
  const of = known.reduce((all, each) => all + Number(each.of), 0);
  // A line for each tenth: a log is read by somebody.
  const tenth = of === 0 ? 0 : Math.floor((10 * done) / of);
  return [
    standing(row),
    ...containment(row),
    ...Object.entries(steps).map(([step, state]) => `${step}: ${state}`),
    ...(tenth === 0 ? [] : [`${tenth}0 % of what was found is read${isInstant(ends) ? `; the rest by ${ends}` : ''}`]),
  ];
}
