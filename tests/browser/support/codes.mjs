// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Access codes as a respondent could type them: well-formed, mistyped, too short.

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** The same code with one character replaced by another that codes may contain. */
export function withOneWrong(code) {
  const wrong = ALPHABET[(ALPHABET.indexOf(code[4]) + 1) % ALPHABET.length];
  return code.slice(0, 4) + wrong + code.slice(5);
}

/** Codes whose check character fits, but which nobody was given: a different one for each number below 900. */
export function wellFormedUnknown(number = 0) {
  const drawn = `QUESTPRVA${ALPHABET[Math.floor(number / ALPHABET.length)]}${ALPHABET[number % ALPHABET.length]}`;
  const sum = [...drawn].reduce((total, letter, place) => total + (place + 1) * ALPHABET.indexOf(letter), 0);
  return drawn + ALPHABET[sum % ALPHABET.length];
}

/** A code as it is shown on a page: `ABCD EFGH JKMN` without the spaces. */
export function compact(shown) {
  return shown.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
}
