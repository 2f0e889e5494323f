import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../../address.ts';
import { ApiFault, type Schemas, take } from '../../api.ts';
import { Chip, Standing } from '../../parts/chip.tsx';
import { List } from '../../parts/list/list.tsx';
import { ACCOUNT_STATES } from '../../parts/people/people-picker.tsx';
import { nameOf } from '../../parts/people/person.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { waitsOf } from '../what-waits.tsx';
import { Accounts } from './person-accounts.tsx';
import { Answers } from './person-answers.tsx';
import { Denial } from './person-denial.tsx';

type Who = Schemas['Person'];

/** Everything that is known of somebody, and what may be done with it. */
export function PersonPage({ oid }: { readonly oid: string }) {
  const { api, may, denied } = useSession();
  const asked = useQuery({
    queryKey: ['person', oid],
    queryFn: () => take(api.GET('/api/people/{oid}', { params: { path: { oid } } })),
    refetchInterval: 30_000,
  });
  if (asked.data === undefined)
    return (
      <>
        <p className="crumbs">
          <a href="#/people">People</a>
        </p>
        <h1>Person</h1>
        {asked.isPending ? (
          <Loading what="the person" />
        ) : asked.error instanceof ApiFault && asked.error.status === 404 ? (
          <Empty title="Nobody is known by this object id">
            <p>{asked.error.message}</p>
          </Empty>
        ) : (
          <Fault error={asked.error} again={() => void asked.refetch()} />
        )}
      </>
    );
  const person = asked.data;
  return (
    <>
      <p className="crumbs">
        <a href="#/people">People</a>
      </p>
      <div className="heading">
        <h1>{nameOf(person)}</h1>
        <span className="chips">
          <Chip tone="quiet">{`Account ${ACCOUNT_STATES[person.state]}`}</Chip>
          {person.denied !== undefined && (
            <Chip tone={person.denied ? 'bad' : 'quiet'}>
              {person.denied ? 'Denied at the gateway' : 'Released at the gateway'}
            </Chip>
          )}
        </span>
        {may.has('operate') && !denied && (
          <span className="actions">
            <a className="button" href={addressOf('/new', { oid, mode: 'contain' })}>
              Contain only
            </a>
            <a className="button primary" href={addressOf('/new', { oid })}>
              New case
            </a>
          </span>
        )}
      </div>
      {person.why !== undefined && (
        <p className="panel" role="status">
          Entra could not be asked: {person.why}
        </p>
      )}
      <section className="panel">
        <Facts person={person} />
        {person.denied !== undefined && <Denial oid={oid} />}
      </section>
      <section>
        <h2>Cases</h2>
        <Cases cases={person.cases} />
      </section>
      <section>
        <h2>Accounts</h2>
        <Accounts accounts={person.accounts} />
      </section>
      <section>
        <h2>Answers</h2>
        <Answers answers={person.answers} />
      </section>
    </>
  );
}

function Facts({ person: { oid, userPrincipalName, mail } }: { readonly person: Who }) {
  return (
    <dl className="facts">
      {userPrincipalName !== undefined && (
        <>
          <dt>Principal name</dt>
          <dd>{userPrincipalName}</dd>
        </>
      )}
      {mail !== undefined && (
        <>
          <dt>Mail</dt>
          <dd>{mail}</dd>
        </>
      )}
      <dt>Object id</dt>
      <dd>
        <code>{oid}</code>
      </dd>
    </dl>
  );
}

function Cases({ cases }: Pick<Who, 'cases'>) {
  if (cases.length === 0) return <Empty title="No case yet" />;
  return (
    <List
      caption="Cases"
      rows={cases.toReversed()}
      keyOf={({ caseId }) => caseId}
      columns={[
        {
          title: 'Opened',
          show: (row) => (
            <>
              <a href={addressOf(`/cases/${row.caseId}`)}>
                <Time at={row.openedAt} />
              </a>
              <small>{row.reason}</small>
            </>
          ),
        },
        { title: 'Outcome', show: (row) => <Standing row={row} /> },
        { title: 'What waits', show: waitsOf },
      ]}
    />
  );
}
