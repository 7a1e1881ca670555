import * as z from 'zod/mini';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';

export const CloudName = z.enum(['global', 'usgov', 'usgovdod', 'china']);
export type CloudName = z.infer<typeof CloudName>;

/** For messages about a file. */
export const cloudNames = say`global, usgov, usgovdod or china`;

/** The endpoints of one Microsoft cloud; hosts without a trailing slash. */
export interface Cloud {
  readonly name: CloudName;
  readonly label: string;
  readonly login: string;
  /** Other names of the login host: the aliases in MSAL's instance metadata. */
  readonly loginAliases: readonly string[];
  readonly graph: string;
  readonly graphScope: string;
  readonly arm: string;
  /** What the host of each Key Vault ends in: learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates. */
  readonly vaults: string;
  /** The Entra admin center. */
  readonly portal: string;
  /** Azure's. */
  readonly azurePortal: string;
  /** Where people, mailboxes and blocked senders are looked after. */
  readonly adminPortals: Readonly<Record<'microsoft365' | 'exchange' | 'defender', string>>;
  /** What others call it: `Connect-MgGraph`, `Connect-ExchangeOnline`, `az cloud set`. */
  readonly environments: {
    readonly graphPowerShell: string;
    readonly exchangePowerShell: string;
    readonly azureCli: string;
  };
  /**
   * Whether Microsoft Graph Command Line Tools can be signed in with; otherwise an application of one's own is needed
   * (github.com/microsoftgraph/msgraph-sdk-powershell/issues/802).
   */
  readonly hasGraphTools: boolean;
  /** Whether Graph (beta) reports which secret was used last: graph/api/reportroot-list-appcredentialsigninactivities. */
  readonly hasSecretReport: boolean;
  /** Hosts that Outlook's upload sessions may point to. They get no token. */
  readonly uploadHosts: readonly string[];
  /** Hosts that a device code's verification page may be on. */
  readonly verificationHosts: readonly string[];
}

/**
 * learn.microsoft.com/graph/deployments and learn.microsoft.com/entra/identity-platform/authentication-national-cloud.
 * The environments are those of learn.microsoft.com/powershell/microsoftgraph/authentication-commands,
 * learn.microsoft.com/powershell/module/exchangepowershell/connect-exchangeonline and learn.microsoft.com/cli/azure/manage-clouds-azure-cli.
 * The admin portals are those that Microsoft's pages and public lists name; 21Vianet has no portal of Defender's own.
 * China's login host is the one MSAL and the Entra pages name; the Graph page prints its alias login.chinacloudapi.cn.
 */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: {
    name: 'global',
    label: 'Microsoft 365 worldwide (and GCC)',
    login: 'https://login.microsoftonline.com',
    loginAliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graph: 'https://graph.microsoft.com',
    graphScope: 'https://graph.microsoft.com/.default',
    arm: 'https://management.azure.com',
    vaults: 'vault.azure.net',
    portal: 'https://entra.microsoft.com',
    azurePortal: 'https://portal.azure.com',
    adminPortals: {
      microsoft365: 'https://admin.microsoft.com',
      exchange: 'https://admin.exchange.microsoft.com',
      defender: 'https://security.microsoft.com',
    },
    environments: {
      graphPowerShell: 'Global',
      exchangePowerShell: 'O365Default',
      azureCli: 'AzureCloud',
    },
    hasGraphTools: true,
    hasSecretReport: true,
    uploadHosts: ['outlook.office.com', 'outlook.office365.com'],
    verificationHosts: [
      'microsoft.com',
      'www.microsoft.com',
      'login.microsoft.com',
      'login.microsoftonline.com',
    ],
  },
  usgov: {
    name: 'usgov',
    label: 'US Government L4 (GCC High)',
    login: 'https://login.microsoftonline.us',
    loginAliases: ['login.usgovcloudapi.net'],
    graph: 'https://graph.microsoft.us',
    graphScope: 'https://graph.microsoft.us/.default',
    arm: 'https://management.usgovcloudapi.net',
    vaults: 'vault.usgovcloudapi.net',
    portal: 'https://entra.microsoft.us',
    azurePortal: 'https://portal.azure.us',
    adminPortals: {
      microsoft365: 'https://portal.office365.us',
      exchange: 'https://admin.exchange.office365.us',
      defender: 'https://security.microsoft.us',
    },
    environments: {
      graphPowerShell: 'USGov',
      exchangePowerShell: 'O365USGovGCCHigh',
      azureCli: 'AzureUSGovernment',
    },
    hasGraphTools: true,
    hasSecretReport: false,
    uploadHosts: ['outlook.office365.us'],
    verificationHosts: ['microsoft.com', 'www.microsoft.com', 'login.microsoftonline.us'],
  },
  usgovdod: {
    name: 'usgovdod',
    label: 'US Government L5 (DoD)',
    login: 'https://login.microsoftonline.us',
    loginAliases: ['login.usgovcloudapi.net'],
    graph: 'https://dod-graph.microsoft.us',
    graphScope: 'https://dod-graph.microsoft.us/.default',
    arm: 'https://management.usgovcloudapi.net',
    vaults: 'vault.usgovcloudapi.net',
    portal: 'https://entra.microsoft.us',
    azurePortal: 'https://portal.azure.us',
    adminPortals: {
      microsoft365: 'https://portal.apps.mil',
      exchange: 'https://admin.exchange.apps.mil',
      defender: 'https://security.apps.mil',
    },
    environments: {
      graphPowerShell: 'USGovDoD',
      exchangePowerShell: 'O365USGovDoD',
      azureCli: 'AzureUSGovernment',
    },
    hasGraphTools: true,
    hasSecretReport: false,
    uploadHosts: ['outlook-dod.office365.us', 'outlook.office365.us'],
    verificationHosts: ['microsoft.com', 'www.microsoft.com', 'login.microsoftonline.us'],
  },
  china: {
    name: 'china',
    label: 'China (21Vianet)',
    login: 'https://login.partner.microsoftonline.cn',
    loginAliases: ['login.chinacloudapi.cn'],
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    graphScope: 'https://microsoftgraph.chinacloudapi.cn/.default',
    arm: 'https://management.chinacloudapi.cn',
    vaults: 'vault.azure.cn',
    portal: 'https://portal.azure.cn',
    azurePortal: 'https://portal.azure.cn',
    adminPortals: {
      microsoft365: 'https://portal.partner.microsoftonline.cn',
      exchange: 'https://partner.outlook.cn/ecp',
      defender: 'https://portal.partner.microsoftonline.cn',
    },
    environments: {
      graphPowerShell: 'China',
      exchangePowerShell: 'O365China',
      azureCli: 'AzureChinaCloud',
    },
    hasGraphTools: false,
    hasSecretReport: false,
    uploadHosts: ['partner.outlook.cn'],
    verificationHosts: ['microsoft.com', 'www.microsoft.com', 'login.partner.microsoftonline.cn'],
  },
};

/**
 * The tables of advice are written for the worldwide cloud, whose portals most people use. For a customer of another cloud the same
 * sentence leads to that cloud's portals.
 */
export function toldIn(cloud: CloudName, words: Words): Words {
  const { portal, azurePortal, adminPortals } = clouds[cloud];
  const { global } = clouds;
  const links = [
    [global.portal, portal],
    [global.azurePortal, azurePortal],
    [global.adminPortals.exchange, adminPortals.exchange],
    [global.adminPortals.microsoft365, adminPortals.microsoft365],
    [global.adminPortals.defender, adminPortals.defender],
  ] as const;
  return words.reworded((text) => links.reduce((told, [theirs, own]) => told.replaceAll(theirs, own), text));
}

/** What is no failure stays what it is. */
export function withPortalsOf(cloud: CloudName, error: unknown): unknown {
  if (!(error instanceof Failure) || cloud === 'global') return error;
  const { words, advice } = error;
  const [cause, next] = [toldIn(cloud, advice.cause), toldIn(cloud, advice.next)];
  return error.retold({ message: toldIn(cloud, words), advice: { ...advice, cause, next } });
}
