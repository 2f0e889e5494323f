/** Names of what is secret whatever it looks like: members of JSON, fields of forms, parts of connection strings. */
const NAMES = [
  '(?:access|refresh|id|auth|session|bearer|personal[_-]?access|private|security)[_-]?token',
  'client[_-]?(?:secret|assertion)',
  'pass(?:word|wd|phrase)?',
  'pwd',
  '(?:x[_-]?)?api[_-]?key',
  '(?:ocp-apim-)?subscription-key',
  '(?:account|shared[_-]?access|private|secret|signing)[_-]?key',
  'secret',
].join('|');
const NAME = `(?:[\\w-]{0,40}[_-])?(?:${NAMES})`;
/** What stands where a secret stood already. */
const DONE = '(?!\\[)';

const FORM = new RegExp(`(?<![A-Za-z0-9])(${NAME}=)${DONE}[^&\\s"';,<>\\\\]+`, 'gi');
const QUERY = new RegExp(`([?&;](?:amp;)?(?:sig|code|token|key)=)${DONE}[^&\\s"';<>\\\\]+`, 'gi');
/** Also inside a JSON string, where quotes have one backslash before them or three. */
const MEMBER = new RegExp(
  `((\\\\{0,7})"(?:${NAME})\\2"\\s{0,8}:\\s{0,8}\\2")${DONE}(?:(?!(?<!\\\\)\\2")[\\s\\S]){1,16384}`,
  'gi',
);
const AUTHORIZATION =
  /\b((?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:basic|bearer|token|negotiate|ntlm|sharedkey|sharedaccesssignature)\s{1,4})?)(?!\[|basic\s|bearer\s|token\s)[^\s"',\\]+/gi;
const HEADER =
  /\b((?:ocp-apim-subscription-key|x-api-key|api-key|x-functions-key|private-token|job-token|x-vault-token|set-cookie|cookie)["']?\s{0,4}:\s{0,4}["']?)(?!\[)[^\s"'\\]+/gi;
const PASSWORD_OF_URL = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'<>\\]{0,256}:)(?!\[)[^\s@/"'<>\\]{1,1024}(?=@)/gi;
const USER_OF_URL = /([a-z][a-z0-9+.-]{1,20}:\/\/)(?!\[)[^\s:@/"'<>\\[]{20,1024}(?=(?::\[redacted\])?@)/gi;
const SCHEME = /\b(Bearer|Basic)\s+(?!\[)[\w.~+/=-]{12,}/gi;
/** As in YAML. In prose such a name may be followed by any word, so that this is for logs alone. */
const LINE = new RegExp(`(?<![A-Za-z0-9])((?:${NAME})["']?\\s{0,4}:\\s{0,4}["']?)${DONE}[^\\s"',;}\\\\]{6,}`, 'gi');

/** Without one of these nothing is called a secret: most texts end here. */
const MAY_BE =
  /token|secret|pass|pwd|key|assertion|[?&;](?:amp;)?(?:sig|code)=|authorization|cookie|bearer|basic|:\/\//i;

/** How every one of the names ends. */
const END_OF_NAME = '(?:token|secret|assertion|pass|word|wd|phrase|key)';
const FIELD = new RegExp(`${END_OF_NAME}=`, 'i');
const LABEL = new RegExp(`${END_OF_NAME}\\\\{0,7}"\\s{0,8}:`, 'i');
/** A password, a user, or a user whose password is cut already, before the host. */
const AUTHORITY = /:\/\/[^\s@/"'<>\\]{1,1300}@/;

/**
 * Each form with what must stand in a text for it to find anything. A form may begin at every letter, which takes a
 * report of some hundred kilobytes tens of milliseconds; what it cannot do without is found many times as fast.
 */
const WHOLE: readonly { readonly form: RegExp; readonly needs?: RegExp }[] = [
  { form: FORM, needs: FIELD },
  { form: QUERY },
  { form: MEMBER, needs: LABEL },
  { form: AUTHORIZATION },
  { form: HEADER },
  { form: PASSWORD_OF_URL, needs: AUTHORITY },
  { form: USER_OF_URL, needs: AUTHORITY },
];

/**
 * Cuts what a name, a header or a URL calls a secret, whatever it looks like. `whole` keeps to forms that nobody
 * writes in a sentence; `any` takes what might be one as well.
 */
export function cutLabelled(text: string, which: 'whole' | 'any'): string {
  if (!MAY_BE.test(text)) return text;
  const safe = WHOLE.reduce(
    (before, { form, needs }) => (needs?.test(before) === false ? before : before.replace(form, '$1[redacted]')),
    text,
  );
  if (which === 'whole') return safe;
  return safe.replace(SCHEME, '$1 [redacted]').replace(LINE, '$1[redacted]');
}
