#!/bin/bash
# Azure CLI, unmodified, at the real names: sign-in, registration, permission, secret, owners, vault.
set -eu
az login --use-device-code --tenant contoso.com >/dev/null 2>&1
id=$(az ad app create --display-name Witness --query appId -o tsv)
graph=00000003-0000-0000-c000-000000000000
az ad sp create --id "$id" >/dev/null
az ad app permission add --id "$id" --api $graph --api-permissions df021288-bdef-4463-88db-98f22de89214=Role 2>/dev/null
az ad app permission grant --id "$id" --api $graph --scope User.Read >/dev/null
az ad app credential reset --id "$id" --append >/dev/null 2>&1
az ad app owner list --id "$id" >/dev/null
test "$(az ad app list --filter "displayname eq 'Witness'" --query 'length(@)')" = 1
az ad app delete --id "$id"
az group create -n witness -l westeurope >/dev/null
az keyvault create -n ta-witness-az -g witness -l westeurope --enable-rbac-authorization true >/dev/null
