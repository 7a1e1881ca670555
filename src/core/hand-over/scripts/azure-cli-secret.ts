/**
 * Leaves behind, as texts: `key_id`, `expires_at`, `hint` and `sealed`, the latter two as they go into JSON, and `secret_name`, which is JSON.
 */
export const azureCliSecret = `# The client secret, unless a script of this plan created it before, which its name shows. Its value is shown only once.
secrets_url="$graph_url/applications/$object_id?\\$select=passwordCredentials"
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
    send post "$graph_url/applications/$object_id/removePassword" "{\\"keyId\\":\\"$key_id\\"}" --output none
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
  secret_name=\${name:-$secret_name}
  say "The client secret was created before. It is valid until $expires_at; its value is not shown again."
  say 'If no one has that value, or it expires soon, run this again with --new-secret: that removes it and creates another one.'
else
  answer=$(send post "$graph_url/applications/$object_id/addPassword" "$secret_body" \\
    --query "join(' ', [keyId, endDateTime, secretText])" --output tsv)
  read -r key_id expires_at secret <<<"$answer"
  hint=\${secret:0:3}
  if [ -n "$recipient" ] && command -v age >/dev/null && sealed=$(seal "$secret"); then
    say 'The client secret is sealed: only the consultant can open it.'
  else
    sealed=''
    say "Client secret: $secret"
    say 'It is shown only once. Enter it in T&A as Client Secret (System preferences > Email > Connection); do not send it to anyone.'
  fi
fi
hint=\${hint//\\\\/\\\\\\\\}
hint=\${hint//\\"/\\\\\\"}
`;
