import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { installedAppFinding } from '../../../../src/steps/runner-credentials/rules/github/installed-app-finding.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import type { Scanned } from '../scanned.ts';

/** So many as a sentence can name. */
const NAMED = 5;

/** The GitHub Apps on an organisation that belong to the leaver's own accounts. */
export async function installedApps(client: GitHubOrganisation, leaver: Leaver): Promise<Scanned> {
  const { name: organisation, apiEndpoint } = client;
  const { items, failure } = await client.listInstalledApps();
  const owned = await Promise.all(items.map(async (app) => ({ app, owner: await client.appOwner(app.slug) })));
  const findings = owned.flatMap(({ app, owner }) => {
    const account = owner.ok ? leaver.github.find(({ id }) => id === owner.value) : undefined;
    return account === undefined ? [] : [installedAppFinding(app, organisation, apiEndpoint, account)];
  });
  const failures = [failure, ...owned.map(({ owner }) => (owner.ok ? undefined : owner.failure))].filter(
    (each) => each !== undefined,
  );
  const hidden = owned.flatMap(({ app, owner }) => (owner.ok && owner.value === undefined ? [app.slug] : []));
  const known = owned.filter(({ owner }) => owner.ok && owner.value !== undefined).length;
  const looked = { asked: items.length, count: known, unit: 'Apps' };
  const line = coverageOf(`github/installed-apps:${organisation}`, looked, failures);
  const more = hidden.length > NAMED ? ` and ${hidden.length - NAMED} more` : '';
  const told =
    hidden.length === 0 || line.state !== 'complete'
      ? line
      : {
          ...line,
          state: 'partial' as const,
          detail:
            `GitHub does not show whose ${counted(hidden.length, 'App is', 'Apps are')} (${hidden.slice(0, NAMED).join(', ')}${more}), ` +
            'as it hides private ones: an owner looks at them.',
        };
  return { findings, coverage: [withoutAccount(told, leaver, 'none of them could be told to be theirs')], failures };
}
