import { notOurs, stillDeleted } from './script-data.ts';

/**
 * Ends the script where the application exists and carries what is not known, unless the admin has named it. The client
 * secrets of the record are known only where nothing is to be granted.
 */
export const azureCliCheck = `# An application that already exists is changed only if no one else can act as it.
owners_of() {
  graph get "$graph_url/$1/owners" --output tsv \\
    --query "value[?id!='$me'].join(' ', ['the owner', not_null(userPrincipalName, displayName, id)])"
}
carried_by() {
  local ends key kind
  while read -r ends key kind; do
    if [[ -z "$ends" || "$ends" < "$today" ]]; then continue; fi
    case " $known_keys " in *" $key "*) continue ;; esac
    printf '%s\\n' "the $kind (key id $key, until $ends)"
  done <<<"$(graph get "$graph_url/$1?\\$select=passwordCredentials,keyCredentials" --output tsv --query "[
      passwordCredentials[?!contains(not_null(displayName, ''), '$secret_mark')].join(' ', [endDateTime, keyId, 'client secret']),
      keyCredentials[].join(' ', [not_null(endDateTime, '9999'), not_null(keyId, '-'), 'certificate'])
    ][]")"
}
strangers_on() {
  local principal held='' role
  principal=$(graph get "$graph_url/servicePrincipals?\\$filter=appId%20eq%20'$2'" --query 'value[0].id' --output tsv)
  if [ -n "$principal" ]; then
    held=$(graph get "$graph_url/servicePrincipals/$principal/appRoleAssignments?\\$top=999" \\
      --query 'value[].appRoleId' --output tsv)
  fi
  for role in $wanted_roles; do
    case "$held" in *"$role"*) ;; *) known_keys='' ;; esac
  done
  owners_of "applications/$1"
  carried_by "applications/$1"
  graph get "$graph_url/applications/$1?\\$select=web,spa,publicClient" --output tsv \\
    --query "[web.redirectUris, spa.redirectUris, publicClient.redirectUris][][].join(' ', ['the redirect URI', @])"
  graph get "$graph_url/applications/$1/federatedIdentityCredentials" --output tsv \\
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
    graph get "$deleted_url/microsoft.graph.application?\\$filter=$filter&\\$select=id,appId,uniqueName" \\
      --query "value[].join(' ', [id, appId, not_null(uniqueName, '')])" --output tsv 2>/dev/null || true
  done | while read -r gone_id gone_client name; do
    if [ "$name" = "$unique_name" ]; then printf '%s %s\\n' "$gone_id" "$gone_client"; fi
  done
}
find_application() {
  graph get "$application_url?\\$select=id,appId" --query "join(' ', [id, appId])" --output tsv
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
    name=$(graph get "$application_url?\\$select=uniqueName" --query uniqueName --output tsv 2>/dev/null || true)
    case "$name" in
      '' | None) application_body="{\\"uniqueName\\":\\"$unique_name\\",\${application_body#*\\{}" ;;
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
      say '${stillDeleted}'
      say "To restore it (client id $gone_client), run this again with --restore. To delete it permanently and register a new one, run it with --purge."
      exit 1
      ;;
  esac
fi
if [ -n "$existing" ]; then
  # What was restored with it is checked as well.
  read -r object_id client_id <<<"$existing"
  me=$(graph get "$graph_url/me?\\$select=id" --query id --output tsv)
  strangers=$(strangers_on "$object_id" "$client_id")
  if [ -n "$strangers" ]; then
    say "The application with the client id $client_id already exists. It contains what this script did not add:"
    say "$strangers"
    if [ "$adopt" != "$client_id" ]; then
      say '${notOurs}'
      say "If you know all of them, run this again with --adopt $client_id"
      exit 1
    fi
  fi
fi
if [ -n "$adopt" ] && [ "$adopt" != "$client_id" ]; then
  say "The application of this set-up does not have the client id $adopt, so the script stops here."
  exit 1
fi
`;
