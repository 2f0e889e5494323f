import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiFault, take } from '../api.ts';
import { Command } from '../parts/command.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { useSession } from '../session.ts';
import { Assess } from './posture/assess.tsx';
import { DiffPage } from './posture/diff-page.tsx';
import { RunPage } from './posture/run-page.tsx';
import { RunShown } from './posture/run-shown.tsx';
import { RunsPage } from './posture/runs-page.tsx';

/** How often the last run is asked for again, in milliseconds: there is one a night, and those that people ask for. */
const REFRESH_MS = 60_000;

interface Asked {
  readonly part: string | undefined;
  readonly query: URLSearchParams;
}

/** The checklist: the last run, one run, the runs of a month, or the difference between two. */
export function PosturePage({ part, query }: Asked) {
  if (part === undefined) return <LastRun query={query} />;
  if (part === 'runs') return <RunsPage query={query} />;
  if (part === 'diff') return <DiffPage query={query} />;
  return <RunPage key={part} id={part} query={query} />;
}

function LastRun({ query }: Pick<Asked, 'query'>) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['posture'],
    queryFn: () => take(api.GET('/api/posture')).catch(noneYet),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <div className="heading">
        <h1>Posture</h1>
        <span className="actions">
          <a className="button" href="#/posture/runs">
            All runs
          </a>
          <Assess />
        </span>
      </div>
      {asked.isPending ? (
        <Loading what="the checklist" />
      ) : asked.data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : asked.data === null ? (
        <NeverAssessed />
      ) : (
        <RunShown run={asked.data} query={query} />
      )}
    </>
  );
}

/** Never assessed, or nobody may read the platform: both have the same way out. */
export function noneYet(error: unknown): null {
  if (error instanceof ApiFault && (error.status === 404 || isNotSetUp(error))) return null;
  throw error;
}

function isNotSetUp({ problem }: ApiFault): boolean {
  return problem.type?.endsWith('posture-not-set-up') === true;
}

/** What there is before the first run, for every page that shows what runs found. */
export function NeverAssessed({ children }: { readonly children?: ReactNode }) {
  const { may } = useSession();
  return (
    <Empty title="The checklist was not assessed yet">
      {children}
      <p>
        The app judges sixteen points by what it reads of Azure, Entra, GitHub and Azure DevOps. It does so each night
        at 04:10 UTC
        {may.has('operate') ? ', and now if you ask for it: Assess now.' : '; an operator can ask for it at once.'}
      </p>
      <h3>If there is none tomorrow, it is not set up</h3>
      <ol className="bullets numbered">
        <li>
          Apply the release’s Terraform: it makes the identity <code>assessor</code>, which may read and change nothing,
          and sets <code>ASSESSOR_CLIENT_ID</code>.
        </li>
        <li>
          Have the doctor look which permissions of the identity are missing:
          <Command text="offboard doctor" />
        </li>
        <li>Assess again. What is still missing stands in the run, point by point, with the permission’s name.</li>
      </ol>
    </Empty>
  );
}
