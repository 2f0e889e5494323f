import { useQuery } from '@tanstack/react-query';
import { take } from '../../api.ts';
import { nameOf, Person } from '../../parts/people/person.tsx';
import { useSession } from '../../session.ts';

const OID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const TRIGGERS: Readonly<Record<string, string>> = { entra: 'Entra', hr: 'HR', sweep: 'the sweep' };

/** Who did something: a person by name where the directory tells it, else the trigger. */
export function Who({ by }: { readonly by: string }) {
  return OID.test(by) ? <Named oid={by} /> : (TRIGGERS[by] ?? by);
}

function Named({ oid }: { readonly oid: string }) {
  const { api, me, oid: own } = useSession();
  const isOwn = oid.toLowerCase() === own.toLowerCase();
  const { data } = useQuery({
    queryKey: ['name', oid],
    queryFn: async () => nameOf(await take(api.GET('/api/people/{oid}', { params: { path: { oid } } }))),
    enabled: !isOwn,
    staleTime: 'static',
    retry: false,
  });
  return isOwn ? <>you ({me.name})</> : <Person oid={oid} {...(data !== undefined && { displayName: data })} />;
}
