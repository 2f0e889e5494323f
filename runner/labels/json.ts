import { type Label, type Labels, label, MOST_LABELS } from './label.ts';
import { isJson, type Json, looseJson, member, textOf } from './loose-json.ts';

const DEEPEST = 12;

/** Every text of a document, named by the members that lead to it. */
export function json(text: string): Labels {
  return { labels: textsIn(looseJson(text)) };
}

function textsIn(document: unknown): Label[] {
  const labels: Label[] = [];
  const look = (value: unknown, name: string, depth: number): void => {
    if (labels.length >= MOST_LABELS || depth > DEEPEST) return;
    if (typeof value === 'string') labels.push(label(value, name === '' ? undefined : name));
    else if (Array.isArray(value))
      for (const [index, each] of value.entries()) look(each, `${name}[${index}]`, depth + 1);
    else if (isJson(value)) {
      for (const [key, each] of Object.entries(value)) look(each, name === '' ? key : `${name}.${key}`, depth + 1);
    }
  };
  look(document, '', 0);
  return labels;
}

/** Claude Code's own file: servers, projects, and whose subscription it is. */
export function claude(text: string): Labels {
  const document = looseJson(text);
  const account = textOf(member(document, 'oauthAccount').emailAddress);
  return { labels: textsIn(document), ...(account === undefined ? {} : { signedIn: [account] }) };
}

/** Docker: per registry `auth` in base64, or tokens by name. */
export function docker(text: string): Labels {
  const document = looseJson(text);
  const labels = Object.entries(member(document, 'auths')).flatMap(([registry, entry]) => {
    const { auth, username, ...rest } = isJson(entry) ? entry : {};
    const user =
      textOf(username) ??
      Buffer.from(textOf(auth) ?? '', 'base64')
        .toString('utf8')
        .split(':')[0];
    return texts({ auth, ...rest }).map(([key, value]) =>
      label(value, `${registry} ${key}`, user === '' ? undefined : user),
    );
  });
  return { labels: [...labels, ...textsIn(document)] };
}

/** MSAL's cache: tokens point to accounts by an id. */
export function msal(text: string): Labels {
  const document = looseJson(text);
  const users = new Map(
    Object.values(member(document, 'Account')).map((each) => {
      const account: Json = isJson(each) ? each : {};
      return [textOf(account.home_account_id), textOf(account.username)];
    }),
  );
  const labels = ['RefreshToken', 'AccessToken', 'IdToken'].flatMap((kind) =>
    Object.values(member(document, kind)).flatMap((each) => {
      const { secret, home_account_id: home, target }: Json = isJson(each) ? each : {};
      const value = textOf(secret);
      if (value === undefined) return [];
      const [audience] = (textOf(target) ?? '').split(' ');
      return [label(value, audience === '' ? kind : `${kind} ${audience}`, users.get(textOf(home)))];
    }),
  );
  return { labels };
}

/** Subscriptions with who is signed in to them. */
export function azureProfile(text: string): Labels {
  const { subscriptions } = { subscriptions: [], ...asJson(looseJson(text)) };
  const users = (Array.isArray(subscriptions) ? subscriptions : []).flatMap(
    (each) => textOf(member(each, 'user').name) ?? [],
  );
  return { labels: [], signedIn: [...new Set(users)] };
}

/** Service principals that somebody signed in as, and the tokens of versions before 2.30. */
export function azurePrincipals(text: string): Labels {
  const document = looseJson(text);
  const labels = (Array.isArray(document) ? document : []).filter(isJson).flatMap((entry) => {
    const account = textOf(entry.userId) ?? textOf(entry.client_id) ?? textOf(entry.servicePrincipalId);
    return texts(entry).map(([key, value]) => label(value, key, account));
  });
  return { labels };
}

function texts(entry: Json): [string, string][] {
  return Object.entries(entry).flatMap(([key, value]) => {
    const text = textOf(value);
    return text === undefined ? [] : [[key, text]];
  });
}

function asJson(value: unknown): Json {
  return isJson(value) ? value : {};
}
