// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// How does another body's sign-in service behave? A certified one, on a free loopback port that it prints, with invented
// people: whoever signs in as NAME is NAME@comune.esempio.it. It ends when its standard input does.
// Arguments: the addresses that browsers are sent back to.

import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const callbacks = process.argv.slice(2);

const client = (id, how) => ({
  client_id: id,
  client_secret: 'only for local tests: /+&%',
  redirect_uris: callbacks,
  post_logout_redirect_uris: [new URL('/', callbacks[0]).href],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: how,
});

const findAccount = (_, id) => ({
  accountId: id,
  claims: () => ({
    sub: id,
    name: 'Ada Esempio',
    email: `${id}@comune.esempio.it`,
    email_verified: true,
    'https://attributes.eid.gov.it/e_mail': `${id}@spid.esempio.it`,
  }),
});

// The port has to be known before the issuer can be named, so the server listens first.
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [client('basic', 'client_secret_basic'), client('post', 'client_secret_post')],
    pkce: { required: () => true },
    claims: {
      openid: ['sub'],
      profile: ['name', 'https://attributes.eid.gov.it/e_mail'],
      email: ['email', 'email_verified'],
    },
    findAccount,
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['only for local tests'] },
  });
  server.on('request', provider.callback());
  console.log(port);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
