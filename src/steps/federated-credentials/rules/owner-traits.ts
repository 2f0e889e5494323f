import { parseSubject } from './subject.ts';

/** What the tags of an identity say, and what a credential’s own subject says. */
export interface OwnerTraits {
  /** Terraform would put back what is deleted here. */
  readonly declaredInCode: boolean;
  /** Deleting it may stop a deployment to production. */
  readonly servesProduction: boolean;
}

const PRODUCTION = new Set(['production', 'prod', 'prd', 'live']);
const STAGE_KEYS = new Set(['environment', 'env', 'stage']);
const TOOL_KEYS = new Set(['managedby', 'provisioner', 'provisionedby', 'deployedby', 'createdby']);

export function traitsOf(
  tags: Readonly<Record<string, string>>,
  credential: { readonly id: string; readonly subject?: string },
  ownerIds: readonly string[],
  declared: readonly string[],
): OwnerTraits {
  const entries = Object.entries(tags).map(([key, value]) => [plain(key), value.trim().toLowerCase()] as const);
  const listed = new Set(declared.map((id) => id.trim().toLowerCase()));
  return {
    declaredInCode:
      [credential.id, ...ownerIds].some((id) => listed.has(id.toLowerCase())) ||
      entries.some(([key, value]) => TOOL_KEYS.has(key) && value.includes('terraform')) ||
      entries.some(([key, value]) => key === 'terraform' && value !== 'false'),
    servesProduction:
      entries.some(([key, value]) => STAGE_KEYS.has(key) && PRODUCTION.has(value)) ||
      parseSubject(credential.subject ?? '').some(
        ({ key, value }) => key === 'environment' && PRODUCTION.has(value.toLowerCase()),
      ),
  };
}

/** The tags of an app registration are bare words; those of the form `key:value` or `key=value` are read as such. */
export function tagsOfWords(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const [, key = word, value = ''] = /^([^:=]+)[:=](.*)$/.exec(word) ?? [];
      return [key, value];
    }),
  );
}

const plain = (key: string): string => key.toLowerCase().replace(/[-_ ]/g, '');
