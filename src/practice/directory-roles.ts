/** roleTemplateIds, from learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference. */
export const entraRoles = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'Application Administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  'Cloud Application Administrator': '158c047a-c907-4556-b7ef-446551a6b5f7',
  'Application Developer': 'cf1c38e5-3621-4004-a7cb-879624dced7c',
  'Exchange Administrator': '29232cdf-9323-42fd-ade2-1d097af3e4de',
  'Security Administrator': '194ae4cb-b126-40b2-bd5b-6091b380977d',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
} as const;

export type EntraRole = keyof typeof entraRoles;

export function namesOfRoles(roleTemplateIds: readonly string[]): string[] {
  return Object.entries(entraRoles)
    .filter(([, id]) => roleTemplateIds.includes(id))
    .map(([name]) => name);
}

export function holdsRole(person: { readonly roles: readonly string[] }, ...anyOf: EntraRole[]): boolean {
  return anyOf.some((role) => person.roles.includes(entraRoles[role]));
}
