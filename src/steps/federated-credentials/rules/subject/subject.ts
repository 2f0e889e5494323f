/** An account as a subject names it: by login, by numeric id, or by both. */
export interface PartyName {
  readonly login?: string;
  /** Decimal digits without leading zeros. */
  readonly id?: string;
}

/** What a claim of a subject says about somebody. */
export type Party = 'repository-owner' | 'actor' | 'workflow-owner';

/** One claim of a subject: `ref:refs/heads/main` is `{ key: 'ref', value: 'refs/heads/main' }`. */
export interface Claim {
  /** Lower case. Empty where the text is not a pair. */
  readonly key: string;
  /** With `%3A` decoded. */
  readonly value: string;
  /** Whom the claim names, where it names somebody. */
  readonly party?: { readonly role: Party; readonly name: PartyName };
  /** Free text of the claim that may carry a login without meaning the person: repository, branch, environment. */
  readonly texts: readonly string[];
}

/** Claims that stand alone in a subject. */
const BARE = new Set(['pull_request']);

/**
 * Reads the subject of a GitHub token: `repo:<owner>[@<id>]/<repo>[@<id>]` and a tail, or the pairs of a custom
 * template in any order. A `:` inside a value arrives as `%3A`. Any text has a reading; what is no pair becomes
 * a claim without a key.
 * Grammar: docs.github.com/actions/reference/security/oidc
 */
export function parseSubject(text: string): Claim[] {
  const tokens = text.trim().split(':');
  const claims: Claim[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const key = (tokens[index] as string).toLowerCase();
    const value = tokens[index + 1];
    if (BARE.has(key)) claims.push({ key, value: '', texts: [] });
    else if (value === undefined) claims.push({ key: '', value: decode(key), texts: [decode(key)] });
    else {
      claims.push(makeClaim(key, decode(value)));
      index += 1;
    }
  }
  return claims;
}

/** A claim by its key and its whole value. */
export function makeClaim(key: string, value: string): Claim {
  const base = { key, value };
  switch (key) {
    case 'repo':
    case 'repository': {
      const [owner = '', ...rest] = value.split('/');
      return { ...base, party: { role: 'repository-owner', name: parseName(owner) }, texts: rest };
    }
    case 'repository_owner':
      return { ...base, party: { role: 'repository-owner', name: parseName(value) }, texts: [] };
    case 'repository_owner_id':
      return { ...base, party: { role: 'repository-owner', name: parseId(value) }, texts: [] };
    case 'actor':
      return { ...base, party: { role: 'actor', name: parseName(value) }, texts: [] };
    case 'actor_id':
      return { ...base, party: { role: 'actor', name: parseId(value) }, texts: [] };
    case 'job_workflow_ref':
    case 'workflow_ref': {
      const [owner = '', ...rest] = value.split('/');
      return { ...base, party: { role: 'workflow-owner', name: parseName(owner) }, texts: rest };
    }
    default:
      return { ...base, texts: [value] };
  }
}

/**
 * `login@id` with the id behind the only `@` that a name can carry. A hyphen is part of a login: `ann-111` is
 * nobody's name with an id.
 */
function parseName(text: string): PartyName {
  const [login = '', ...ids] = text.split('@');
  return { login, ...parseId(ids.join('@')) };
}

function parseId(text: string): PartyName {
  return /^\d+$/.test(text) ? { id: text.replace(/^0+(?=\d)/, '') } : {};
}

const decode = (text: string): string => text.replace(/%3a/gi, ':');
