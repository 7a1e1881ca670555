"""MSAL, azure-identity, azure-mgmt-keyvault and requests-oauthlib, unmodified, at the real names."""
import os

import msal
from azure.identity import DeviceCodeCredential
from azure.mgmt.keyvault import KeyVaultManagementClient
from azure.mgmt.resource import ResourceManagementClient, SubscriptionClient
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

tenant, client, secret = (os.environ[name] for name in ("TENANT", "CLIENT", "SECRET"))
authority = f"https://login.microsoftonline.com/{tenant}"
scope = ["https://graph.microsoft.com/.default"]

app = msal.ConfidentialClientApplication(client, authority=authority, client_credential=secret)
assert "access_token" in app.acquire_token_for_client(scope)
wrong = msal.ConfidentialClientApplication(client, authority=authority, client_credential="nonsense")
assert 7000215 in wrong.acquire_token_for_client(scope)["error_codes"]

session = OAuth2Session(client=BackendApplicationClient(client_id=client))
session.fetch_token(
    token_url=authority + "/oauth2/v2.0/token", client_id=client, client_secret=secret, scope=scope, include_client_id=True
)
assert session.get("https://graph.microsoft.com/v1.0/users/ta@contoso.com").status_code == 200

azure_cli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
person = DeviceCodeCredential(tenant_id=tenant, client_id=azure_cli, prompt_callback=lambda *_: None)
[subscription] = SubscriptionClient(person).subscriptions.list()
vaults = KeyVaultManagementClient(person, subscription.subscription_id).vaults
properties = {"tenant_id": tenant, "sku": {"family": "A", "name": "standard"}, "access_policies": []}
made = vaults.begin_create_or_update("contoso-it", "ta-witness", {"location": "westeurope", "properties": properties})
resources = ResourceManagementClient(person, subscription.subscription_id).resources
assert resources.check_existence_by_id(made.result(60).id, "2023-07-01")
