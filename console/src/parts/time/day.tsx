import { setFilter } from '../../address.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A day in UTC, as the API counts days. */
export function dayBefore(days: number, from = new Date()): string {
  return new Date(from.getTime() - days * DAY_MS).toISOString().slice(0, 10);
}

/** Chooses the day that a page shows, and steps to the one before and after. */
export function Day({ day, shown }: { readonly day: string; readonly shown: boolean }) {
  const today = dayBefore(0);
  const step = (by: number) => setFilter('day', dayBefore(-by, new Date(`${day}T00:00:00Z`)));
  return (
    <>
      <button type="button" onClick={() => step(-1)} aria-label="The day before">
        ←
      </button>
      <label>
        <span>Day (UTC)</span>
        <input
          type="date"
          max={today}
          value={shown ? day : ''}
          onChange={({ target }) => setFilter('day', target.value)}
        />
      </label>
      <button type="button" disabled={day >= today} onClick={() => step(1)} aria-label="The day after">
        →
      </button>
    </>
  );
}
