/** What a consultant writes for Contoso, as it lies in the customer file. */
export const contosoCustomer = {
  version: 1,
  name: 'Contoso Ltd',
  tenant: 'contoso.com',
  mail: { fromName: 'Contoso Time & Attendance', fromAddress: 'ta@contoso.com' },
};
