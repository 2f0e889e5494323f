import { bind } from '../bind.ts';
import type { EvidenceKeySettings } from '../settings.ts';
import { signWith, trySigning } from './sign.ts';

/** The key in Key Vault that signs what is filed. */
export const openEvidenceKey = (settings: EvidenceKeySettings) => bind(settings, { signWith, trySigning });

export type EvidenceKey = ReturnType<typeof openEvidenceKey>;
