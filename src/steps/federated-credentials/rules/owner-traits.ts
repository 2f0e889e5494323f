import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import {
  calledProduction,
  mayBeProduction,
  namesProduction,
  plainKey,
  saysStage,
  tagsNameProduction,
} from '../../production.ts';

/** What an identity and its credential say about themselves. */
export interface OwnerTraits {
  /** Terraform would put back what is deleted here. */
  readonly declaredInCode: boolean;
  /** Deleting it may stop a deployment to production. */
  readonly servesProduction: boolean;
}

const TOOL_KEYS = new Set(['managedby', 'provisioner', 'provisionedby', 'deployedby', 'createdby']);

/** The carrier of a credential: a managed identity or an app registration. */
interface Carrier {
  /** Its ids, by which it may be listed as declared in code. */
  readonly ids: readonly string[];
  /** Every name it goes by: its own, its resource group's. */
  readonly names: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** `declared`: ids of what Terraform declares (the setting `TERRAFORM_MANAGED`). */
export function traitsOf(
  { ids, names, tags }: Carrier,
  credential: Pick<FederatedCredential, 'id' | 'name' | 'subject' | 'expression' | 'description'>,
  declared: readonly string[],
): OwnerTraits {
  const entries = Object.entries(tags).map(([key, value]) => [plainKey(key), value.trim().toLowerCase()] as const);
  const listed = new Set(declared.map((id) => id.trim().toLowerCase()));
  const { name, subject = '', expression = '', description = '' } = credential;
  return {
    declaredInCode:
      [credential.id, ...ids].some((id) => listed.has(id.toLowerCase())) ||
      entries.some(([key, value]) => TOOL_KEYS.has(key) && value.includes('terraform')) ||
      entries.some(([key, value]) => key === 'terraform' && value !== 'false'),
    servesProduction:
      tagsNameProduction(tags) ||
      [...names, name].some(calledProduction) ||
      [description, decoded(subject), decoded(expression)].some(namesProduction) ||
      piecesOf(subject, expression).flatMap(stagesIn).some(mayBeProduction),
  };
}

/**
 * What the pieces of a subject or an expression demand of the stage: `dev` of `repo:acme/pay:environment:dev`, by
 * whichever name a claim says it. What stands behind that name without a colon belongs to it, as in `environment*`.
 */
function stagesIn(pieces: readonly string[]): string[] {
  return pieces.flatMap((piece, at) => {
    const [, claim = ''] = /^\s*([\w-]+)/.exec(piece) ?? [];
    if (!CLAIM_OF_STAGE.test(claim) || !saysStage(claim)) return [];
    return [decoded(`${piece.trim().slice(claim.length)}${pieces[at + 1] ?? ''}`)];
  });
}

/** The pieces between colons, and between the quotes of an expression, where a doubled quote is a letter. */
function piecesOf(subject: string, expression: string): string[][] {
  return [subject.split(':'), decoded(subject).split(':'), expression.split(/:|(?<!')'(?!')|"/)];
}

/** `environment`, and a property of a repository that says it. */
const CLAIM_OF_STAGE = /^(?:environment|repo_property_)/i;

/** A subject carries `:` inside a value as `%3A`, and other characters the same way. */
function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * The tags of an app registration are bare words; those of the form `key:value` or `key=value` are read as such. A key
 * that stands there twice has all of its values.
 */
export function tagsOfWords(words: readonly string[]): Record<string, string> {
  const pairs = words.map((word) => {
    const [, key = word, value = ''] = /^([^:=：]+)[:=：](.*)/su.exec(word) ?? [];
    return { key: key.trim(), value: value.trim() };
  });
  const byKey = Map.groupBy(pairs, ({ key }) => key);
  return Object.fromEntries([...byKey].map(([key, values]) => [key, values.map(({ value }) => value).join(' ')]));
}
