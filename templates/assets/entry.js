// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// How is a form on paper keyed in without touching anything but the keys of the answers? A key that can only mean one
// answer goes on to the next item; Enter and the arrows go from item to item. Without this file the Tab key does.

(() => {
  'use strict';

  const form = document.querySelector('form[data-entry]');
  if (!form) return;
  const fields = [...form.querySelectorAll('.entry input')];

  const go = (field, step) => {
    const next = fields[fields.indexOf(field) + step];
    if (next) {
      next.focus();
      next.select();
    } else if (step > 0) {
      form.querySelector('.field input, button').focus();
    }
  };

  for (const field of fields) {
    field.addEventListener('input', () => {
      // A 1 may be the beginning of 10.
      if (field.value && field.value !== '1') go(field, 1);
    });
    field.addEventListener('keydown', (event) => {
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      go(field, step);
    });
  }
  if (fields.length) fields[0].focus();
})();
