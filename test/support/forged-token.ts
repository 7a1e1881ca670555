/** A Graph token of a person that nobody signed. Claims given replace the ordinary ones; `undefined` removes one. */
export function forgedToken(claims: Readonly<Record<string, unknown>> = {}): string {
  const ordinary = {
    tid: '11111111-1111-4111-a111-111111111111',
    oid: '22222222-2222-4222-a222-222222222222',
    upn: 'grace@contoso.com',
    name: 'Grace Admin',
    wids: ['62e90394-69f5-4237-9190-012177145e10'],
    scp: 'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All Directory.Read.All Organization.Read.All Policy.Read.All',
    iat: 1_800_000_000,
    exp: 1_800_004_500,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'none' })}.${part({ ...ordinary, ...claims })}.c2lnbmF0dXJl`;
}

/** The token endpoint's answer that brings such a token. */
export function forgedAnswer(claims: Readonly<Record<string, unknown>> = {}) {
  return { token_type: 'Bearer', expires_in: 4500, access_token: forgedToken(claims) };
}
