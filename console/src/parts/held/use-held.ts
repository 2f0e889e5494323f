import { useQuery } from '@tanstack/react-query';
import { take } from '../../api.ts';
import { useSession } from '../../session.ts';

/** How often is asked what keeps cases from being started, in milliseconds. */
const REFRESH_MS = 30_000;

/** The pause, and the cases on hold; asked for once for everything that shows it. */
export function useHeld() {
  const { api, may } = useSession();
  const asked = useQuery({
    queryKey: ['held'],
    queryFn: () => take(api.GET('/api/held')),
    enabled: may.has('read'),
    refetchInterval: REFRESH_MS,
  });
  return asked.data;
}
