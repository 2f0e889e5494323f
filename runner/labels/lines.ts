import { type Label, type Labels, label, MOST_LABELS } from './label.ts';

const ASSIGNMENT = /^\s*([^=\s#;][^=]{0,400}?)\s*=\s*(.+)$/;
/** What is assigned is the last word: before it a line of a shell may say anything, passwords as well. */
const ASSIGNED = /[\w.$/:@-]{1,200}(?=["']?$)/;
const SECTION = /^\s*\[([^\]]{1,200})\]/;

/** `NAME=value`, as `.env`, `.npmrc` and the files of shells have it. */
export function assignments(text: string): Labels {
  return { labels: each(text, (line) => named(assignment(line), '')) };
}

/** The same below `[section]`, which is part of the name. */
export function ini(text: string): Labels {
  let section = '';
  const labels = each(text, (line) => {
    const begun = SECTION.exec(line)?.[1];
    if (begun !== undefined) section = `${begun}.`;
    return named(assignment(line), section);
  });
  return { labels };
}

/** `[http "https://github.com/"] extraheader = …` and remotes with a user and a password in their address. */
export function gitConfig(text: string): Labels {
  let section = '';
  const labels = each(text, (line) => {
    const begun = /^\s*\[([\w.-]{1,100})(?:\s+"([^"]{0,300})")?\]/.exec(line);
    if (begun !== null) section = `${begun[1]}.${begun[2] === undefined ? '' : `${withoutUser(begun[2])}.`}`;
    const key = assignment(line);
    const inSection = begun?.[2] === undefined ? [] : inUrl(begun[2], `${begun[1]} of ${hostOf(begun[2])}`);
    return [
      ...inSection,
      ...inUrl(key?.value ?? '', `${section}${key?.name}`),
      ...basic(key?.value, section, key?.name),
      ...named(key, section),
    ];
  });
  return { labels };
}

/** A line for each host: `https://user:password@host`. */
export function urls(text: string): Labels {
  return { labels: each(text, (line) => inUrl(line, hostOf(line))) };
}

/** `machine host login user password token`, over one line or several. */
export function netrc(text: string): Labels {
  const labels: Label[] = [];
  const words = text.split(/\s+/, 4 * MOST_LABELS);
  let machine: string | undefined;
  let login: string | undefined;
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (next === undefined) break;
    if (word === 'machine') [machine, login] = [next, undefined];
    else if (word === 'login') login = next;
    else if (word === 'password') labels.push(label(next, machine, login));
  }
  return { labels };
}

/** `hosts.yml` of GitHub's command line: below each host its users, and the one who is active. */
export function ghHosts(text: string): Labels {
  const tokens: { value: string; host: string; user?: string }[] = [];
  const active = new Map<string, string>();
  let host = '';
  let inner: { readonly user: string; readonly depth: number } | undefined;
  for (const line of text.split(/\r?\n/, MOST_LABELS)) {
    const entry = /^( *)([^\s:#][^:]{0,100}):\s*(.*?)\s*$/.exec(line);
    if (entry === null) continue;
    const [, { length: depth } = '', key = '', value = ''] = entry;
    if (inner !== undefined && depth <= inner.depth) inner = undefined;
    if (depth === 0) host = key;
    else if (key === 'oauth_token') tokens.push({ value, host, ...(inner === undefined ? {} : { user: inner.user }) });
    else if (key === 'user' && inner === undefined) active.set(host, value);
    else if (value === '' && key !== 'users') inner = { user: key, depth };
  }
  return { labels: tokens.map(({ value, host: at, user }) => label(unquoted(value), at, user ?? active.get(at))) };
}

function each(text: string, labelsOf: (line: string) => readonly Label[]): Label[] {
  return text.split(/\r?\n/, MOST_LABELS).flatMap(labelsOf);
}

interface Assignment {
  readonly name: string;
  readonly value: string;
}

function assignment(line: string): Assignment | undefined {
  const [, before = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
  const name = ASSIGNED.exec(before)?.[0];
  return name === undefined ? undefined : { name, value };
}

function named(found: Assignment | undefined, section: string): Label[] {
  return found === undefined ? [] : [label(unquoted(found.value), `${section}${found.name}`)];
}

/** `Authorization: Basic …` names a user before its token. */
function basic(value: string | undefined, section: string, key: string | undefined): Label[] {
  const encoded = /basic\s+([A-Za-z0-9+/=_-]{8,})/i.exec(value ?? '')?.[1];
  if (encoded === undefined) return [];
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [label(encoded, `${section}${key}`, user === '' ? undefined : user)];
}

const WITH_USER = /[a-z][\w+.-]{1,20}:\/\/([^\s/@:]{0,200})(?::([^\s/@]{0,2000}))?@([^\s/"':]{1,200})/i;

function inUrl(text: string, name: string | undefined): Label[] {
  const match = WITH_USER.exec(text);
  if (match === null) return [];
  const [, user = '', password] = match;
  // A token alone stands where the user would.
  return password === undefined ? [label(user, name)] : [label(password, name, decoded(user)), label(user, name)];
}

function hostOf(text: string): string | undefined {
  return WITH_USER.exec(text)?.[3];
}

function withoutUser(url: string): string {
  return url.replace(/:\/\/[^/@]{0,2200}@/, '://');
}

function decoded(user: string): string | undefined {
  try {
    return user === '' ? undefined : decodeURIComponent(user);
  } catch {
    return undefined;
  }
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}
