import { useQuery } from '@tanstack/react-query';
import { take } from '../api.ts';
import { Fault, Loading } from '../parts/states.tsx';
import { useSession } from '../session.ts';
import { Assess } from './posture/assess.tsx';
import { DiffPage } from './posture/diff-page.tsx';
import { NeverAssessed, noneYet } from './posture/never-assessed.tsx';
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
  const history = useQuery({
    queryKey: ['posture history'],
    queryFn: () => take(api.GET('/api/posture/history')),
    enabled: typeof asked.data?.runId === 'string',
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
        <>
          <RunShown run={asked.data} query={query} history={history.data} />
          {history.isError && <Fault error={history.error} again={() => void history.refetch()} />}
        </>
      )}
    </>
  );
}
