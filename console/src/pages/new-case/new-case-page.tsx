import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { addressOf, goTo } from '../../address.ts';
import { ApiFault } from '../../api.ts';
import { PeoplePicker, type Picked, readPerson } from '../../parts/people/people-picker.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';
import { type Became, type Filled, faultAt, makeKeys, mustConfirm, WAYS, type Way } from './asked-for.ts';
import { EarlierPlan } from './earlier-plan.tsx';
import { Confirm, Field, When } from './fields.tsx';
import { Results, Sent } from './results.tsx';
import { send } from './send.ts';
import { verbOf, Ways } from './ways.tsx';

/** Who leaves, why, and what is to happen. `oid` (several with commas), `mode` and `reason` of the address fill it in. */
export function NewCasePage({ query }: { readonly query: URLSearchParams }) {
  const { api, may, denied } = useSession();
  const oids = [...new Set((query.get('oid') ?? '').toLowerCase().split(',').filter(Boolean))];
  const given = useQuery({
    queryKey: ['picked', oids],
    queryFn: () => Promise.all(oids.map((oid) => readPerson(api, oid))),
    enabled: oids.length > 0 && may.has('operate'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!may.has('operate') || denied)
    return (
      <>
        <div className="heading">
          <h1>New case</h1>
        </div>
        <Empty title={denied ? 'You are denied at the gateway' : 'You cannot open cases'}>
          <p>
            {denied
              ? 'Whoever leaves decides nothing. Ask another operator.'
              : 'It takes the role Offboarding.Operate; an administrator assigns it in Entra. You can read every case.'}
          </p>
          <p>
            <a href="#/cases">All cases</a>
          </p>
        </Empty>
      </>
    );
  if (given.isError || (oids.length > 0 && given.isPending))
    return (
      <>
        <div className="heading">
          <h1>New case</h1>
        </div>
        {given.isError ? (
          <Fault error={given.error} again={() => void given.refetch()} />
        ) : (
          <Loading what="who is meant" />
        )}
      </>
    );
  const way = WAYS.find((each) => each === query.get('mode')) ?? 'plan';
  return <Form key={query.toString()} people={given.data ?? []} way={way} reason={query.get('reason') ?? ''} />;
}

const EMPTY: Filled = {
  people: [],
  way: 'plan',
  reason: '',
  confirmed: {},
  unknown: [],
  lastDay: '',
  timeOfDay: '',
  zone: '',
  days: '2',
  emergency: false,
};

function Form({ people, way, reason }: Pick<Filled, 'people' | 'way' | 'reason'>) {
  const { api } = useSession();
  const all = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const keys = useRef(makeKeys());
  const [became, setBecame] = useState<readonly Became[]>([]);
  const [filled, setFilled] = useState<Filled>({ ...EMPTY, people, way, reason });
  const change = (part: Partial<Filled>) => setFilled((before) => ({ ...before, ...part }));
  const done = became.filter(({ problem }) => problem === undefined);
  const sending = useMutation({
    mutationFn: () => send(api, filled, keys.current),
    onSuccess: (results) => {
      const [only, ...others] = results;
      if (only?.caseId !== undefined && others.length + done.length === 0)
        return goTo(addressOf(`/cases/${only.caseId}`));
      setBecame((before) => [...before.filter(({ problem }) => problem === undefined), ...results]);
      // Who was refused stays in the form, so that what was wrong can be put right.
      change({ people: results.filter(({ problem }) => problem !== undefined).map(({ person }) => person) });
      return undefined;
    },
    onSettled: () => all.invalidateQueries(),
  });
  // The form is there again, with what was wrong: whoever types goes on at the first fault.
  const { isPending } = sending;
  useEffect(() => {
    if (!isPending) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isPending]);
  const startAnew = () => {
    keys.current = makeKeys();
    setBecame([]);
    setFilled(EMPTY);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!sending.isPending && filled.people.length > 0) sending.mutate();
  };
  const at = (field: string, person?: Picked) => faultAt(became, sending.error, field, person);
  if (sending.isPending) return <Sent filled={filled} />;
  if (done.length > 0 && filled.people.length === 0) return <Results became={done} again={startAnew} />;
  return (
    <>
      <div className="heading">
        <h1>New case</h1>
      </div>
      {done.length > 0 && <Results became={done} />}
      <form className="new-case" ref={form} onSubmit={submit}>
        <section className="panel">
          <PeoplePicker
            label="Who leaves?"
            picked={filled.people}
            change={(picked) => change({ people: picked })}
            fault={filled.people.length === 1 ? at('oid', filled.people[0]) : at('people')}
          />
          {filled.people.map((person) => (
            <Refused key={person.oid} became={became.find((each) => each.person.oid === person.oid)} />
          ))}
        </section>
        <section className="panel">
          <Ways way={filled.way} change={(next: Way) => change({ way: next })} />
          {filled.way !== 'plan' && filled.people.length === 1 && filled.people[0] !== undefined && (
            <EarlierPlan
              oid={filled.people[0].oid}
              found={(words) => filled.reason === '' && change({ reason: words })}
            />
          )}
          <When filled={filled} change={change} at={at} />
          {filled.people
            .filter((each) => mustConfirm(filled.way, each) || each.state === 'unknown')
            .map((person) => (
              <Confirm key={person.oid} person={person} filled={filled} change={change} at={at} />
            ))}
          <Field label="Reason" fault={at('reason')} hint="It stands in the report, with your name. Write no secret.">
            {(field) => (
              <textarea
                {...field}
                value={filled.reason}
                required
                maxLength={500}
                rows={2}
                onChange={({ target }) => change({ reason: target.value })}
              />
            )}
          </Field>
          {sending.isError && <Fault error={sending.error} />}
          <div className="buttons">
            <a className="button" href="#/cases">
              Cancel
            </a>
            <button
              type="submit"
              className={filled.way === 'plan' ? 'primary' : 'danger'}
              disabled={filled.people.length === 0}
            >
              {verbOf(filled)}
            </button>
          </div>
        </section>
      </form>
    </>
  );
}

function Refused({ became }: { readonly became: Became | undefined }) {
  if (became?.problem === undefined) return null;
  // What is wrong with a field stands at the field, and what to do about it is told for those who write requests.
  const { errors, whatToDo, ...rest } = became.problem;
  const problem = errors === undefined && whatToDo !== undefined ? { ...rest, whatToDo } : rest;
  const { caseId } = problem as { caseId?: string };
  return (
    <>
      <Fault error={new ApiFault(became.status, problem)} />
      {caseId !== undefined && (
        <p>
          <a href={addressOf(`/cases/${caseId}`)}>The case that was refused</a>
        </p>
      )}
    </>
  );
}
