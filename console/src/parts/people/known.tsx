import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../../address.ts';
import { take } from '../../api.ts';
import { useSession } from '../../session.ts';
import { nameOf, Person } from './person.tsx';

const OID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CASE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+$/;

/** What the app itself calls whoever acts without a person. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  entra: 'Entra: the account was restored',
  expiry: 'its time was over',
  settings: 'the app’s settings: a protected account',
  undo: 'an undo of the case',
};

/** Who did something, as the app notes it: a person by name where Entra knows one, a case, or the app's own word. */
export function Known({ by }: { readonly by: string }) {
  const { me, oid } = useSession();
  if (by === oid) return <>{me.name} (you)</>;
  if (OID.test(by)) return <KnownPerson oid={by} />;
  if (CASE.test(by)) return <a href={addressOf(`/cases/${by}`)}>a case</a>;
  return <>{OWN_WORDS[by] ?? by}</>;
}

interface Named {
  readonly oid: string;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
}

/** A person of whom the object id alone may be known, with the name as soon as Entra has said it. */
export function useNamed<P extends Partial<Named>>(person: P): P {
  const { api } = useSession();
  const { oid, displayName, userPrincipalName } = person;
  const asked = useQuery({
    queryKey: ['name', oid],
    queryFn: () => take(api.GET('/api/people/{oid}', { params: { path: { oid: oid ?? '' } } })),
    enabled: oid !== undefined && displayName === undefined && userPrincipalName === undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { displayName: found, userPrincipalName: upn } = asked.data ?? {};
  return { ...person, ...(found !== undefined && { displayName: found }), ...(upn && { userPrincipalName: upn }) };
}

/** The name as soon as it is known, and the object id meanwhile. */
export function KnownPerson(person: Named) {
  const named = useNamed(person);
  return nameOf(named) === person.oid ? <code>{person.oid}</code> : <Person {...named} />;
}
