import { exchangeApi } from '../../customer/scope.ts';
import { lagSigns } from '../../setup/replication.ts';
import { graphAppId } from '../../tenant/service-principals.ts';
import { azureCliCheck } from './azure-cli-check.ts';
import { azureCliSecret } from './azure-cli-secret.ts';
import { resultBegin, resultEnd } from './result-block.ts';
import { inComment, inertJson, inUrl, mayNot, type ScriptData, whatItDoes } from './script-data.ts';

/** The plan as a bash script for Azure CLI. Its standard output is the result block alone. */
export function azureCliScript(data: ScriptData): string {
  return [
    heading(data),
    parameters(data),
    values(data),
    helpers,
    tenantCheck,
    azureCliCheck,
    application,
    grants(data),
    ...(data.tooWide.length > 0 ? [removals(data)] : []),
    azureCliSecret,
    result(data),
  ].join('\n');
}

const heading = (data: ScriptData): string => `#!/usr/bin/env bash
${whatItDoes(data)}
#
# Needs Azure CLI (bash, or Azure Cloud Shell). Sign in first:${data.cloud.name === 'global' ? '' : `\n#   az cloud set --name ${data.cloud.environments.azureCli}`}
#   az login --tenant ${data.tenant.id} --allow-no-subscriptions
# Then run it, and send back what it prints between the two lines that say RESULT:
#   bash THIS-FILE
# If the client secret that it created is lost, this removes it and creates another one:
#   bash THIS-FILE --new-secret
# If the application was deleted, the script says so. Then choose: --restore restores it, --purge first deletes it permanently.`;

const parameters = ({ adopt }: ScriptData): string => `set -euo pipefail

new_secret='' adopt='${adopt ?? ''}' deleted='' given=$*
while [ $# -gt 0 ]; do
  case "$1=\${2-}" in
    --new-secret=*) new_secret=yes ;;
    --restore=*) deleted=restore ;;
    --purge=*) deleted=purge ;;
    --adopt=????????-*) adopt=$2 && shift ;;
    *)
      echo "This script accepts --new-secret, --restore, --purge and --adopt CLIENT-ID, not: $given" >&2
      exit 2
      ;;
  esac
  shift
done
`;

const values = ({
  tenant,
  cloud,
  uniqueName,
  deletedFilters,
  application,
  servicePrincipal,
  grants: permissions,
  knownKeys,
  secret,
  recipient,
}: ScriptData): string => `tenant_id='${tenant.id}'
graph_url='${cloud.graph}/v1.0'
application_url="$graph_url/applications(uniqueName='${inUrl(uniqueName)}')"
secret_mark='${secret.operation}'
known_keys='${knownKeys.join(' ')}'
wanted_roles='${permissions.map(({ appRoleId }) => appRoleId).join(' ')}'
recipient='${recipient ?? ''}'
deleted_filters='${deletedFilters.join(' ')}'

# What is sent. Nothing in these texts is run: bash does not look into quoted here-documents.
application_body=$(cat <<'JSON'
${inertJson(application)}
JSON
)
principal_body=$(cat <<'JSON'
${inertJson(servicePrincipal)}
JSON
)
unique_name=$(cat <<'NAME'
${inComment(uniqueName)}
NAME
)
secret_body=$(cat <<'JSON'
${inertJson(secret.body)}
JSON
)
secret_name=$(cat <<'JSON'
${inertJson(secret.displayName)}
JSON
)
`;

const helpers = `say() { printf '%s\\n' "$*" >&2; }

# graph METHOD URL [more arguments of "az rest"]: ends with 3 where the account lacks the right. On Windows its lines end in
# CR LF.
graph() {
  local errors
  {
    errors=$({
      az rest --only-show-errors --resource "\${graph_url%/v1.0}" --method "$1" --url "$2" "\${@:3}" 2>&3 | tr -d '\\r' >&4
    } 3>&1) && return 0
  } 4>&1
  say "$errors"
  case "$errors" in
    # What looks like a missing right may be lag.
    ${lagSigns.map((sign) => `*'${sign}'*`).join(' | ')}) return 1 ;;
    *Authorization_RequestDenied*) ;;
    *) return 1 ;;
  esac
  say '${mayNot}'
  return 3
}

send() { graph "$1" "$2" --headers Content-Type=application/json "\${@:4}" --body "$3"; }

# Microsoft Entra knows a new object everywhere only after a while. A missing right does not come by waiting.
again() {
  local status
  for _ in 1 2 3 4 5 6 7 8 9; do
    "$@" && return 0 || status=$?
    if [ "$status" -eq 3 ]; then return 3; fi
    say 'Microsoft Entra may not know it everywhere yet. Trying again in 10 seconds.'
    sleep 10
  done
  "$@"
}
`;

const tenantCheck = `# Nothing is changed before the tenant is known to be the right one.
found_tenant=$(graph get "$graph_url/organization?\\$select=id" --query 'value[0].id' --output tsv)
if [ "$found_tenant" != "$tenant_id" ]; then
  say "You are signed in to tenant $found_tenant, but this script is for $tenant_id. Nothing was changed."
  say "Sign in with: az login --tenant $tenant_id --allow-no-subscriptions"
  exit 1
fi
`;

const application = `# The application, found by its unique name, and its service principal.
send patch "$application_url" "$application_body" \${prefer:+"$prefer"} --output none
answer=$(again graph get "$application_url?\\$select=id,appId,createdDateTime" \\
  --query "join(' ', [id, appId, createdDateTime])" --output tsv)
read -r object_id client_id created_at <<<"$answer"
say "Application: client id $client_id"

principal_url="$graph_url/servicePrincipals(appId='$client_id')"
add_principal() {
  local status
  send patch "$principal_url" "$principal_body" Prefer=create-if-missing --output none && return 0 || status=$?
  if [ "$status" -eq 3 ]; then return 3; fi
  # Not every cloud accepts that; this request does the same everywhere.
  send post "$graph_url/servicePrincipals" "{\\"appId\\":\\"$client_id\\",\${principal_body#*\\{}" --output none
}
again add_principal
principal_id=$(again graph get "$principal_url?\\$select=id" --query id --output tsv)
`;

const grants = ({
  grants: permissions,
}: ScriptData): string => `# The permissions, each unless it is granted already.
graph_id=$(graph get "$graph_url/servicePrincipals(appId='${graphAppId}')?\\$select=id" --query id --output tsv)
granted=$(again graph get "$graph_url/servicePrincipals/$principal_id/appRoleAssignments?\\$top=999" \\
  --query "value[?resourceId=='$graph_id'].appRoleId" --output tsv)
grant() {
  local refused status
  refused=$(send post "$graph_url/servicePrincipals/$graph_id/appRoleAssignedTo" \\
    "{\\"principalId\\":\\"$principal_id\\",\\"resourceId\\":\\"$graph_id\\",\\"appRoleId\\":\\"$1\\"}" --output none 2>&1) && return 0 || status=$?
  # One that exists, but is not listed yet.
  case "$refused" in *'already exists on the object'*) return 0 ;; esac
  say "$refused"
  return "$status"
}
while read -r role_id permission <&3; do
  case "$granted" in *"$role_id"*) continue ;; esac
  again grant "$role_id"
  say "Granted: $permission"
done 3<<'GRANTS'
${permissions.map(({ value, appRoleId }) => `${appRoleId} ${value}`).join('\n')}
GRANTS
`;

const removals = ({
  tooWide,
}: ScriptData): string => `# The app is limited to one mailbox, so what opens every mailbox is removed.
too_wide=$(cat <<'ROLES'
${tooWide.map(({ appRoleId, permission }) => `${appRoleId} ${permission}`).join('\n')}
ROLES
)
standing=$(graph get "$graph_url/servicePrincipals/$principal_id/appRoleAssignments?\\$top=999" \\
  --query "value[?resourceId=='$graph_id' || resourceDisplayName=='${exchangeApi}'].join(' ', [appRoleId, id, resourceDisplayName])" \\
  --output tsv)
while read -r role_id assignment_id resource <&3; do
  permission=$(sed -n "s/^$role_id //p" <<<"$too_wide")
  if [ "$resource" = '${exchangeApi}' ]; then permission="$role_id on $resource"; fi
  if [ -z "$permission" ]; then continue; fi
  graph delete "$graph_url/servicePrincipals/$principal_id/appRoleAssignments/$assignment_id" --output none
  say "Removed: $permission, which opens every mailbox"
done 3<<<"$standing"
`;

const result = ({ uniqueName, grants: permissions }: ScriptData): string => {
  const grants = permissions.map(({ value, appRoleId }) => ({ permission: value, appRoleId }));
  const known = { version: 1, uniqueName, grants };
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
  "secretName": $secret_name,
  "expiresAt": "$expires_at",
  "hint": "$hint",
  "sealedSecret": [
$sealed
  ]
}
JSON
echo '${resultEnd}'
`;
};
