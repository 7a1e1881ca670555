import { graphTime } from './clock.ts';
import type { Json } from './json.ts';
import type { OrganizationState } from './state.ts';

export function contoso(id: string, madeAt: number): OrganizationState {
  const displayName = 'Contoso';
  const initialDomain = 'contoso.onmicrosoft.com';
  const defaultDomain = 'contoso.com';
  return {
    id,
    displayName,
    initialDomain,
    defaultDomain,
    graph: {
      id,
      deletedDateTime: null,
      displayName,
      tenantType: 'AAD',
      createdDateTime: graphTime(madeAt),
      country: null,
      countryLetterCode: 'DE',
      city: 'Aachen',
      state: null,
      street: null,
      postalCode: null,
      preferredLanguage: 'de',
      businessPhones: [],
      technicalNotificationMails: [`grace@${defaultDomain}`],
      assignedPlans: [],
      provisionedPlans: [],
      onPremisesSyncEnabled: null,
      verifiedDomains: [
        domain(defaultDomain, { isDefault: true }),
        domain(initialDomain, { isInitial: true }),
      ],
    },
  };
}

function domain(name: string, is: { isDefault?: boolean; isInitial?: boolean }): Json {
  return {
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault: is.isDefault ?? false,
    isInitial: is.isInitial ?? false,
    name,
    type: 'Managed',
  };
}
