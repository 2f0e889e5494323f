/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `90 minutes`, `24 hours`, `24 hours and 10 minutes`. */
export function lasting(minutes: number): string {
  if (minutes < 120) return counted(minutes, 'minute');
  const rest = minutes % 60;
  const hours = `${(minutes - rest) / 60} hours`;
  return rest === 0 ? hours : `${hours} and ${counted(rest, 'minute')}`;
}

/** The first few names, each once, and how many more there are: `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = 3): string {
  const different = [...new Set(names)];
  const shown = different.slice(0, most);
  const more = different.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** An ISO instant for people, in UTC: `2026-11-23 14:30 UTC`. Text that is no instant is passed through. */
export function instant(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The text as one sentence: trimmed, and with a full stop where it ends without a mark. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
