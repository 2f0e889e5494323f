import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../../address.ts';
import { take } from '../../api.ts';
import { isOnlyCase } from '../../parts/held/denied-words.ts';
import { Known } from '../../parts/people/known.tsx';
import { Fault } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';

/** Since when, until when and why the gateway refuses them, or by whom they were let in. */
export function Denial({ oid }: { readonly oid: string }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['denied', oid],
    queryFn: () => take(api.GET('/api/denied/{oid}', { params: { path: { oid } } })),
    refetchInterval: 30_000,
  });
  if (asked.data === undefined) return asked.isError ? <Fault error={asked.error} /> : null;
  const { state, since, until, why, caseId, byPerson, released } = asked.data;
  return (
    <dl className="facts">
      <dt>{state === 'denied' ? 'Denied since' : 'Was denied from'}</dt>
      <dd>
        <Time at={since} />
        {state === 'denied' && until !== undefined && (
          <>
            , until <Time at={until} />
          </>
        )}
      </dd>
      <dt>Why</dt>
      <dd>{byPerson?.why ?? (isOnlyCase(asked.data) ? 'They leave, by the case' : why)}</dd>
      {byPerson !== undefined && (
        <>
          <dt>Contained by</dt>
          <dd>
            <Known by={byPerson.by} />
          </dd>
        </>
      )}
      {caseId !== undefined && (
        <>
          <dt>By the case</dt>
          <dd>
            <a href={addressOf(`/cases/${caseId}`)}>{caseId}</a>
          </dd>
        </>
      )}
      {released !== undefined && (
        <>
          <dt>Let in</dt>
          <dd>
            <Time at={released.at} />: {released.why}
          </dd>
        </>
      )}
    </dl>
  );
}
