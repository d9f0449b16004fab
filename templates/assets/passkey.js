// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// How does a page ask a device for a passkey? It hands the server's question to the browser and sends back the answer.
// Without this file, or in a browser without passkeys, the page says what to do instead.

(() => {
  'use strict';

  const form = document.querySelector('form[data-passkey]');
  const PublicKey = window.PublicKeyCredential;
  if (!form || !PublicKey || !navigator.credentials) return;

  const isMaking = form.dataset.passkey === 'create';
  const button = form.querySelector('[data-passkey-button]');
  const failed = form.querySelector('[data-passkey-failed]');
  document.querySelector('[data-passkey-without]').hidden = true;
  button.hidden = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');

  // Some browsers read and write these forms by themselves; the others get the same by hand.
  function question() {
    const options = JSON.parse(form.dataset.options);
    const read = isMaking ? PublicKey.parseCreationOptionsFromJSON : PublicKey.parseRequestOptionsFromJSON;
    if (read) return read.call(PublicKey, options);
    const named = (one) => ({ ...one, id: bytes(one.id) });
    const common = { ...options, challenge: bytes(options.challenge) };
    if (!isMaking) return { ...common, allowCredentials: (options.allowCredentials ?? []).map(named) };
    const excludeCredentials = (options.excludeCredentials ?? []).map(named);
    return { ...common, user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials };
  }

  function answer(credential) {
    if (credential.toJSON) return credential.toJSON();
    const { response } = credential;
    const said = isMaking
      ? { attestationObject: text(response.attestationObject) }
      : {
          authenticatorData: text(response.authenticatorData),
          signature: text(response.signature),
          userHandle: response.userHandle ? text(response.userHandle) : null,
        };
    said.clientDataJSON = text(response.clientDataJSON);
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said };
  }

  async function ask(event) {
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    try {
      const publicKey = question();
      const credentials = navigator.credentials;
      const credential = await (isMaking ? credentials.create({ publicKey }) : credentials.get({ publicKey }));
      form.elements.response.value = JSON.stringify(answer(credential));
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
    }
  }

  form.addEventListener('submit', ask);
})();
