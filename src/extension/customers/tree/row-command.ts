import * as vscode from 'vscode';
import type { CustomerRecord } from '../../../core/customer/record.ts';
import type { Stage } from '../../../core/customer/stage-states.ts';
import type { ListedCustomer } from '../read-files.ts';

/** What a click on a stage does: what exists is opened, and what does not is set up. */
export function stageCommand(read: ListedCustomer, stage: Stage): vscode.Command | undefined {
  const { file, customer, record, preferencesFile, portal } = read;
  if (!customer) return undefined;
  const command = (name: string): vscode.Command => ({
    command: `taExchange.${name}`,
    title: '',
    arguments: [file.uri],
  });
  if (stage === 'verification' && record?.preferences) return command('openVerificationForm');
  if (stage === 'proof' && record?.proof) return command('checkCustomer');
  if (stage === 'preferences' && record?.preferences && preferencesFile !== undefined)
    return {
      command: 'vscode.open',
      title: vscode.l10n.t('Open File'),
      arguments: [vscode.Uri.file(preferencesFile)],
    };
  const page = record && pageOf(stage, record);
  return record && page !== undefined ? inPortal(record, portal, page) : command('setUpCustomer');
}

/** The tenant's start page, once it is known which tenant it is. */
export function tenantCommand({ record, portal }: ListedCustomer): vscode.Command | undefined {
  return record && inPortal(record, portal, 'Microsoft_AAD_IAM/TenantOverview.ReactView');
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
