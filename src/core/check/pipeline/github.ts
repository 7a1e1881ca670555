import { block, needs, type PipelineFiles, type PipelineOptions, stepsOf } from './steps.ts';
import { tellScript } from './tell.ts';

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax. Actions are named by their commit. */
export const githubFiles = (options: PipelineOptions): PipelineFiles => ({
  '.github/workflows/ta-exchange-check.yml': workflow(options),
  '.github/ta-exchange-issues.mjs': tellScript(issues),
});

const checkout = `- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
  with:
    persist-credentials: false`;
const node = `- uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
  with:
    node-version: 24`;

const workflow = (
  options: PipelineOptions,
  steps = stepsOf(options),
): string => `# Written by "ta-exchange init-pipeline github". Yours to change.
${needs(options, 'Settings > Secrets and variables > Actions', options.vault === undefined ? [] : vaultRights)}
name: Check T&A email
on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:
permissions:
  contents: read
concurrency: ta-exchange-check
defaults:
  run:
    shell: bash
env:
  TA_EXCHANGE: ${options.program}

jobs:
  check:
    name: Part \${{ matrix.shard }} of ${options.shards}
    runs-on: ubuntu-24.04
    timeout-minutes: 60
${options.vault === undefined ? '' : block(4, 'permissions:\n  contents: read\n  id-token: write').concat('\n')}    strategy:
      fail-fast: false
      matrix:
        shard: [${Array.from({ length: options.shards }, (_, index) => index + 1).join(', ')}]
    steps:
${block(6, `${checkout}\n${node}${options.vault === undefined ? '' : `\n${keyFromVault(options.vault)}`}`)}
      - name: Look at this part of the customers
        env:
          AGE_KEY: \${{ ${options.vault === undefined ? 'secrets.TA_EXCHANGE_AGE_KEY' : 'steps.key.outputs.key'} }}
          SHARD: \${{ matrix.shard }}
          TEMP_FOLDER: \${{ runner.temp }}
        run: |
${block(10, steps.look)}
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        with:
          name: shard-\${{ matrix.shard }}
          path: \${{ runner.temp }}/shard.json
          retention-days: 7

  report:
    needs: check
    if: \${{ !cancelled() }}
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    permissions:
      contents: read
      issues: write
    env:
      TEMP_FOLDER: \${{ github.workspace }}/report
    steps:
${block(6, `${checkout}\n${node}`)}
      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1
        with:
          pattern: shard-*
          path: report/shards
      - name: Put the parts together
        env:
          SHARDS: report/shards
        run: |
${block(10, steps.merge)}
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        with:
          name: customers
          path: |
            report/customers.html
            report/customers.json
      - name: One issue for each customer that needs action
        env:
          GITHUB_TOKEN: \${{ github.token }}
        run: node .github/ta-exchange-issues.mjs "$TEMP_FOLDER/customers.json"
      - name: ${steps.countTitle}
        if: \${{ !cancelled() }}
        env:
          SHARDS: report/shards
        run: |
${block(10, steps.count)}
`;

const vaultRights = [
  'The vault is read by an app registration, or a managed identity, with nothing but the role Key Vault Secrets User on that one secret and a',
  'federated credential for this repository and its branch. The variables AZURE_CLIENT_ID and AZURE_TENANT_ID name it.',
];

/** https://github.com/Azure/login#login-with-openid-connect-oidc-recommended: no secret of Azure's is kept at GitHub. */
const keyFromVault = (
  vault: string,
): string => `- uses: azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1
  with:
    client-id: \${{ vars.AZURE_CLIENT_ID }}
    tenant-id: \${{ vars.AZURE_TENANT_ID }}
    allow-no-subscriptions: true
- name: The age key, from the Key Vault
  id: key
  run: |
    key=$(az keyvault secret show --vault-name ${vault} --name ta-exchange-age-key --query value --output tsv | grep '^AGE-SECRET-KEY-')
    echo "::add-mask::$key"
    echo "key=$key" >> "$GITHUB_OUTPUT"`;

/** https://docs.github.com/rest/issues/issues */
const issues = String.raw`
const { GITHUB_API_URL, GITHUB_EVENT_NAME, GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env;
const isNight = GITHUB_EVENT_NAME === 'schedule';
const issues = GITHUB_API_URL + '/repos/' + GITHUB_REPOSITORY + '/issues';
const headers = { authorization: 'Bearer ' + GITHUB_TOKEN, accept: 'application/vnd.github+json' };
const label = 'ta-exchange';
const fence = String.fromCharCode(96).repeat(3);
const block = (language, text) => fence + language + '\n' + text.replaceAll(fence, "'''") + '\n' + fence;

/** Tells an issue of ours by its first line. */
const marker = (file) => '<!-- ta-exchange: ' + encodeURI(file) + ' -->';

function bodyOf(customer) {
  return [marker(customer.file), block('text', textOf(customer)), block('sh', commandsFor(customer))].join('\n\n');
}

/** A first line that a person has changed names no file. */
function decoded(path = '%') {
  try {
    return decodeURI(path);
  } catch {
    return undefined;
  }
}

async function list() {
  const found = [];
  for (let page = 1; ; page += 1) {
    const each = await ask(issues + '?state=open&labels=' + label + '&per_page=100&page=' + page, { headers });
    found.push(...each);
    if (each.length < 100) break;
  }
  return found.flatMap(({ number, body }) => {
    const [, path] = /^<!-- ta-exchange: (.*) -->/.exec(body ?? '') ?? [];
    const file = decoded(path);
    return file === undefined ? [] : [{ number, file, text: body.replaceAll('\r\n', '\n') }];
  });
}

async function create(customer) {
  const body = { title: titleOf(customer), body: bodyOf(customer), labels: [label] };
  const { number } = await ask(issues, { method: 'POST', headers, body });
  await delay(1000);
  print('#' + number + ' opened: ' + customer.file);
}

async function update({ number, file }, customer) {
  await ask(issues + '/' + number, { method: 'PATCH', headers, body: { body: bodyOf(customer) } });
  print('#' + number + ' updated: ' + file);
}

async function close({ number, file }, words) {
  await ask(issues + '/' + number + '/comments', { method: 'POST', headers, body: { body: block('text', words) } });
  await delay(1000);
  await ask(issues + '/' + number, { method: 'PATCH', headers, body: { state: 'closed', state_reason: 'completed' } });
  print('#' + number + ' closed: ' + file);
}`;
