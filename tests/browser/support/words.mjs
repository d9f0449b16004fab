// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// The words a respondent looks for, in both languages.

const ITALIAN = {
  start: 'Inizia',
  resume: 'Riprendi',
  next: 'Salva e continua',
  back: 'Indietro',
  later: 'Salva e riprendi più tardi',
  submit: 'Invia le risposte',
  seeReceipt: 'Rivedi la ricevuta',
  codeField: 'Codice',
  sendCode: 'Continua',
  dontKnow: 'Non so',
  noAnswer: 'Senza risposta',
  minutes: /\b\d+ minuti\b/,
  day: /\b\d{1,2}°? [a-zà]+ \d{4}\b/,
  step: /Passo (\d+) di (\d+)/,
  error: 'Errore',
  unanswered: /^(\d+|Una) domand[ae] (?:è|sono) senza risposta/,
  one: 'Una',
  characters: /12 caratteri/,
};

const ENGLISH = {
  start: 'Start',
  resume: 'Resume',
  next: 'Save and continue',
  back: 'Back',
  later: 'Save and resume later',
  submit: 'Submit the answers',
  seeReceipt: 'See the receipt',
  codeField: 'Code',
  sendCode: 'Continue',
  dontKnow: 'I don\'t know',
  noAnswer: 'No answer',
  minutes: /\b\d+ minutes\b/,
  day: /\b\d{1,2} [A-Z][a-z]+ \d{4}\b/,
  step: /Step (\d+) of (\d+)/,
  error: 'Error',
  unanswered: /^(\d+|One) questions? ha(?:s|ve) no answer/,
  one: 'One',
  characters: /12 characters/,
};

export const LANGUAGES = ['it', 'en'];

/** The words of a language. */
export function wordsOf(language) {
  return language === 'en' ? ENGLISH : ITALIAN;
}
