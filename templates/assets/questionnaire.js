// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Are the answers of a page saved as soon as they are given? Each choice sends the page, one save after the other; the
// buttons wait for a save under way, so that an older one never arrives after a newer one. Without this file answers are
// saved page by page.

(() => {
  'use strict';

  const form = document.querySelector('form[data-autosave]');
  const told = document.querySelector('[data-autosave-told]');
  if (!form || !told) return;
  const LONGEST_WAIT = 3000;
  let saving = null;
  let isStale = false;

  const send = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set('go', 'stay');
    try {
      const answer = await fetch(form.getAttribute('action'), { method: 'POST', body, redirect: 'manual' });
      return answer.status === 204;
    } catch {
      return false;
    }
  };

  const save = async () => {
    let isSaved = false;
    do {
      isStale = false;
      isSaved = await send();
    } while (isStale);
    told.textContent = isSaved ? form.dataset.saved : form.dataset.unsaved;
    saving = null;
  };

  form.addEventListener('change', () => {
    isStale = true;
    saving ??= save();
  });

  form.addEventListener('submit', (event) => {
    if (!saving) return;
    event.preventDefault();
    const waited = new Promise((done) => setTimeout(done, LONGEST_WAIT));
    Promise.race([saving, waited]).then(() => {
      saving = null;
      form.requestSubmit(event.submitter);
    });
  });
})();
