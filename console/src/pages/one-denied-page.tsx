import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../address.ts';
import { ApiFault, type Schemas, take } from '../api.ts';
import { Ask } from '../parts/ask.tsx';
import { Chip } from '../parts/chip.tsx';
import { endsSoon, isOnlyCase, KIND_WORDS } from '../parts/denied-words.ts';
import { Known, KnownPerson } from '../parts/known.tsx';
import { List } from '../parts/list.tsx';
import { nameOf } from '../parts/person.tsx';
import { Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { useSession } from '../session.ts';

type Row = Schemas['Denied'];
type Change = NonNullable<Row['changes']>[number];

const REFRESH_MS = 10_000;
const HINT = 'It stays in the history of this denial, with your name. Write no secret.';

const CHANGES: Readonly<Record<Change['what'], string>> = {
  contained: 'Contained',
  extended: 'Extended',
  stood: 'Asked for what was there',
  'taken-over': 'A case took over',
  'given-back': 'The case gave up, and the containment counts again',
  released: 'Released',
  ended: 'Ended by itself',
};

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

function History({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0)
    return <p className="hint">No person changed this denial: it came from a case, or was found on the list.</p>;
  return (
    <>
      <h2>What people did</h2>
      <List
        caption="What people did, the newest first"
        rows={changes.toReversed()}
        keyOf={({ generation, at, what }) => `${generation} ${at} ${what}`}
        columns={[
          { title: 'What', show: ({ what }) => CHANGES[what] },
          { title: 'When', show: ({ at }) => <Time at={at} /> },
          { title: 'By', show: ({ by }) => <Known by={by} /> },
          { title: 'Why', show: ({ why }) => why },
          { title: 'Until', show: ({ until }) => (until === undefined ? '' : <Time at={until} />) },
        ]}
      />
      <p className="hint">The last twenty are kept here; all of them stand in the audit.</p>
    </>
  );
}

interface One {
  readonly row: Row;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}

function Release({ row, onDone, onClose }: One) {
  const { api } = useSession();
  const params = { path: { oid: row.oid } };
  return (
    <Ask
      title={`Release ${nameOf(row)}`}
      verb="Release"
      danger
      reasonHint={HINT}
      act={async ({ reason }) => {
        const { list } = await take(api.POST('/api/denied/{oid}/release', { params, body: { reason } }));
        onDone(
          list === 'later'
            ? 'Released. The gateway did not answer: it lets them in within some minutes.'
            : 'Released: the gateway lets them in again.',
        );
      }}
      onClose={onClose}
    >
      <p>
        The gateway lets them in again, with whatever they still hold. What a case cut besides stays cut; undo that on
        the case.
      </p>
    </Ask>
  );
}

function Extend({ row, onDone, onClose }: One) {
  const { api } = useSession();
  const params = { path: { oid: row.oid } };
  return (
    <Ask
      title={`Extend the containment of ${nameOf(row)}`}
      verb="Extend"
      reasonHint={HINT}
      act={async ({ reason, form }) => {
        const days = Number(form.get('days'));
        const { list } = await take(api.POST('/api/denied/{oid}/extend', { params, body: { reason, days } }));
        onDone(list === 'failed' ? 'Extended. The gateway’s list is tried again every minute.' : 'Extended.');
      }}
      onClose={onClose}
    >
      {row.byPerson !== undefined && (
        <p>
          It ends <Time at={row.byPerson.until} /> now. An earlier end is refused: that is a release.
        </p>
      )}
      <label className="field">
        <span>Days from now</span>
        <input name="days" type="number" min={1} max={90} defaultValue={7} required />
        <small>The app allows what CONTAIN_DAYS_AT_MOST says. What is to last is a case.</small>
      </label>
    </Ask>
  );
}
