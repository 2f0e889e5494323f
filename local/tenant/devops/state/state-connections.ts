import type { IdentityRef } from './state-people.ts';

/** A service connection. The service never tells its secret. */
export interface Connection {
  readonly id: string;
  readonly projectIds: readonly string[];
  readonly name: string;
  readonly type: string;
  readonly scheme: string;
  readonly secret: string;
  /** Of one to Azure: how it signs in, and as which client id. */
  readonly authenticationType?: 'spnKey' | 'spnCertificate';
  readonly servicePrincipalId?: string;
  readonly createdBy: IdentityRef;
  modifiedBy: IdentityRef;
  readonly creationDate: string;
  modificationDate: string;
  isDisabled: boolean;
  /** Uses, newest first. */
  readonly uses: readonly { readonly definitionId: number; readonly name: string; readonly finishTime: string }[];
}

export interface Hook {
  readonly id: string;
  status: 'enabled' | 'onProbation' | 'disabledByUser' | 'disabledBySystem' | 'disabledByInactiveIdentity';
  readonly eventType: string;
  readonly consumerId: string;
  readonly createdBy: IdentityRef;
  readonly modifiedBy: IdentityRef;
  readonly consumerInputs: Readonly<Record<string, string>>;
}
