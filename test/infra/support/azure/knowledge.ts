import type { ProviderKnowledge } from '../provider/schema-provider.ts';
import { computedValue } from './computed-values.ts';
import { dataSourceValue } from './data-source-values.ts';
import { RULES } from './rules/all-rules.ts';
import { commonRules } from './rules/common.ts';

/** What azurerm, azuread and azapi know beyond their schemas, as far as infra/ needs it. */
export const knowledge: ProviderKnowledge = {
  validate: (type, config, schema) => {
    const common = type.startsWith('azurerm_') ? commonRules(schema) : [];
    return [...common, ...(RULES[type] ?? [])].flatMap((rule) => rule(config, schema));
  },
  computed: computedValue,
  read: dataSourceValue,
};
