# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

print-minutes = { $minutes ->
    [one] circa 1 minuto
   *[other] circa { $minutes } minuti
 }
print-qr = Codice QR: apre { $address }
print-address = Indirizzo
print-code = Il suo codice
print-mode-anonymous = Il questionario è anonimo: con le risposte si conservano solo il gruppo e il giorno.
print-mode-confidential = Il questionario è riservato: alla chiusura si cancella il legame tra codice e risposte.
print-cards-title = Cartoncini di accesso – { $project } – { $wave }
print-card-sentence = { $organisation } chiede la sua opinione. Inquadri il codice QR con il telefono, o scriva indirizzo e codice.
print-card-sentence-link = { $organisation } chiede la sua opinione. Inquadri il codice QR con il telefono, o scriva l'indirizzo.
print-card-group = Per: { $group }
print-poster-title = Manifesto – { $project } – { $wave }
print-poster-sentence = Inquadri il codice QR con il telefono e risponda
print-poster-address = Oppure scriva questo indirizzo:
print-paper-title = Questionario su carta – { $project } – { $group }
print-paper-form = Modulo n.
print-paper-wave = Rilevazione
print-paper-group = Gruppo
print-paper-page = Pagina { $page } di { $pages }
print-paper-how = Come si compila
print-paper-how-1 = Per ogni frase segni con una crocetta una sola casella, con una penna nera o blu.
print-paper-how-2 = Non ci sono risposte giuste o sbagliate: conta la sua esperienza.
print-paper-how-3 = Se non sa, se la frase non la riguarda o se preferisce non rispondere, segni una delle tre caselle in basso. Può anche lasciare in bianco.
print-paper-how-4 = Se cambia idea, annerisca tutta la casella sbagliata e segni quella giusta.
print-paper-written = Con parole sue
print-paper-written-note = Risponda solo se vuole. Non scriva nomi o altro che faccia riconoscere lei o altre persone.
print-paper-thanks = Grazie
print-paper-return = Riconsegni tutti i fogli, entro il { $day }, a chi glieli ha dati.
print-paper-return-to = Riconsegni tutti i fogli, entro il { $day }, qui: { $place }.
print-paper-envelope = Non scriva il suo nome sui fogli. Se ha ricevuto una busta, li metta nella busta e la chiuda.
print-paper-results = Chi raccoglie i fogli copia le risposte così come sono. I risultati di un gruppo si pubblicano solo se hanno risposto almeno cinque persone.
print-mode-named = La sua organizzazione risponde con il proprio nome.
