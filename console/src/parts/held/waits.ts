import { useQuery } from '@tanstack/react-query';
import { type Schemas, take } from '../../api.ts';
import { useSession } from '../../session.ts';

export type Waiting = Schemas['Waiting'];

/** How often what waits is asked for, in milliseconds: the navigation counts it on every page. */
const REFRESH_MS = 30_000;

/** What waits for a person; asked once for the page and the navigation. */
export function useWaiting() {
  const { api, may } = useSession();
  return useQuery({
    queryKey: ['waiting'],
    queryFn: () => take(api.GET('/api/waiting')),
    enabled: may.has('read'),
    refetchInterval: REFRESH_MS,
  });
}
