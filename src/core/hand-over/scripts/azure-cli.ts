import { graphAppId } from '../../tenant/service-principals.ts';
import { inComment, inertJson } from './inert-json.ts';
import { resultBegin, resultEnd } from './result-marks.ts';
import type { ScriptData } from './script-data.ts';

/** The plan as a bash script for Azure CLI. Its standard output is the result block alone. */
export function azureCliScript(data: ScriptData): string {
  return [
    heading(data),
    values(data),
    helpers,
    tenantCheck,
    application,
    grants(data),
    secret,
    result(data),
  ].join('\n');
}

const clouds: Readonly<Record<ScriptData['cloud']['name'], string>> = {
  global: 'AzureCloud',
  usgov: 'AzureUSGovernment',
  usgovdod: 'AzureUSGovernment',
  china: 'AzureChinaCloud',
};

const heading = ({ tenant, cloud, grants, secret }: ScriptData): string => `#!/usr/bin/env bash
# Lets T&A (Time & Attendance) send mail through Exchange Online.
# For a Global Administrator of ${inComment(tenant.domain)}, tenant ${tenant.id}.
#
# It registers one application and its service principal, grants it
# ${grants.map(({ value }) => value).join(', ')},
# and adds a client secret for ${secret.lifetimeDays} days. Nothing else is changed. Running it twice makes nothing twice.
#
# Needs Azure CLI (bash, or Azure Cloud Shell). Sign in first:${cloud.name === 'global' ? '' : `\n#   az cloud set --name ${clouds[cloud.name]}`}
#   az login --tenant ${tenant.id} --allow-no-subscriptions
# Then run this file with bash, and send back what stands between the two lines that say RESULT.
set -euo pipefail
`;

/** `encodeURIComponent` leaves quotes and brackets alone. */
const inUrl = (text: string): string =>
  encodeURIComponent(text.replaceAll("'", "''")).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const values = ({
  tenant,
  cloud,
  uniqueName,
  application,
  servicePrincipal,
  secret,
  recipient,
}: ScriptData): string => `tenant_id='${tenant.id}'
graph_url='${cloud.graph}/v1.0'
application_url="$graph_url/applications(uniqueName='${inUrl(uniqueName)}')"
secret_mark='${secret.operation}'
recipient='${recipient ?? ''}'

# What is sent. Nothing in these texts is run: bash does not look into quoted here-documents.
application_body=$(cat <<'JSON'
${inertJson(application)}
JSON
)
principal_body=$(cat <<'JSON'
${inertJson(servicePrincipal)}
JSON
)
secret_body=$(cat <<'JSON'
${inertJson(secret.body)}
JSON
)
`;

const helpers = `say() { printf '%s\\n' "$*" >&2; }

# graph METHOD URL [more arguments of "az rest"]
graph() { az rest --only-show-errors --resource "\${graph_url%/v1.0}" --method "$1" --url "$2" "\${@:3}"; }

send() { graph "$1" "$2" --headers Content-Type=application/json "\${@:4}" --body "$3"; }

# Microsoft Entra knows a new object everywhere only after a while.
again() {
  for _ in 1 2 3 4 5 6 7 8 9; do
    if "$@"; then return 0; fi
    say 'Microsoft Entra may not know it everywhere yet. Trying again in 10 seconds.'
    sleep 10
  done
  "$@"
}
`;

const tenantCheck = `# Nothing is written before the tenant is known to be the right one.
found_tenant=$(graph get "$graph_url/organization?\\$select=id" --query 'value[0].id' --output tsv)
if [ "$found_tenant" != "$tenant_id" ]; then
  say "You are signed in to tenant $found_tenant, but this script is for $tenant_id. Nothing was changed."
  say "Sign in with: az login --tenant $tenant_id --allow-no-subscriptions"
  exit 1
fi
`;

const application = `# The application, found by its unique name, and its service principal.
send patch "$application_url" "$application_body" Prefer=create-if-missing --output none
answer=$(again graph get "$application_url?\\$select=id,appId,createdDateTime" \\
  --query "join(' ', [id, appId, createdDateTime])" --output tsv)
read -r object_id client_id created_at <<<"$answer"
say "Application: client id $client_id"

principal_url="$graph_url/servicePrincipals(appId='$client_id')"
again send patch "$principal_url" "$principal_body" Prefer=create-if-missing --output none
principal_id=$(again graph get "$principal_url?\\$select=id" --query id --output tsv)
`;

const grants = ({ grants: permissions }: ScriptData): string => `# The permissions, each unless it is there.
graph_id=$(graph get "$graph_url/servicePrincipals(appId='${graphAppId}')?\\$select=id" --query id --output tsv)
granted=$(again graph get "$graph_url/servicePrincipals/$principal_id/appRoleAssignments" \\
  --query "value[?resourceId=='$graph_id'].appRoleId" --output tsv)
while read -r role_id permission <&3; do
  case "$granted" in *"$role_id"*) continue ;; esac
  again send post "$graph_url/servicePrincipals/$graph_id/appRoleAssignedTo" \\
    "{\\"principalId\\":\\"$principal_id\\",\\"resourceId\\":\\"$graph_id\\",\\"appRoleId\\":\\"$role_id\\"}" --output none
  say "Granted: $permission"
done 3<<'GRANTS'
${permissions.map(({ value, appRoleId }) => `${appRoleId} ${value}`).join('\n')}
GRANTS
`;

const secret = `# The client secret, unless this script has made it before. Its value is shown only once.
secrets_url="$graph_url/applications/$object_id?\\$select=passwordCredentials"
mine="passwordCredentials[?contains(not_null(displayName, ''), '$secret_mark')]"
answer=$(graph get "$secrets_url" --query "$mine.join(' ', [keyId, not_null(hint, '')]) | [0]" --output tsv)
read -r key_id hint <<<"\${answer#None}"
sealed=''
seal() {
  printf '%s' "$1" | age --encrypt --armor --recipient "$recipient" |
    sed -e '/^-----/d' -e 's/.*/    "&",/' | sed -e '$ s/,$//'
}
if [ -z "$key_id" ]; then
  answer=$(send post "$graph_url/applications/$object_id/addPassword" "$secret_body" \\
    --query "join(' ', [keyId, secretText])" --output tsv)
  read -r key_id secret <<<"$answer"
  hint=\${secret:0:3}
  if [ -n "$recipient" ] && command -v age >/dev/null && sealed=$(seal "$secret"); then
    say 'The client secret is sealed: only the consultant can open it.'
  else
    say "Client secret: $secret"
    say 'It is shown this once. Enter it in T&A as Client Secret (System preferences > Email > Connection); send it to nobody.'
  fi
else
  say 'The client secret was made before. If its value is lost, remove that secret in Entra and run this again.'
fi
hint=\${hint//\\\\/\\\\\\\\}
hint=\${hint//\\"/\\\\\\"}
`;

const result = ({
  uniqueName,
  grants: permissions,
  secret: { displayName, expiresAt },
}: ScriptData): string => {
  const grants = permissions.map(({ value, appRoleId }) => ({ permission: value, appRoleId }));
  const known = { version: 1, uniqueName, grants, secretName: displayName, expiresAt };
  return `# The result: ids, and the secret only where it is sealed.
echo '${resultBegin}'
cat <<'JSON'
${inertJson(known).replace(/\n\}$/, ',')}
JSON
cat <<JSON
  "tenantId": "$found_tenant",
  "objectId": "$object_id",
  "clientId": "$client_id",
  "createdAt": "$created_at",
  "principalId": "$principal_id",
  "keyId": "$key_id",
  "hint": "$hint",
  "sealedSecret": [
$sealed
  ]
}
JSON
echo '${resultEnd}'
`;
};
