# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

sign-in-title = Accesso all'area di lavoro
sign-in-what = Il link vale una volta sola. Prema il pulsante per entrare.
sign-in-button = Entra
sign-out = Esci
workspace-title = Area di lavoro
workspace-no-projects = Non ci sono ancora progetti.
workspace-no-waves = Nessuna rilevazione.
wave-collection = Modo di raccolta
wave-coverage-what = Solo conteggi: i risultati esistono dopo la chiusura.
wave-no-roster = Nessun gruppo è in elenco.
wave-results = Vedi i risultati
wave-acts = Che cosa si può fare ora
links-title = Link pronti
links-once = Li copi adesso: per sicurezza il servizio ne conserva solo un'impronta e non può mostrarli di nuovo.
links-code = Oppure il codice
act-open = Apri la rilevazione
act-open-what = Da questo momento si può rispondere. Il modo di raccolta e la versione delle domande non si cambiano più.
act-close = Chiudi la rilevazione
act-close-what = Non si accettano più risposte. Le bozze non inviate e ogni legame tra codici e risposte si cancellano.
act-links = Prepara un link per ogni gruppo
act-links-what = Un link uguale per tutto il gruppo, da mandare per messaggio o da stampare. I link già dati restano validi.
