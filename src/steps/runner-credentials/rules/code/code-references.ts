import { createHash } from 'node:crypto';
import { documentsOf, isDockerfile } from '../ci-document.ts';
import { addressesIn } from './code-addresses.ts';
import { commandsIn } from './code-commands.ts';
import { codeUnder, KEYS } from './code-keys.ts';
import { type CodeReference, imageOf, isMap } from './code-reference.ts';

/**
 * Whose code a file of CI has run. Three tables say in which ways a file names it: keys of YAML (`code-keys.ts`),
 * addresses anywhere in the text (`code-addresses.ts`), and commands of scripts (`code-commands.ts`); Dockerfiles name
 * their base images. A file that is no YAML is read line by line. Names that are put together when the file runs
 * (`${{ … }}`) are not known, and stand in no answer.
 */
export function codeReferences(path: string, text: string): CodeReference[] {
  const docker = isDockerfile(path);
  const documents = docker ? undefined : documentsOf(text);
  const keyed = documents?.flatMap((document) => referencesIn(document, path));
  const found = docker ? imagesOfDockerfile(text) : (keyed ?? linesOf(path, text));
  // A folded text (`run: >`) has its command in one line only when it is read.
  const scripts = [text, ...(documents ?? []).flatMap(scriptsIn)];
  return distinct([...found, ...scripts.flatMap(commandsIn), ...addressesIn(text)]);
}

function referencesIn(node: unknown, path: string): CodeReference[] {
  if (Array.isArray(node)) return node.flatMap((each) => referencesIn(each, path));
  if (!isMap(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...codeUnder(key, { value, parent: node, path }),
    ...referencesIn(value, path),
  ]);
}

/** Scripts that may stand in several lines of the file: whatever is more than a word. */
function scriptsIn(node: unknown): string[] {
  if (typeof node === 'string') return node.includes(' ') ? [node] : [];
  if (Array.isArray(node)) return node.flatMap(scriptsIn);
  return isMap(node) ? Object.values(node).flatMap(scriptsIn) : [];
}

/** Base images, images that files are copied from, and the image that reads the file itself. */
function imagesOfDockerfile(text: string): CodeReference[] {
  return text.split('\n').flatMap((line) => {
    const [instruction = '', ...words] = line.match(/\S+/g) ?? [];
    const base = words.filter((word) => !word.startsWith('--')).slice(0, 1);
    const from = words.flatMap((word) => /^(?:--from|--mount=\S{0,200}from)=([^,]+)/i.exec(word)?.[1] ?? []);
    const syntax = /^#\s{0,20}syntax\s{0,20}=\s{0,20}(\S+)/i.exec(line.trim())?.[1];
    const images = [
      ...(/^from$/i.test(instruction) ? base : []),
      ...(/^(?:copy|run|add)$/i.test(instruction) ? from : []),
      ...(syntax === undefined ? [] : [syntax]),
    ];
    return images.flatMap(imageOf);
  });
}

/** The same keys in a text that is no YAML: templates with placeholders, scripts, files cut by hand. */
function linesOf(path: string, text: string): CodeReference[] {
  return [...text.matchAll(LINE)].flatMap(([, key = '', value = '']) =>
    codeUnder(key.toLowerCase(), { value, parent: {}, path }),
  );
}
const LINE = new RegExp(
  String.raw`(?:^|[\s{,-])["']?(${KEYS.join('|')})["']?[ \t]{0,20}[:=][ \t]{0,20}["']?([^\s"'#,}]{1,500})`,
  'gim',
);

/** Names of which a mention says nothing: folders that every repository may have. */
const FOLDERS = new Set(
  'src dist build bin lib docs test tests app apps packages scripts tools ci deploy infra'.split(' '),
);

/**
 * Digests of every name that stands in front of a slash (`OWNER/anything`), each once: no table has every tool, and the
 * name of a leaver counts wherever it stands. Names are not kept, because what stands there may be half a secret.
 */
export function mentionsIn(text: string): string[] {
  const names = [...text.matchAll(/(?<![\w./@-])([a-z\d][\w-]{0,99})\/[\w.-]{1,100}/gi)].map(([, owner = '']) =>
    owner.toLowerCase(),
  );
  return [...new Set(names.filter((name) => !FOLDERS.has(name)).map(digestOf))].sort();
}

/** With what a file names, every mention of one of these logins that it names in no other way. */
export function withMentions(
  references: readonly CodeReference[],
  mentions: readonly string[],
  logins: readonly string[],
): readonly CodeReference[] {
  const owners = new Set(references.map(({ owner }) => owner.toLowerCase()));
  const known = new Set(mentions);
  const others = logins.filter((login) => !owners.has(login.toLowerCase()) && known.has(digestOf(login.toLowerCase())));
  return [
    ...references,
    ...others.map(
      (owner): CodeReference => ({ host: 'github', owner, written: `${owner}/…`, how: 'mention', perhaps: true }),
    ),
  ];
}

function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

/** One for each owner and way: a file may call the same action many times. */
function distinct(found: readonly CodeReference[]): CodeReference[] {
  const byWhat = new Map<string, CodeReference>();
  for (const each of found) {
    const key = `${each.host} ${each.owner} ${each.perhaps} ${each.written}`;
    const known = byWhat.get(key);
    if (known === undefined || each.inheritsSecrets === true) byWhat.set(key, each);
  }
  return [...byWhat.values()];
}
