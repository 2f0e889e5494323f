import {
  type AnchoredFinder,
  anchored,
  type Candidate,
  isPlaceholder,
  type RunFinder,
  type TokenFormat,
  textBefore,
} from '../token-format.ts';

/** Client secrets of app registrations: three characters, a generation, `Q~`, 31 to 34 more. */
const clientSecret = anchored({
  type: 'entra-client-secret',
  anchors: ['Q~'],
  before: 4,
  reach: 40,
  pattern: /^[\w~.-]{3}\dQ~[\w~.-]{31,34}/,
  body: (match) => match[0].slice(6),
  read: () => ({ holder: 'service', checksum: 'none', sureLength: 37 }),
});

const REFRESH_BEFORE = 200;

/** `0.A…` or `1.A…`, for some the kind of client, and the part that begins with `Ag`. */
const refresh: AnchoredFinder = {
  anchors: ['.Ag'],
  findAt: (text, at) => {
    const from = Math.max(0, at - REFRESH_BEFORE);
    const head = /[01]\.A[\w-]{20,180}(?:\.\d)?$/.exec(text.slice(from, at))?.[0];
    if (head === undefined) return undefined;
    const tail = /^\.Ag[\w-]{60,2048}(?:\.A[\w-]{60,2048})?/.exec(text.slice(at, at + 4_100))?.[0];
    if (tail === undefined || isPlaceholder(tail.slice(3, 60))) return undefined;
    const start = at - head.length;
    const found = { type: 'entra-refresh', holder: 'personal', checksum: 'none' } as const;
    return { ...found, start, end: at + tail.length, sureEnd: at + 63 };
  },
};

const SIGNATURE = /^sig=((?:[\w+/-]|%[0-9A-Fa-f]{2}){43,88}(?:=|%3[Dd]){0,2})/;
/** Characters of the query on either side of its signature. */
const QUERY_REACH = 640;

const QUERY_ENDS = ' \n\r\t"\'<>?';
const PARAMETERS = {
  sv: /(?<![A-Za-z])sv=([^&;]*)/,
  se: /(?<![A-Za-z])se=([^&;]*)/,
  si: /(?<![A-Za-z])si=([^&;]*)/,
  skoid: /(?<![A-Za-z])skoid=([^&;]*)/,
  sktid: /(?<![A-Za-z])sktid=([^&;]*)/,
};

/** What stands behind the last of these characters. */
function behindLast(ends: string, text: string): string {
  let from = text.length;
  while (from > 0 && !ends.includes(text.charAt(from - 1))) from -= 1;
  return text.slice(from);
}

/** A shared access signature: a signature alone says little, its query has to name a version and an end. */
const sas: AnchoredFinder = {
  anchors: ['sig='],
  findAt: (text, at): Candidate | undefined => {
    const match = SIGNATURE.exec(text.slice(at, at + 132));
    if (match === null || isPlaceholder(match[1] ?? '')) return undefined;
    const end = at + match[0].length;
    const before = behindLast(QUERY_ENDS, textBefore(text, at, QUERY_REACH));
    const after = /^[^\s"'<>]*/.exec(text.slice(end, end + QUERY_REACH))?.[0] ?? '';
    const query = `${before}${after}`;
    const parameter = (name: keyof typeof PARAMETERS): string | undefined => PARAMETERS[name].exec(query)?.[1];
    // A stored access policy (`si`) has the end in itself.
    if (parameter('sv') === undefined || (parameter('se') ?? parameter('si')) === undefined) return undefined;
    const found = { type: 'azure-sas', checksum: 'none', start: at, end, sureEnd: end } as const;
    const oid = parameter('skoid');
    if (oid === undefined) return { ...found, holder: 'service' };
    const tid = parameter('sktid');
    return { ...found, holder: 'unknown', claims: { oid, ...(tid === undefined ? {} : { tid }) } };
  },
};

const STORAGE_KEY_LENGTH = 86;
const SAYS_STORAGE =
  /(?:accountkey|(?:storage|account|blob|queue|table)[\w.-]{0,40}key[12]?|azure_storage_(?:key|access_key))["']?\s*(?:[:=]|=>)\s*["']?$/i;

/** 64 bytes in base64. Newer ones have `+ASt` in it; of older ones only the name in front of them tells. */
const storageKey: RunFinder = {
  run: { of: 'base64', least: STORAGE_KEY_LENGTH },
  findIn: (text, start, end) => {
    if (text.slice(end, end + 2) !== '==') return [];
    const from = end - STORAGE_KEY_LENGTH;
    const key = text.slice(from, end);
    if (/[-_]/.test(key) || isPlaceholder(key)) return [];
    const marked = key.slice(76, 80) === '+ASt';
    const named = from === start && SAYS_STORAGE.test(textBefore(text, start, 80));
    if (!marked && !named) return [];
    const range = { start: from, end: end + 2, sureEnd: end + 2 };
    return [{ type: 'azure-storage-key', holder: 'service', checksum: 'none', ...range }];
  },
};

/** Connection strings of Service Bus, Event Hubs and IoT Hub. */
const sharedAccessKey: AnchoredFinder = {
  anchors: ['SharedAccessKey='],
  findAt: (text, at, anchor) => {
    const start = at + anchor.length;
    const match = /^[A-Za-z0-9+/]{43}=/.exec(text.slice(start, start + 44));
    if (match === null || isPlaceholder(match[0])) return undefined;
    const end = start + 44;
    return { type: 'azure-shared-access-key', holder: 'service', checksum: 'none', start, end, sureEnd: end };
  },
};

const SAYS_SUBSCRIPTION =
  /(?:ocp-apim-subscription-key|apim[\w-]{0,20}key|subscription-key)["']?\s*(?:[:=]|=>)\s*["']?$/i;

/** A gateway's subscription key: 32 hexadecimal characters behind its header, parameter or name. */
const subscriptionKey: RunFinder = {
  run: { of: 'hex', least: 32 },
  findIn: (text, start, end) => {
    if (end - start !== 32 || isPlaceholder(text.slice(start, end)) || /^\w/.test(text.slice(end, end + 1))) return [];
    if (!SAYS_SUBSCRIPTION.test(textBefore(text, start, 64))) return [];
    return [{ type: 'azure-api-management-key', holder: 'unknown', checksum: 'none', start, end, sureEnd: end }];
  },
};

const IDENTIFIABLE = 'https://github.com/microsoft/security-utilities';

export const AZURE_FORMATS: readonly TokenFormat[] = [
  {
    type: 'entra-client-secret',
    vendor: 'Entra ID',
    name: 'client secret of an app registration',
    holder: 'service',
    looksLike: 'three characters, a digit, `Q~`, 31 to 34 more',
    source: `${IDENTIFIABLE} (SEC101/156)`,
    revoke: 'Remove the secret from its app registration in Entra and issue another one.',
    finders: [clientSecret],
  },
  {
    type: 'entra-refresh',
    vendor: 'Entra ID',
    name: 'refresh token',
    holder: 'personal',
    looksLike: '`0.A…` or `1.A…`, then `.Ag…`',
    source: 'https://learn.microsoft.com/entra/identity-platform/refresh-tokens',
    revoke: 'Revoke the person’s sign-in sessions in Entra.',
    finders: [refresh],
  },
  {
    type: 'azure-storage-key',
    vendor: 'Azure',
    name: 'access key of a storage account',
    holder: 'service',
    looksLike: '88 characters of base64, with `+ASt` behind the 76th or behind `AccountKey=` and names like it',
    source: `${IDENTIFIABLE} (SEC101/152)`,
    revoke: 'Rotate the key of the storage account.',
    finders: [storageKey],
  },
  {
    type: 'azure-sas',
    vendor: 'Azure',
    name: 'shared access signature',
    holder: 'told',
    looksLike: 'a query with `sv`, `se` or `si`, and `sig`; `skoid` names who signed a delegation',
    source: 'https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas',
    revoke: 'Rotate the key that signed it, or revoke the user delegation keys of the storage account.',
    finders: [sas],
  },
  {
    type: 'azure-shared-access-key',
    vendor: 'Azure',
    name: 'shared access key (Service Bus, Event Hubs, IoT Hub)',
    holder: 'service',
    looksLike: '`SharedAccessKey=` and 44 characters of base64',
    source: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
    revoke: 'Rotate the key of the authorization rule.',
    finders: [sharedAccessKey],
  },
  {
    type: 'azure-api-management-key',
    vendor: 'Azure',
    name: 'subscription key of API Management',
    holder: 'unknown',
    looksLike: '32 hexadecimal characters behind `Ocp-Apim-Subscription-Key` and names like it',
    source: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    revoke: 'Regenerate the key of the subscription in API Management.',
    finders: [subscriptionKey],
  },
];
