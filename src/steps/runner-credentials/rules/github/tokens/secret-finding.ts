import type { Finding } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import { counted } from '../../../../../cases/words/wording.ts';
import type { SecretWriting } from '../../../../../connectors/github/audit-log/audit-log.ts';
import { webUrl } from '../web-url.ts';

const KIND = 'secret-written-by-leaver';
/** Names that one finding lists; the rest are counted. */
const MOST_NAMED = 50;

/**
 * One finding for each place whose secrets the leaver wrote: whoever writes a secret knows what it holds, and keeps that
 * when every account is gone. Nobody can read it, so that nobody but its team can tell what it opens.
 */
export function secretFindings(
  organisation: string,
  written: readonly SecretWriting[],
  apiEndpoint: string,
): Finding[] {
  const named = written.flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ ...rest, name }]));
  return [...Map.groupBy(named, placeOf)].map(([place, writings]) => {
    const latest = new Map<string, string>();
    for (const { name, kind, at } of writings.toSorted((one, other) => (one.at < other.at ? -1 : 1))) {
      latest.set(kind === 'actions' ? name : `${name} (Dependabot or codespaces)`, at.slice(0, 10));
    }
    const secrets = [...latest].map(([name, day]) => `${name}, ${day}`).sort();
    const [{ repository, environment } = {}] = writings;
    const where = environment === undefined ? (repository ?? organisation) : `${environment} of ${repository}`;
    return {
      id: findingId('runner-credentials', KIND, place),
      step: 'runner-credentials',
      kind: KIND,
      title: `The leaver wrote ${counted(secrets.length, 'secret', 'secrets')} of ${where}`,
      resource: {
        system: 'github',
        type: 'secrets',
        id: place,
        name: where,
        url: webUrl(
          apiEndpoint,
          repository === undefined
            ? `/organizations/${organisation}/settings/secrets/actions`
            : `/${repository}/settings/secrets/actions`,
        ),
      },
      severity: 'medium',
      status: 'manual-action',
      reason:
        'Whoever writes a secret knows what it holds, and nobody can read it. Ask its team what it opens, and rotate it ' +
        'unless somebody else has replaced it since.',
      evidence: {
        secrets: secrets.slice(0, MOST_NAMED),
        ...(secrets.length > MOST_NAMED ? { more: secrets.length - MOST_NAMED } : {}),
      },
    };
  });

  function placeOf({ repository, environment }: Pick<SecretWriting, 'repository' | 'environment'>): string {
    const within = repository ?? organisation;
    return environment === undefined ? `${within}/secrets` : `${within}/environments/${environment}/secrets`;
  }
}
