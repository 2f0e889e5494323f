import { useQuery } from '@tanstack/react-query';
import { take } from '../api.ts';
import { Standing } from '../parts/chip.tsx';
import { nameOf } from '../parts/person.tsx';
import { Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { useSession } from '../session.ts';

const LIVE_MS = 1_000;
const CALM_MS = 10_000;

export function CasePage({ id }: { readonly id: string; readonly query: URLSearchParams }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['case', id],
    queryFn: () => take(api.GET('/api/cases/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (['open', 'running'].includes(state.data?.state ?? '') ? LIVE_MS : CALM_MS),
  });
  if (asked.isPending) return <Loading what="the case" />;
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  const row = asked.data;
  return (
    <>
      <p className="crumbs">
        <a href="#/cases">Cases</a>
      </p>
      <div className="heading">
        <h1>{nameOf(row)}</h1>
        <Standing row={row} />
      </div>
      <dl className="facts">
        <dt>Case</dt>
        <dd>
          <code>{row.caseId}</code>
        </dd>
        <dt>Opened</dt>
        <dd>
          <Time at={row.openedAt} />, {row.trigger}: {row.reason}
        </dd>
      </dl>
    </>
  );
}
