import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../address.ts';
import { ApiFault, type Schemas, take } from '../../api.ts';
import { Chip } from '../../parts/chip.tsx';
import { endsSoon, isOnlyCase, KIND_WORDS } from '../../parts/held/denied-words.ts';
import { Known, KnownPerson } from '../../parts/people/known.tsx';
import { nameOf } from '../../parts/people/person.tsx';
import { Fault, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { Extend, Release } from './denial-acts.tsx';
import { History } from './denial-history.tsx';

type Row = Schemas['Denied'];

const REFRESH_MS = 10_000;

/** Of whom nothing could be read, nobody says that the gateway lets them in. */
function isUnknown(error: unknown): boolean {
  return error instanceof ApiFault && error.status === 404;
}

export function OneDeniedPage({ oid }: { readonly oid: string }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['denied', oid],
    queryFn: () => take(api.GET('/api/denied/{oid}', { params: { path: { oid } } })),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <p className="crumbs">
        <a href="#/denied">Deny list</a>
      </p>
      {asked.isPending ? (
        <Loading what="the denial" />
      ) : asked.data === undefined ? (
        <>
          <h1>{isUnknown(asked.error) ? 'Not on the list' : 'Denial'}</h1>
          <Fault error={asked.error} again={() => void asked.refetch()} />
        </>
      ) : (
        <Shown row={asked.data} />
      )}
    </>
  );
}

function Shown({ row }: { readonly row: Row }) {
  const { may, oid: mine } = useSession();
  const [asking, setAsking] = useState<'release' | 'extend'>();
  const [said, setSaid] = useState('');
  const isDenied = row.state === 'denied';
  const mayAct = may.has('operate') && isDenied && row.oid !== mine;
  return (
    <>
      <div className="heading">
        <h1>{row.kind === 'person' ? <KnownPerson {...row} /> : nameOf(row)}</h1>
        <Chip tone={isDenied ? 'bad' : 'quiet'}>{isDenied ? 'Denied' : 'Released'}</Chip>
        {endsSoon(row) && <Chip tone="warn">Ends soon</Chip>}
        {mayAct && (
          <span className="buttons">
            {row.byPerson !== undefined && (
              <button type="button" onClick={() => setAsking('extend')}>
                Extend
              </button>
            )}
            <button type="button" className="danger" onClick={() => setAsking('release')}>
              Release
            </button>
          </span>
        )}
      </div>
      <p className={said === '' ? 'heard' : 'panel'} role="status" aria-live="polite">
        {said}
      </p>
      {isDenied && row.oid === mine && <p className="panel warn">It is you. Ask another operator to release you.</p>}
      <Facts row={row} />
      <History changes={row.changes ?? []} />
      {asking === 'release' && <Release row={row} onDone={setSaid} onClose={() => setAsking(undefined)} />}
      {asking === 'extend' && <Extend row={row} onDone={setSaid} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function Facts({ row: { oid, kind, why, since, until, caseId, pastCase, byPerson, released } }: { readonly row: Row }) {
  return (
    <dl className="facts panel">
      <dt>Object id</dt>
      <dd>
        <code>{oid}</code>, {KIND_WORDS[kind]}
      </dd>
      <dt>Why</dt>
      <dd>{isOnlyCase({ why, ...(caseId && { caseId }) }) ? 'They leave, by the case' : why}</dd>
      <dt>Since</dt>
      <dd>
        <Time at={since} />
      </dd>
      <dt>Until</dt>
      <dd>{until === undefined ? 'somebody releases them' : <Time at={until} />}</dd>
      {caseId !== undefined && (
        <>
          <dt>Case</dt>
          <dd>
            <a href={addressOf(`/cases/${caseId}`)}>{caseId}</a>
          </dd>
        </>
      )}
      {pastCase !== undefined && (
        <>
          <dt>Case before</dt>
          <dd>
            <a href={addressOf(`/cases/${pastCase}`)}>{pastCase}</a> gave up; the containment counts again
          </dd>
        </>
      )}
      {byPerson !== undefined && (
        <>
          <dt>Contained by</dt>
          <dd>
            <Known by={byPerson.by} />, <Time at={byPerson.since} /> until <Time at={byPerson.until} />: {byPerson.why}
          </dd>
        </>
      )}
      {released !== undefined && (
        <>
          <dt>Released</dt>
          <dd>
            <Time at={released.at} /> by <Known by={released.by} />: {released.why}
          </dd>
        </>
      )}
    </dl>
  );
}
