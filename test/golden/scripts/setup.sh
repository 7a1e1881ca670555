#!/usr/bin/env bash
# Lets T&A (Time & Attendance) send email through Exchange Online.
# For a Global Administrator of contoso.com, tenant 1b4e28ba-2fa1-4d2c-883f-0016d3cca427.
#
# It registers one application and its service principal, grants it
# Directory.Read.All, User.Read.All, Mail.ReadWrite, Mail.Send,
# and adds a client secret for 180 days.
# It changes nothing else. You can run it again after ten minutes, when Entra shows the new objects: it creates nothing twice.
#
# Needs Azure CLI (bash, or Azure Cloud Shell). Sign in first:
#   az login --tenant 1b4e28ba-2fa1-4d2c-883f-0016d3cca427 --allow-no-subscriptions
# Then run it, and send back what it prints between the two lines that say RESULT:
#   bash THIS-FILE
# If the client secret that it created is lost, this removes it and creates another one:
#   bash THIS-FILE --new-secret
# If the application was deleted, the script says so. Then choose: --restore restores it, --purge first deletes it permanently.
set -euo pipefail

new_secret='' adopt='' deleted='' given=$*
while [ $# -gt 0 ]; do
  case "$1=${2-}" in
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

tenant_id='1b4e28ba-2fa1-4d2c-883f-0016d3cca427'
graph_url='https://graph.microsoft.com/v1.0'
application_url="$graph_url/applications(uniqueName='ta-exchange-setup-abcdefghjkmnpqrstuvw')"
secret_mark='ta-j57hgpuv'
known_keys=''
wanted_roles='7ab1d382-f21e-4acd-a863-ba3e13f7da61 df021288-bdef-4463-88db-98f22de89214 e2a3a72e-5f79-4c64-b1b1-878b674786c9 b633e1c5-b582-4048-a93e-9f11b44c7e96'
recipient='age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'
deleted_filters='uniqueName%20eq%20%27ta-exchange-setup-abcdefghjkmnpqrstuvw%27 displayName%20eq%20%27Time%20and%20Attendance%20Exchange%20Online%20Integration%27'

# What is sent. Nothing in these texts is run: bash does not look into quoted here-documents.
application_body=$(cat <<'JSON'
{
  "displayName": "Time and Attendance Exchange Online Integration",
  "signInAudience": "AzureADMyOrg",
  "requiredResourceAccess": [
    {
      "resourceAppId": "00000003-0000-0000-c000-000000000000",
      "resourceAccess": [
        {
          "id": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
          "type": "Role"
        },
        {
          "id": "df021288-bdef-4463-88db-98f22de89214",
          "type": "Role"
        },
        {
          "id": "e2a3a72e-5f79-4c64-b1b1-878b674786c9",
          "type": "Role"
        },
        {
          "id": "b633e1c5-b582-4048-a93e-9f11b44c7e96",
          "type": "Role"
        }
      ]
    }
  ]
}
JSON
)
principal_body=$(cat <<'JSON'
{
  "tags": [
    "WindowsAzureActiveDirectoryIntegratedApp"
  ]
}
JSON
)
unique_name=$(cat <<'NAME'
ta-exchange-setup-abcdefghjkmnpqrstuvw
NAME
)
secret_body=$(cat <<'JSON'
{
  "passwordCredential": {
    "displayName": "Time and Attendance Exchange Online integration secret (ta-j57hgpuv)",
    "endDateTime": "2027-05-22T21:55:00Z"
  }
}
JSON
)
secret_name=$(cat <<'JSON'
"Time and Attendance Exchange Online integration secret (ta-j57hgpuv)"
JSON
)

say() { printf '%s\n' "$*" >&2; }

# graph METHOD URL [more arguments of "az rest"]: ends with 3 where the account lacks the right. On Windows its lines end in
# CR LF.
graph() {
  local errors
  {
    errors=$({
      az rest --only-show-errors --resource "${graph_url%/v1.0}" --method "$1" --url "$2" "${@:3}" 2>&3 | tr -d '\r' >&4
    } 3>&1) && return 0
  } 4>&1
  say "$errors"
  case "$errors" in
    # What looks like a missing right may be lag.
    *'Request_ResourceNotFound'* | *'backing application of the service principal'* | *'NoBackingApplicationObject'* | *'does not reference a valid application'* | *'Not a valid reference update'*) return 1 ;;
    *Authorization_RequestDenied*) ;;
    *) return 1 ;;
  esac
  say 'This account is not allowed to do that. Run the script again as a Global Administrator. To register an application you need at least the role Application Administrator; to grant permissions, Privileged Role Administrator.'
  return 3
}

send() { graph "$1" "$2" --headers Content-Type=application/json "${@:4}" --body "$3"; }

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

# Nothing is changed before the tenant is known to be the right one.
found_tenant=$(graph get "$graph_url/organization?\$select=id" --query 'value[0].id' --output tsv)
if [ "$found_tenant" != "$tenant_id" ]; then
  say "You are signed in to tenant $found_tenant, but this script is for $tenant_id. Nothing was changed."
  say "Sign in with: az login --tenant $tenant_id --allow-no-subscriptions"
  exit 1
fi

# An application that already exists is changed only if no one else can act as it.
owners_of() {
  graph get "$graph_url/$1/owners" --output tsv \
    --query "value[?id!='$me'].join(' ', ['the owner', not_null(userPrincipalName, displayName, id)])"
}
carried_by() {
  local ends key kind
  while read -r ends key kind; do
    if [[ -z "$ends" || "$ends" < "$today" ]]; then continue; fi
    case " $known_keys " in *" $key "*) continue ;; esac
    printf '%s\n' "the $kind (key id $key, until $ends)"
  done <<<"$(graph get "$graph_url/$1?\$select=passwordCredentials,keyCredentials" --output tsv --query "[
      passwordCredentials[?!contains(not_null(displayName, ''), '$secret_mark')].join(' ', [endDateTime, keyId, 'client secret']),
      keyCredentials[].join(' ', [not_null(endDateTime, '9999'), not_null(keyId, '-'), 'certificate'])
    ][]")"
}
strangers_on() {
  local principal held='' role
  principal=$(graph get "$graph_url/servicePrincipals?\$filter=appId%20eq%20'$2'" --query 'value[0].id' --output tsv)
  if [ -n "$principal" ]; then
    held=$(graph get "$graph_url/servicePrincipals/$principal/appRoleAssignments?\$top=999" \
      --query 'value[].appRoleId' --output tsv)
  fi
  for role in $wanted_roles; do
    case "$held" in *"$role"*) ;; *) known_keys='' ;; esac
  done
  owners_of "applications/$1"
  carried_by "applications/$1"
  graph get "$graph_url/applications/$1?\$select=web,spa,publicClient" --output tsv \
    --query "[web.redirectUris, spa.redirectUris, publicClient.redirectUris][][].join(' ', ['the redirect URI', @])"
  graph get "$graph_url/applications/$1/federatedIdentityCredentials" --output tsv \
    --query "value[].join(' ', ['the federated credential', name, 'of', issuer])"
  if [ -n "$principal" ]; then
    owners_of "servicePrincipals/$principal"
    carried_by "servicePrincipals/$principal"
  fi
}

# A deleted application keeps its unique name for 30 days. Not every cloud accepts every filter.
find_deleted() {
  local filter
  for filter in $deleted_filters; do
    graph get "$deleted_url/microsoft.graph.application?\$filter=$filter&\$select=id,appId,uniqueName" \
      --query "value[].join(' ', [id, appId, not_null(uniqueName, '')])" --output tsv 2>/dev/null || true
  done | while read -r gone_id gone_client name; do
    if [ "$name" = "$unique_name" ]; then printf '%s %s\n' "$gone_id" "$gone_client"; fi
  done
}
find_application() {
  graph get "$application_url?\$select=id,appId" --query "join(' ', [id, appId])" --output tsv
}

client_id='' prefer=Prefer=create-if-missing
today=$(date -u +%Y-%m-%d)
deleted_url="$graph_url/directory/deletedItems"
if ! existing=$(find_application 2>&1); then
  case "$existing" in
    *Request_ResourceNotFound*) existing='' ;;
    *)
      say "$existing"
      exit 1
      ;;
  esac
  gone=''
  if [ -n "$adopt" ]; then
    # It was created by hand: without a unique name of ours it is found by the client id that was agreed to.
    application_url="$graph_url/applications(appId='$adopt')" prefer=''
    existing=$(find_application 2>/dev/null || true)
    name=$(graph get "$application_url?\$select=uniqueName" --query uniqueName --output tsv 2>/dev/null || true)
    case "$name" in
      '' | None) application_body="{\"uniqueName\":\"$unique_name\",${application_body#*\{}" ;;
    esac
  else
    gone=$(find_deleted)
  fi
  read -r gone_id gone_client <<<"$gone"
  case "$gone$deleted" in
    '' | restore | purge) ;;
    *restore)
      graph post "$deleted_url/$gone_id/restore" --output none
      say "Restored: the application with client id $gone_client"
      existing=$(again find_application)
      ;;
    *purge)
      graph delete "$deleted_url/$gone_id" --output none
      say "Deleted permanently: the application with client id $gone_client"
      ;;
    *)
      say 'The application was registered before and then deleted. It keeps its unique name for 30 days, so no other application can have that name. Nothing was changed.'
      say "To restore it (client id $gone_client), run this again with --restore. To delete it permanently and register a new one, run it with --purge."
      exit 1
      ;;
  esac
fi
if [ -n "$existing" ]; then
  # What was restored with it is checked as well.
  read -r object_id client_id <<<"$existing"
  me=$(graph get "$graph_url/me?\$select=id" --query id --output tsv)
  strangers=$(strangers_on "$object_id" "$client_id")
  if [ -n "$strangers" ]; then
    say "The application with the client id $client_id already exists. It contains what this script did not add:"
    say "$strangers"
    if [ "$adopt" != "$client_id" ]; then
      say 'Anyone who controls one of these could use the permissions, so nothing was changed. Ask who added them, and tell the consultant.'
      say "If you know all of them, run this again with --adopt $client_id"
      exit 1
    fi
  fi
fi
if [ -n "$adopt" ] && [ "$adopt" != "$client_id" ]; then
  say "The application of this set-up does not have the client id $adopt, so the script stops here."
  exit 1
fi

# The application, found by its unique name, and its service principal.
send patch "$application_url" "$application_body" ${prefer:+"$prefer"} --output none
answer=$(again graph get "$application_url?\$select=id,appId,createdDateTime" \
  --query "join(' ', [id, appId, createdDateTime])" --output tsv)
read -r object_id client_id created_at <<<"$answer"
say "Application: client id $client_id"

principal_url="$graph_url/servicePrincipals(appId='$client_id')"
add_principal() {
  local status
  send patch "$principal_url" "$principal_body" Prefer=create-if-missing --output none && return 0 || status=$?
  if [ "$status" -eq 3 ]; then return 3; fi
  # Not every cloud accepts that; this request does the same everywhere.
  send post "$graph_url/servicePrincipals" "{\"appId\":\"$client_id\",${principal_body#*\{}" --output none
}
again add_principal
principal_id=$(again graph get "$principal_url?\$select=id" --query id --output tsv)

# The permissions, each unless it is granted already.
graph_id=$(graph get "$graph_url/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?\$select=id" --query id --output tsv)
granted=$(again graph get "$graph_url/servicePrincipals/$principal_id/appRoleAssignments?\$top=999" \
  --query "value[?resourceId=='$graph_id'].appRoleId" --output tsv)
grant() {
  local refused status
  refused=$(send post "$graph_url/servicePrincipals/$graph_id/appRoleAssignedTo" \
    "{\"principalId\":\"$principal_id\",\"resourceId\":\"$graph_id\",\"appRoleId\":\"$1\"}" --output none 2>&1) && return 0 || status=$?
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
7ab1d382-f21e-4acd-a863-ba3e13f7da61 Directory.Read.All
df021288-bdef-4463-88db-98f22de89214 User.Read.All
e2a3a72e-5f79-4c64-b1b1-878b674786c9 Mail.ReadWrite
b633e1c5-b582-4048-a93e-9f11b44c7e96 Mail.Send
GRANTS

# The client secret, unless a script of this plan created it before, which its name shows. Its value is shown only once.
secrets_url="$graph_url/applications/$object_id?\$select=passwordCredentials"
mine="passwordCredentials[?contains(not_null(displayName, ''), '$secret_mark')]"
find_secrets() {
  graph get "$secrets_url" --query "$mine.join(' ', [keyId, endDateTime, not_null(hint, '')])" --output tsv
}

found=$(find_secrets)
if [ -n "$new_secret" ]; then
  for _ in 1 2 3 4 5 6 7 8 9; do
    if [ -n "$found" ]; then break; fi
    say 'No client secret of this plan is listed yet. Looking again in 10 seconds.'
    sleep 10
    found=$(find_secrets)
  done
  while read -r key_id _ <&3; do
    if [ -z "$key_id" ]; then continue; fi
    send post "$graph_url/applications/$object_id/removePassword" "{\"keyId\":\"$key_id\"}" --output none
    say "Removed: the client secret with key id $key_id"
  done 3<<<"$found"
  found=''
fi

sealed=''
seal() {
  printf '%s' "$1" | age --encrypt --armor --recipient "$recipient" |
    sed -e '/^-----/d' -e 's/.*/    "&",/' | sed -e '$ s/,$//'
}
if [ -n "$found" ]; then
  read -r key_id expires_at hint <<<"$found"
  name=$(graph get "$secrets_url" --query "$mine | [0].displayName" --output json)
  secret_name=${name:-$secret_name}
  say "The client secret was created before. It is valid until $expires_at; its value is not shown again."
  say 'If no one has that value, or it expires soon, run this again with --new-secret: that removes it and creates another one.'
else
  answer=$(send post "$graph_url/applications/$object_id/addPassword" "$secret_body" \
    --query "join(' ', [keyId, endDateTime, secretText])" --output tsv)
  read -r key_id expires_at secret <<<"$answer"
  hint=${secret:0:3}
  if [ -n "$recipient" ] && command -v age >/dev/null && sealed=$(seal "$secret"); then
    say 'The client secret is sealed: only the consultant can open it.'
  else
    sealed=''
    say "Client secret: $secret"
    say 'It is shown only once. Enter it in T&A as Client Secret (System preferences > Email > Connection); do not send it to anyone.'
  fi
fi
hint=${hint//\\/\\\\}
hint=${hint//\"/\\\"}

# The result: ids, and the secret only where it is sealed.
echo '-----BEGIN TA EXCHANGE RESULT-----'
cat <<'JSON'
{
  "version": 1,
  "uniqueName": "ta-exchange-setup-abcdefghjkmnpqrstuvw",
  "grants": [
    {
      "permission": "Directory.Read.All",
      "appRoleId": "7ab1d382-f21e-4acd-a863-ba3e13f7da61"
    },
    {
      "permission": "User.Read.All",
      "appRoleId": "df021288-bdef-4463-88db-98f22de89214"
    },
    {
      "permission": "Mail.ReadWrite",
      "appRoleId": "e2a3a72e-5f79-4c64-b1b1-878b674786c9"
    },
    {
      "permission": "Mail.Send",
      "appRoleId": "b633e1c5-b582-4048-a93e-9f11b44c7e96"
    }
  ],
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
echo '-----END TA EXCHANGE RESULT-----'
