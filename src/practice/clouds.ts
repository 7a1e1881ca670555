export const practiceCloudNames = ['global', 'usgov', 'usgovdod', 'china'] as const;
export type PracticeCloudName = (typeof practiceCloudNames)[number];

/** One of Microsoft's clouds, as its services name themselves: learn.microsoft.com/graph/deployments, and MSAL's instance metadata. */
export interface PracticeCloud {
  readonly name: PracticeCloudName;
  readonly login: string;
  readonly loginAliases: readonly string[];
  readonly graph: string;
  /** Of Outlook's upload sessions. */
  readonly upload: string;
  readonly arm: string;
  /** Azure's classic services, by which Azure CLI asks for Azure Resource Manager. */
  readonly classic: string;
  /** What the names of vaults end in. */
  readonly vaults: string;
  /** Of access tokens in the first format. */
  readonly issuer: string;
  /** Where a device code is entered. */
  readonly devicePage: string;
  /** Parts the US Government clouds, which share a login host; no other tenant has one. */
  readonly subScope?: string;
  /** Whether it knows Microsoft Graph Command Line Tools: github.com/microsoftgraph/msgraph-sdk-powershell/issues/802 */
  readonly knowsGraphTools: boolean;
}

const usgov: PracticeCloud = {
  name: 'usgov',
  login: 'login.microsoftonline.us',
  loginAliases: ['login.usgovcloudapi.net'],
  graph: 'graph.microsoft.us',
  upload: 'outlook.office365.us',
  arm: 'management.usgovcloudapi.net',
  classic: 'management.core.usgovcloudapi.net',
  vaults: 'vault.usgovcloudapi.net',
  issuer: 'sts.windows.net',
  devicePage: 'microsoft.com/deviceloginus',
  subScope: 'DODCON',
  knowsGraphTools: true,
};

export const practiceClouds: Readonly<Record<PracticeCloudName, PracticeCloud>> = {
  global: {
    name: 'global',
    login: 'login.microsoftonline.com',
    loginAliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graph: 'graph.microsoft.com',
    upload: 'outlook.office.com',
    arm: 'management.azure.com',
    classic: 'management.core.windows.net',
    vaults: 'vault.azure.net',
    issuer: 'sts.windows.net',
    devicePage: 'microsoft.com/devicelogin',
    knowsGraphTools: true,
  },
  usgov,
  usgovdod: {
    ...usgov,
    name: 'usgovdod',
    graph: 'dod-graph.microsoft.us',
    upload: 'outlook-dod.office365.us',
    subScope: 'DOD',
  },
  china: {
    name: 'china',
    login: 'login.partner.microsoftonline.cn',
    loginAliases: ['login.chinacloudapi.cn'],
    graph: 'microsoftgraph.chinacloudapi.cn',
    upload: 'partner.outlook.cn',
    arm: 'management.chinacloudapi.cn',
    classic: 'management.core.chinacloudapi.cn',
    vaults: 'vault.azure.cn',
    issuer: 'sts.chinacloudapi.cn',
    devicePage: 'microsoft.com/deviceloginchina',
    knowsGraphTools: false,
  },
};

/** The hosts that T&A's set-up and mail need, and those of the Key Vault escrow: each vault has a name of its own before the last one. */
export const hostsPlayed = ({ login, graph, upload, arm, vaults }: PracticeCloud): string[] => [
  login,
  graph,
  upload,
  arm,
  `.${vaults}`,
];

/** `contoso.vault.azure.net` -> `.vault.azure.net` */
export const parentOf = (host: string): string => host.slice(Math.max(host.indexOf('.'), 0));

/** Of all clouds: what is meant for Microsoft goes nowhere else, whichever cloud a customer file names. */
export const hostsOfAll: readonly string[] = [
  ...new Set(
    Object.values(practiceClouds).flatMap((cloud) => [...hostsPlayed(cloud), ...cloud.loginAliases]),
  ),
];

/**
 * Which host of the worldwide cloud, whose names are written in the routes, this one is in the tenant's own cloud;
 * `undefined` where it is of another cloud, or of none.
 */
export function hostPlayed(host: string, cloud: PracticeCloud): string | undefined {
  const { global } = practiceClouds;
  if (host === cloud.login || cloud.loginAliases.includes(host)) return global.login;
  if (parentOf(host) === `.${cloud.vaults}`) return host.slice(0, host.indexOf('.') + 1) + global.vaults;
  const at = hostsPlayed(cloud).indexOf(host);
  return at < 0 ? undefined : hostsPlayed(global)[at];
}

/** What a route of the worldwide cloud answers, in the names of this one: contexts, links, addresses, error texts. */
export async function inNamesOf(cloud: PracticeCloud, response: Response): Promise<Response> {
  if (cloud.name === 'global') return response;
  const headers = new Headers([...response.headers].map(([name, value]) => [name, translated(value, cloud)]));
  if (!/json|text/.test(headers.get('content-type') ?? '') || response.body === null)
    return new Response(response.body, { status: response.status, headers });
  headers.delete('content-length');
  return new Response(translated(await response.text(), cloud), { status: response.status, headers });
}

const translated = (text: string, cloud: PracticeCloud): string =>
  names.reduce((told, name) => told.replaceAll(practiceClouds.global[name], cloud[name]), text);

/** The longest first: one is the end of none before it. */
const names = ['login', 'graph', 'upload', 'classic', 'arm', 'vaults', 'devicePage'] as const;
