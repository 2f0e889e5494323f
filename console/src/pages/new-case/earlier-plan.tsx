import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addressOf } from '../../address.ts';
import { take } from '../../api.ts';
import { Standing } from '../../parts/chip.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';

/**
 * What was planned for somebody, or is being carried out: whoever cuts them off has looked at it. `found`: why the plan
 * was made, which is why it is carried out.
 */
export function EarlierPlan({ oid, found }: { readonly oid: string; readonly found: (reason: string) => void }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['person', oid],
    queryFn: () => take(api.GET('/api/people/{oid}', { params: { path: { oid } } })),
    retry: false,
  });
  const newest = asked.data?.cases.at(-1);
  const reason = newest?.mode === 'plan' ? newest.reason : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed meanwhile is not to be written over
  useEffect(() => {
    if (reason !== undefined) found(reason);
  }, [reason]);
  if (asked.isPending) return null;
  if (newest === undefined)
    return <p className="hint">Nobody has made a plan for them: what this would stop is not known yet.</p>;
  return (
    <p className="earlier">
      <Standing row={newest} />{' '}
      <a href={addressOf(`/cases/${newest.caseId}`)}>
        {newest.mode === 'plan' ? 'The plan' : 'Their last case'} of <Time at={newest.openedAt} />
      </a>
      {newest.mode === 'plan' && newest.state !== 'filed' && ' is not finished yet: what it would stop is not known.'}
    </p>
  );
}
