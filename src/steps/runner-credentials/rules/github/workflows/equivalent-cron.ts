/** Minute, hour and month, in the order in which a form is looked for; days decide together and stay as they are. */
const FIELDS = [
  { at: 3, whole: '1-12' },
  { at: 1, whole: '0-23' },
  { at: 0, whole: '0-59' },
] as const;

/**
 * The same schedule in another form of POSIX cron, as GitHub reads it: a whole range for `*`, and a range of one for a
 * number. Undefined where none of these fits.
 */
export function equivalentCron(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  for (const { at, whole } of FIELDS) {
    const { [at]: field = '' } = fields;
    const other = otherForm(field, whole);
    if (other !== undefined) return fields.with(at, other).join(' ');
  }
  return undefined;
}

function otherForm(field: string, whole: string): string | undefined {
  if (field === '*') return whole;
  if (field === whole) return '*';
  if (/^\*\/\d+$/.test(field)) return field.replace('*', whole);
  if (/^\d+$/.test(field)) return `${field}-${field}`;
  return undefined;
}

/** The text with the other form in each of its cron lines; undefined where none of these stands there. */
export function withEquivalentCrons(text: string, crons: readonly string[]): string | undefined {
  const forms = new Map(crons.map((cron) => [cron, equivalentCron(cron)]));
  const lines = text.split('\n').map((line) => {
    const [, before, cron, after] = /^(\s*-?\s*cron:\s*["']?)([^"'#]+?)(["']?\s*(?:#.*)?)$/.exec(line) ?? [];
    const other = cron === undefined ? undefined : forms.get(cron);
    return other === undefined ? line : `${before}${other}${after}`;
  });
  const changed = lines.join('\n');
  return changed === text ? undefined : changed;
}
