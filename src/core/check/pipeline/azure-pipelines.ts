import { block, needs, type PipelineFiles, type PipelineOptions, stepsOf } from './steps.ts';
import { tellScript } from './tell.ts';

/** https://learn.microsoft.com/azure/devops/pipelines/yaml-schema */
export const azurePipelinesFiles = (options: PipelineOptions): PipelineFiles => ({
  'azure-pipelines/ta-exchange-check.yml': pipeline(options),
  'azure-pipelines/ta-exchange-work-items.mjs': tellScript(workItems),
});

const node = `- checkout: self
  persistCredentials: false
- task: NodeTool@0
  inputs:
    versionSpec: 24.x`;

const pipeline = (
  options: PipelineOptions,
  steps = stepsOf(options),
): string => `# Written by "ta-exchange init-pipeline azure-pipelines". Yours to change.
${needs(options, 'a secret variable of the pipeline', options.vault === undefined ? [itemRight] : [itemRight, ...vaultRights])}
name: Check T&A email
trigger: none
pr: none
schedules:
  - cron: '17 3 * * *'
    displayName: Every night
    branches:
      include: [main]
    always: true
pool:
  vmImage: ubuntu-24.04
variables:
  TA_EXCHANGE: ${options.program}

jobs:
  - job: check
    displayName: Look at one part of the customers
    timeoutInMinutes: 60
    strategy:
      parallel: ${options.shards}
    steps:
${block(6, `${node}${options.vault === undefined ? '' : `\n${keyFromVault(options.vault)}`}`)}
      - bash: |
${block(10, steps.look)}
        displayName: Look at this part of the customers
        env:
          AGE_KEY: $(${options.vault === undefined ? 'TA_EXCHANGE_AGE_KEY' : 'ta-exchange-age-key'})
          SHARD: $(System.JobPositionInPhase)
          TEMP_FOLDER: $(Agent.TempDirectory)
      - publish: $(Agent.TempDirectory)/shard.json
        artifact: shard-$(System.JobPositionInPhase)

  - job: report
    dependsOn: check
    condition: not(canceled())
    timeoutInMinutes: 60
    steps:
${block(6, node)}
      - download: current
        patterns: shard-*/shard.json
      - bash: |
${block(10, steps.merge)}
        displayName: Put the parts together
        env:
          SHARDS: $(Pipeline.Workspace)
          TEMP_FOLDER: $(Agent.TempDirectory)
      - publish: $(Agent.TempDirectory)/customers.html
        artifact: customers
      - bash: node azure-pipelines/ta-exchange-work-items.mjs "$TEMP_FOLDER/customers.json"
        displayName: One work item for each customer that needs action
        env:
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
          TEMP_FOLDER: $(Agent.TempDirectory)
      - bash: |
${block(10, steps.count)}
        displayName: ${steps.countTitle}
        condition: not(canceled())
        env:
          SHARDS: $(Pipeline.Workspace)
`;

const itemRight = 'The build service of the project needs the right to edit work items in the area.';
const vaultRights = [
  'The vault is read through a service connection ta-exchange of the type Azure Resource Manager with workload identity federation, which has',
  'nothing but the role Key Vault Secrets User on that one secret.',
];

/** The service connection is one with workload identity federation: no secret of Azure's is kept at Azure DevOps. */
const keyFromVault = (vault: string): string => `- task: AzureKeyVault@2
  inputs:
    azureSubscription: ta-exchange
    KeyVaultName: ${vault}
    SecretsFilter: ta-exchange-age-key`;

/** https://learn.microsoft.com/rest/api/azure/devops/wit */
const workItems = `
const { BUILD_REASON, BUILD_REPOSITORY_ID, SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, SYSTEM_ACCESSTOKEN } = process.env;
const isNight = BUILD_REASON === 'Schedule';
const items = SYSTEM_COLLECTIONURI + encodeURIComponent(SYSTEM_TEAMPROJECT) + '/_apis/wit/';
const version = '?api-version=7.1';
const headers = { authorization: 'Bearer ' + SYSTEM_ACCESSTOKEN };
const patch = { ...headers, 'content-type': 'application/json-patch+json' };
const tag = 'ta-exchange';
/** Tells the items of this pipeline from those of another repository of the project. */
const ownTag = tag + ' ' + BUILD_REPOSITORY_ID;
const field = (name, value) => ({ op: 'add', path: '/fields/System.' + name, value });

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const bodyOf = (customer) =>
  '<pre>' + escaped(textOf(customer)) + '</pre><pre>' + escaped(commandsFor(customer)) + '</pre>';

/** What the states are called differs by process, and by language. */
const { value: states } = await ask(items + 'workitemtypes/Task/states' + version, { headers });
const isOpen = ({ category }) => category === 'Proposed' || category === 'InProgress';
const done = states.find(({ category }) => category === 'Completed')?.name;

const titles = new Map(customers.map((customer) => [titleOf(customer), customer.file]));

/** Names and files may have brackets too. A title that is not ours, or not any more, is of no file. */
function fileIn(title) {
  if (titles.has(title)) return titles.get(title);
  if (!title.startsWith('T&A email: ')) return undefined;
  const ends = [...title.matchAll(/ \\(/g)].map(({ index }) => title.slice(index + 2, -1));
  return ends.find((file) => files.has(file) || existsSync(file)) ?? ends.at(-1);
}

async function list() {
  const over = states.filter((state) => !isOpen(state)).map(({ name }) => "'" + name.replaceAll("'", "''") + "'");
  const query =
    "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS '" + ownTag +
    "' AND [System.State] NOT IN (" + over.join(', ') + ')';
  const { workItems } = await ask(items + 'wiql' + version, { method: 'POST', headers, body: { query } });
  const found = [];
  const fields = ['System.Title', 'System.Description', 'System.Tags'];
  for (let at = 0; at < workItems.length; at += 200) {
    const ids = workItems.slice(at, at + 200).map(({ id }) => id);
    const { value } = await ask(items + 'workitemsbatch' + version, { method: 'POST', headers, body: { ids, fields } });
    found.push(...value);
  }
  return found.flatMap(({ id, fields: its }) => {
    const file = fileIn(its['System.Title']);
    const isOwn = its['System.Tags'].split(/; */).includes(ownTag);
    return isOwn && file !== undefined ? [{ number: id, file, text: its['System.Description'] }] : [];
  });
}

async function create(customer) {
  const body = [field('Title', titleOf(customer)), field('Description', bodyOf(customer)), field('Tags', tag + '; ' + ownTag)];
  const { id } = await ask(items + 'workitems/$Task' + version, { method: 'POST', headers: patch, body });
  await delay(1000);
  print('#' + id + ' opened: ' + customer.file);
}

async function update({ number, file }, customer) {
  const body = [field('Description', bodyOf(customer))];
  await ask(items + 'workitems/' + number + version, { method: 'PATCH', headers: patch, body });
  print('#' + number + ' updated: ' + file);
}

/** A process may not lead to its last state from everywhere: a person closes it then. */
async function close({ number, file, text }, words) {
  const item = items + 'workitems/' + number + version;
  const said = '<p>' + escaped(words) + '</p>';
  const body = [field('State', done), field('History', said)];
  try {
    await ask(item, { method: 'PATCH', headers: patch, body });
    print('#' + number + ' closed: ' + file);
  } catch (error) {
    if (error.isOver) throw error;
    const over = said + '<p>Close this item.</p>';
    if (text === over) return;
    await ask(item, { method: 'PATCH', headers: patch, body: [field('Description', over)] });
    print('#' + number + ' needs nothing more, but it cannot be closed (' + error.message + '): ' + file);
  }
}`;
