import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { GitHubAccount, Leaver } from '../../../../src/people/leaver.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

export const { githubId, githubLogin, mail } = WORLD.leaver;
export const [colleague] = WORLD.colleagues;
export const PRIVATE = 9_900_777;
export const account = (confidence: GitHubAccount['confidence']): Leaver => ({
  ...LEAVER,
  github: LEAVER.github.map((each) => ({ ...each, confidence })),
});
export const brief = ({ severity, status, remedy }: Finding) => [severity, status, remedy?.risk ?? 'none'];

/** The leaver’s standing in an organisation, and a scan of it. */
export async function startStanding() {
  const { app, state, organisation, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 2 });
  state.users.add({ id: PRIVATE, login: 'alex-at-home', name: 'Alex' });

  function reset(): void {
    app.tenant.faults.clear();
    organisation.members.add(githubId);
    organisation.owners.clear();
    organisation.enterpriseTeams.clear();
    organisation.outsideCollaborators.clear();
    organisation.invitations?.clear();
    organisation.tokenRequests.clear();
    organisation.apps.clear();
    for (const { id, inherited } of organisation.runnerGroups.all()) {
      if (inherited) organisation.runnerGroups.delete(String(id));
    }
  }

  async function scan(leaver: Leaver = LEAVER) {
    const { findings, coverage } = await scanAll(leaver);
    return {
      of: (kind: string): Finding[] => findings.filter((each) => each.kind === kind),
      line: (what: string) => coverage.find(({ source }) => source === `github/${what}:${ORGANISATION}`),
    };
  }

  reset();

  return { app, state, organisation, scan, reset };
}

export type StandingWorld = Awaited<ReturnType<typeof startStanding>>;
