import { type ReactNode, useId } from 'react';
import type { Picked } from '../../parts/people/people-picker.tsx';
import { nameOf } from '../../parts/people/person.tsx';
import { useSession } from '../../session.ts';
import { type Filled, startsNow, today } from './asked-for.ts';

type At = (field: string, person?: Picked) => string | undefined;
interface Part {
  readonly filled: Filled;
  readonly change: (part: Partial<Filled>) => void;
  readonly at: At;
}

const ZONES = Intl.supportedValuesOf('timeZone');
/** As many as the app allows where nobody changed CONTAIN_DAYS_AT_MOST; it says so itself where it is less. */
const MOST_DAYS = 90;

/** When it starts, or how long it holds. */
export function When({ filled, change, at }: Part) {
  const { may } = useSession();
  if (filled.way === 'schedule')
    return (
      <div className="side-by-side">
        <Field
          label="Last day"
          fault={at('lastDay')}
          hint={startsNow(filled, today()) ? 'That day has come: it starts at once.' : 'It waits until then.'}
        >
          {(field) => (
            <input
              {...field}
              type="date"
              required
              value={filled.lastDay}
              onChange={({ target }) => change({ lastDay: target.value })}
            />
          )}
        </Field>
        <Field label="Time of day" fault={at('timeOfDay')} hint="Left empty: the end of the firm’s day.">
          {(field) => (
            <input
              {...field}
              type="time"
              value={filled.timeOfDay}
              onChange={({ target }) => change({ timeOfDay: target.value })}
            />
          )}
        </Field>
        <Field label="Time zone" fault={at('zone')}>
          {(field) => (
            <select {...field} value={filled.zone} onChange={({ target }) => change({ zone: target.value })}>
              <option value="">The firm’s</option>
              {ZONES.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
    );
  if (filled.way !== 'contain') return null;
  return (
    <div className="side-by-side">
      <Field
        label="For how many days"
        fault={at('days') ?? at('until')}
        hint="It ends by itself; an earlier end is a release."
      >
        {(field) => (
          <input
            {...field}
            type="number"
            required
            min={1}
            max={MOST_DAYS}
            value={filled.days}
            onChange={({ target }) => change({ days: target.value })}
          />
        )}
      </Field>
      {may.has('administer') && (
        <label className="check">
          <input
            type="checkbox"
            checked={filled.emergency}
            onChange={({ target }) => change({ emergency: target.checked })}
          />
          <span>
            It is an emergency
            <small>Also an account that is protected. Everybody who is on call hears of it.</small>
          </span>
        </label>
      )}
    </div>
  );
}

/** That exactly this person is meant: whose account works is named twice. */
export function Confirm({ person, filled, change, at }: Part & { readonly person: Picked }) {
  if (person.state === 'unknown')
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={filled.unknown.includes(person.oid)}
          onChange={({ target }) =>
            change({
              unknown: target.checked
                ? [...filled.unknown, person.oid]
                : filled.unknown.filter((each) => each !== person.oid),
            })
          }
        />
        <span>
          The object id {person.oid} is right, although Entra knows nobody of it
          <small>Somebody who was deleted for good long ago.</small>
        </span>
      </label>
    );
  const fault = at('confirmUserPrincipalName', person);
  return (
    <Field
      label={`User principal name of ${nameOf(person)}, once more`}
      fault={fault}
      hint={`The account is enabled: nobody who works here is cut off by a slip. Type ${person.userPrincipalName ?? 'it'}.`}
    >
      {(field) => (
        <input
          {...field}
          type="text"
          required
          autoComplete="off"
          spellCheck={false}
          value={filled.confirmed[person.oid] ?? ''}
          onChange={({ target }) => change({ confirmed: { ...filled.confirmed, [person.oid]: target.value } })}
        />
      )}
    </Field>
  );
}

interface Fielded {
  readonly label: string;
  readonly fault: string | undefined;
  readonly hint?: string;
  readonly children: (input: FieldProps) => ReactNode;
}
interface FieldProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid': boolean;
}

/** A field with its name, and with what is wrong with it in the place of its hint. */
export function Field({ label, fault, hint, children }: Fielded) {
  const id = useId();
  const said = fault ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': fault !== undefined,
        ...(said !== undefined && { 'aria-describedby': `${id}-said` }),
      })}
      {said !== undefined && (
        <small id={`${id}-said`} className={fault === undefined ? 'hint' : 'at-field'}>
          {said}
        </small>
      )}
    </div>
  );
}
