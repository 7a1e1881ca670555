import * as vscode from 'vscode';
import type { CustomerRecord } from '../../../core/customer/record.ts';
import type { Stage } from '../../../core/customer/stage-states.ts';
import type { ListedCustomer } from '../read-files.ts';

const onCustomer = (name: string, { file }: Pick<ListedCustomer, 'file'>): vscode.Command => ({
  command: `taExchange.${name}`,
  title: '',
  arguments: [file.uri],
});

/** What a click on a stage does: what exists is opened, and what does not is set up. */
export function stageCommand(read: ListedCustomer, stage: Stage): vscode.Command | undefined {
  const { customer, record, preferencesFile, portal } = read;
  if (!customer) return undefined;
  if (stage === 'verification' && record?.preferences) return onCustomer('openVerificationForm', read);
  if (stage === 'proof' && record?.proof) return onCustomer('checkCustomer', read);
  if (stage === 'preferences' && record?.preferences && preferencesFile !== undefined)
    return {
      command: 'vscode.open',
      title: vscode.l10n.t('Open File'),
      arguments: [vscode.Uri.file(preferencesFile)],
    };
  const page = record && pageOf(stage, record);
  return record && page !== undefined ? inPortal(record, portal, page) : onCustomer('setUpCustomer', read);
}

/** The tenant's start page, once it is known which tenant it is; until then that of the customer. */
export function tenantCommand(read: ListedCustomer): vscode.Command {
  return read.record
    ? inPortal(read.record, read.portal, 'Microsoft_AAD_IAM/TenantOverview.ReactView')
    : onCustomer('setUpCustomer', read);
}

/** Opens a page of the Entra admin center; for a rehearsed customer the page of the practice tenant. */
function inPortal(record: CustomerRecord, portal: string, page: string): vscode.Command {
  if (record.kind === 'practice') return { command: 'taExchange.openPracticeTenant', title: '' };
  const address = `${portal}/${encodeURIComponent(record.tenant.id)}/#view/${page}`;
  return { command: 'vscode.open', title: vscode.l10n.t('Open in Entra Admin Center'), arguments: [address] };
}

/** Where the portal shows what exists for a stage; `undefined` where nothing does. */
function pageOf(
  stage: Stage,
  { application, servicePrincipal, grants, secret }: CustomerRecord,
): string | undefined {
  if (!application) return undefined;
  const id = encodeURIComponent(application.clientId);
  const registration = (tab: string): string =>
    `Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${tab}/appId/${id}`;
  switch (stage) {
    case 'registration':
      return registration('Overview');
    case 'permissions':
      return grants.length > 0 ? registration('CallAnAPI') : undefined;
    case 'secret':
      return secret && registration('Credentials');
    case 'servicePrincipal':
      return (
        servicePrincipal &&
        `Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/${encodeURIComponent(servicePrincipal.objectId)}/appId/${id}`
      );
    default:
      return undefined;
  }
}
