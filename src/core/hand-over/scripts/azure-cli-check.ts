import { notOurs } from './script-words.ts';

/**
 * Ends the script where the application exists and carries what is not known, unless the admin has named it. The client
 * secrets of the record are known only where nothing is to be granted.
 */
export const azureCliCheck = `# An application that is there already is changed only if nobody else can act as it.
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

today=$(date -u +%Y-%m-%d)
if existing=$(graph get "$application_url?\\$select=id,appId" --query "join(' ', [id, appId])" --output tsv 2>&1); then
  read -r object_id client_id <<<"$existing"
  me=$(graph get "$graph_url/me?\\$select=id" --query id --output tsv)
  strangers=$(strangers_on "$object_id" "$client_id")
  if [ -n "$strangers" ]; then
    say "The application with the client id $client_id is there already. On it is what this script did not put there:"
    say "$strangers"
    if [ "$adopt" != "$client_id" ]; then
      say '${notOurs}'
      say "If you know all of them, run this again with --adopt $client_id"
      exit 1
    fi
  fi
else
  case "$existing" in
    *Request_ResourceNotFound*) ;;
    *)
      say "$existing"
      exit 1
      ;;
  esac
fi
`;
