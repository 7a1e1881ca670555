import fc from 'fast-check';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import { type PlainPreferences, Preferences } from '../../src/core/preferences/preferences.ts';

/** Signs that some format, reader, spreadsheet or browser takes for something else, and plain ones between them. */
const signs = [
  ...`"'\`;=#%&<>\\/[]{}()$~.,-_+@|!?*: aZ09`,
  ...'é€ß日😀\u0301\u00a0\u200d\ufeff＝＋－＠',
  ']]>',
  '<!--',
  '-->',
  '<![CDATA[',
  '&amp;',
  '&#38;',
  '\\"',
  '\\n',
  '%PATH%',
  '$(id)',
  '{TenantId}',
  '</script>',
  '=cmd|',
  '__proto__',
  ' ;',
  'true',
];
const sign = fc.constantFrom(...signs);
const text = (minLength: number, maxLength: number) => fc.string({ unit: sign, minLength, maxLength });

const guid = fc.uuid().filter((id) => !/^[0-]+$/.test(id));
const local = fc.string({
  unit: fc.constantFrom(...`=+-'#%&*!?{}|~^\`./aZ09é`),
  minLength: 1,
  maxLength: 12,
});

/** Preferences that may be written to a file, the secret in clear, as hostile as the schema lets them be. */
export const hostilePreferences: fc.Arbitrary<PlainPreferences> = fc
  .record({
    version: fc.constant(1 as const),
    component: fc.constant('EXCH' as const),
    connection: fc.record({
      tenantId: guid,
      clientId: guid,
      fromName: text(0, 12).map((name) => name.trim().normalize('NFC')),
      fromEmailAddress: local.map((name) => `${name}@contoso.com`),
      clientSecret: text(8, 24),
    }),
    apiEndpoints: fc.constantFrom(...Object.values(clouds)).map(endpointsOf),
  })
  .filter((preferences) => Preferences.safeParse(preferences).success);
