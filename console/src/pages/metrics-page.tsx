import { useQuery } from '@tanstack/react-query';
import { take } from '../api.ts';
import { Fault, Loading } from '../parts/states.tsx';
import { dayBefore } from '../parts/time/day.tsx';
import { useSession } from '../session.ts';
import { Canaries } from './metrics/canary.tsx';
import { Figure } from './metrics/figure.tsx';
import { NeverAssessed } from './posture/never-assessed.tsx';

const REFRESH_MS = 60_000;

/** The five numbers of the checklist over a year, and the canary that tries its alert. */
export function MetricsPage() {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['posture metrics'],
    queryFn: () => take(api.GET('/api/posture/metrics')),
    refetchInterval: REFRESH_MS,
  });
  const { data } = asked;
  const isEmpty = data?.metrics.every(({ latest, points }) => latest === undefined && points.length === 0) === true;
  return (
    <>
      <div className="heading">
        <h1>Metrics</h1>
      </div>
      <p className="lead">
        What each run of the checklist measured. A number that is not known is shown as unknown, and leaves a gap in its
        line; a share is never rounded up.
      </p>
      {asked.isPending ? (
        <Loading what="the metrics" />
      ) : data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : isEmpty ? (
        <NeverAssessed>
          <p>A run measures; until there is one, there are no numbers.</p>
        </NeverAssessed>
      ) : (
        <div className="figures">
          {data.metrics.map((metric) => (
            <Figure key={metric.metric} metric={metric} from={data.from} to={dayBefore(0)} />
          ))}
        </div>
      )}
      <Canaries />
    </>
  );
}
