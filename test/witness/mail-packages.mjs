// Packages that know nothing of us play T&A at the real names: MSAL for the token, nodemailer for MIME, PnPjs for Graph.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { TENANT, CLIENT, SECRET, PACKAGES = import.meta.url } = process.env;
const { resolve } = createRequire(PACKAGES);
const load = async (name) => import(pathToFileURL(resolve(name)).href);
const auth = {
  clientId: CLIENT,
  clientSecret: SECRET,
  authority: `https://login.microsoftonline.com/${TENANT}`,
};
const scopes = ['https://graph.microsoft.com/.default'];

const { ConfidentialClientApplication } = await load('@azure/msal-node');
const { accessToken } = await new ConfidentialClientApplication({ auth }).acquireTokenByClientCredential({
  scopes,
});
const { default: nodemailer } = await load('nodemailer');
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
const { message } = await transport.sendMail({
  ...{
    from: 'ta@contoso.com',
    to: 'robin@contoso.com',
    subject: 'nodemailer',
    text: 'hello',
    html: '<p>hello</p>',
  },
  attachments: [{ filename: 'a.txt', content: 'hello' }],
});
for (const path of ['sendMail', 'messages']) {
  const answer = await fetch(`https://graph.microsoft.com/v1.0/users/ta@contoso.com/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'text/plain' },
    body: message.toString('base64'),
  });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.text()}`);
}

const [{ graphfi }, { GraphDefault }] = [await load('@pnp/graph'), await load('@pnp/nodejs')];
for (const part of ['users', 'mail']) await load(`@pnp/graph/${part}/index.js`);
const graph = graphfi().using(GraphDefault({ msal: { config: { auth }, scopes } }));
assert.equal((await graph.users.top(3)()).length, 3);
const ta = graph.users.getById('ta@contoso.com');
const toRecipients = [{ emailAddress: { address: 'robin@contoso.com' } }];
await ta.sendMail({ subject: 'pnp', body: { contentType: 'text', content: 'x' }, toRecipients }, false);
assert.ok(Array.isArray(await ta.messages.top(2)()));
