#!/bin/bash
# CLI for Microsoft 365, unmodified, at the real names: sign-in, registration with consent, what it lists, mail.
set -eu
m365() { "$NODE" "$PACKAGES/@pnp/cli-microsoft365/dist/index.js" "$@"; }
for setting in 'prompt false' 'disableTelemetry true' 'autoOpenLinksInBrowser false'; do
  m365 cli config set --key "${setting% *}" --value "${setting#* }" >/dev/null
done
m365 login --authType deviceCode --appId 14d82eec-204b-4c2f-b7e8-296a70dab67e --tenant contoso.com >/dev/null
graph=https://graph.microsoft.com
id=$(m365 entra app add --name Witness --withSecret --apisApplication "$graph/User.Read.All,$graph/Mail.Send" --grantAdminConsent --query appId | tr -d '"')
m365 entra app permission list --appId "$id" >/dev/null
m365 entra approleassignment list --appId "$id" >/dev/null
m365 outlook mail send --to robin@contoso.com --subject Witness --bodyContents hello >/dev/null
m365 outlook message list --folderName 'Sent Items' >/dev/null
m365 entra app remove --appId "$id" --force >/dev/null
