import type { Finding } from './finding.ts';
import type { FindingId } from './ids.ts';
import type { Impact } from './remedy.ts';
import { counted, listed } from './wording.ts';

/**
 * The findings with what each remedy would stop: the places that use the credential that it ends, as far as the case
 * has read. A remedy that would stop something waits for a person, however harmless its kind is otherwise.
 */
export function withImpact(findings: readonly Finding[]): Finding[] {
  const users = new Map<FindingId, Finding[]>();
  for (const finding of new Map(findings.map((each) => [each.id, each])).values()) {
    if (finding.restsOn?.proved !== true) continue;
    for (const id of finding.restsOn.credentials) users.set(id, [...(users.get(id) ?? []), finding]);
  }
  return findings.map((finding) => {
    const dependent = users.get(finding.id) ?? [];
    return finding.remedy === undefined || dependent.length === 0 ? finding : disruptive(finding, dependent);
  });
}

function disruptive(finding: Finding, dependent: readonly Finding[]): Finding {
  const { remedy, status, reason } = finding;
  if (remedy === undefined) return finding;
  const impact = dependent
    .map(({ id, resource }): Impact => {
      const what = resource.id;
      return { what, finding: id, ...(resource.url === undefined ? {} : { link: resource.url }) };
    })
    .sort((a, b) => (a.finding < b.finding ? -1 : 1));
  const places = counted(impact.length, 'place uses', 'places use');
  const why = `${places} it (${listed(impact.map(({ what }) => what))}), and what runs there stops: a person decides.`;
  return {
    ...finding,
    status: status === 'planned' ? 'awaiting-decision' : status,
    reason: `${reason} ${why}`,
    remedy: { ...remedy, risk: 'disruptive', impact },
  };
}
