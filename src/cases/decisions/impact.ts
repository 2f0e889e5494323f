import type { Finding } from '../finding.ts';
import type { FindingId } from '../ids.ts';
import type { Impact } from '../remedies/remedy.ts';
import { counted, listed } from '../words/wording.ts';

/** What the remedy of a finding would stop, besides what rests on it; none where it has no remedy. */
export type Stops = (finding: Finding) => readonly Impact[];

/** Whether what only may stop decides as well: of a remedy whose risk is by impact alone. */
export type ByImpact = (finding: Finding) => boolean;

/** So many as a person looks through before deciding; the sentence has the number. */
const LISTED = 50;

/**
 * The findings with what each remedy would stop, as far as the case has read: the places that use the credential that
 * it ends, and what its kind knows to use the target. A remedy that would stop something waits for a person, however
 * harmless its kind is otherwise. What only may stop is listed; it decides where the risk of the kind is by impact, because
 * nobody can tell then that nothing stops.
 */
export function withImpact(findings: readonly Finding[], stops: Stops, byImpact: ByImpact): Finding[] {
  const users = new Map<FindingId, Finding[]>();
  for (const finding of new Map(findings.map((each) => [each.id, each])).values()) {
    if (finding.restsOn?.proved !== true) continue;
    for (const id of finding.restsOn.credentials) users.set(id, [...(users.get(id) ?? []), finding]);
  }
  return findings.map((finding) => {
    const places = (users.get(finding.id) ?? []).map(
      ({ id, resource }): Impact => ({
        what: resource.id,
        finding: id,
        ...(resource.url === undefined ? {} : { link: resource.url }),
      }),
    );
    return withStopping(finding, inOrder([...places, ...stops(finding)]), byImpact(finding));
  });
}

/** Each once, in an order that does not depend on who answered first. */
function inOrder(impact: readonly Impact[]): Impact[] {
  const keyOf = ({ finding, what }: Impact): string => `${finding ?? ''} ${what}`;
  const each = new Map(impact.map((one) => [keyOf(one), one]));
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function withStopping(finding: Finding, impact: readonly Impact[], byImpact: boolean): Finding {
  const { remedy, status, reason } = finding;
  if (remedy === undefined || impact.length === 0) return finding;
  const sure = impact.filter(({ perhaps }) => perhaps !== true);
  const told = { ...remedy, impact: [...sure, ...impact.filter((each) => !sure.includes(each))].slice(0, LISTED) };
  if (sure.length === 0 && !byImpact) return { ...finding, remedy: told };
  return {
    ...finding,
    status: status === 'planned' ? 'awaiting-decision' : status,
    reason: `${reason} ${sure.length > 0 ? whyStops(sure) : whyPerhaps(impact)}`,
    remedy: { ...told, risk: 'disruptive' },
  };
}

function whyStops(sure: readonly Impact[]): string {
  const uses = counted(sure.length, 'use rests', 'uses rest');
  return `${uses} on it (${listed(sure.map(({ what }) => what))}) and would stop: a person decides.`;
}

function whyPerhaps(impact: readonly Impact[]): string {
  const uses = counted(impact.length, 'use may rest', 'uses may rest');
  return `${uses} on it and would stop then (${listed(impact.map(({ what }) => what))}); nothing tells whether they do, so that a person decides.`;
}
