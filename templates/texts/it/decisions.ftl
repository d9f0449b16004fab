# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

decisions-title = Che cosa ne è venuto: { $wave }
decisions-short = Decisioni e azioni
decisions-what = Che cosa è emerso, che cosa si è deciso e che cosa si è fatto. I numeri sono quelli pubblicati nei risultati.
decisions-unpublished = La rilevazione non è ancora pubblicata: fuori dall'ente questa pagina non si vede.
decisions-decided = Che cosa si è deciso
decisions-unanswered = Ancora senza risposta
decisions-unanswered-what = Sono tra le prime tre priorità dei risultati e nessuno ha ancora deciso che cosa fare. Una priorità è tanto più alta quanto più conta l'indicatore e quanto più c'è ancora da migliorare.
decisions-no-answer = senza risposta
decisions-results = I risultati della rilevazione
decisions-how = Le decisioni non si cancellano: si correggono con un motivo, e ciò che dicevano prima resta leggibile. Se dopo un'azione un indicatore cambia, i numeri non dicono che cosa lo ha fatto cambiare.
decisions-nothing = Non c'è ancora nessuna decisione.
decisions-lead = { $findings ->
    [one] È emerso un punto
   *[other] Sono emersi { $findings } punti
}: { $decided ->
    [one] per uno c'è una decisione
   *[other] per { $decided } c'è una decisione
}, { $unanswered ->
    [0] nessuno è senza risposta.
    [one] uno è ancora senza risposta.
   *[other] { $unanswered } sono ancora senza risposta.
}
decisions-lead-returned = { $count ->
    [one] Un'azione fatta torna al comitato, perché l'indicatore che doveva migliorare è peggiorato.
   *[other] { $count } azioni fatte tornano al comitato, perché l'indicatore che doveva migliorare è peggiorato.
}
decisions-new = Scrivi una decisione
decisions-new-lead = Scelga l'indicatore di cui si tratta, o scriva che cosa è emerso. Anche decidere di non fare è una risposta: serve il motivo. Il punteggio non si ricopia: lo mette il programma, come è pubblicato.
decisions-answer = Decidi
decisions-minutes = Il verbale, da stampare
decisions-minutes-pdf = Il verbale in PDF
decision-outcome-taken = Si agisce
decision-outcome-not_taken = Non si agisce
decision-about = Indicatore:
decision-why = Perché:
decision-returned = torna al comitato
decision-history = Che cosa diceva prima
decision-corrected = Fino al { $until }. Corretto perché: { $reason }
decision-number = Punteggio { $score } su 100 (intervallo { $interval }), { $answers }.
decision-number-alone = Punteggio { $score } su 100, { $answers }.
decision-number-withheld = Il punteggio non si mostra: { $reason }.
decision-save = Salva la decisione
decision-correct-lead = La versione di prima resta leggibile, con il motivo della correzione.
decision-correct-link = Correggi la decisione su: { $what }
action-new-link = Aggiungi un'azione per: { $what }
action-new-lead = Che cosa si farà, chi ne risponde ed entro quando. Se si aspetta che un indicatore migliori, lo dica prima: alla rilevazione indicata il programma mette l'atteso accanto all'osservato.
action-save = Salva l'azione
action-correct-link = Correggi l'azione: { $what }
action-state-link = Di' come sta: { $what }
action-state-lead = Chi ha partecipato legge qui come è andata.
action-state-save = Salva
action-state-planned = da fare
action-state-under_way = in corso
action-state-done = fatta
action-state-abandoned = abbandonata
action-overdue = in ritardo
action-returned = Fatta, ma l'indicatore è peggiorato: torna al comitato
action-returned-what = L'azione è dichiarata fatta e l'indicatore che doveva migliorare è peggiorato. Il comitato ne discute di nuovo. I numeri non dicono che cosa lo ha fatto cambiare.
action-owner = Chi ne risponde
action-due = Entro
action-resources = Con che cosa
action-note = A che punto è
action-abandoned-why = Perché si è abbandonata
action-evidence = Che cosa lo mostra
action-link = Leggi il documento
action-seen = Chi risponde l'ha vista?
action-moved = Fino al { $until }. Poi: { $state }
effect-expected = Atteso: { $indicator } { $points } punti entro { $wave }.
effect-not-yet = Quella rilevazione non ha ancora risultati.
effect-withheld = La variazione osservata non si mostra: { $reason }.
effect-observed = Osservato in { $wave }: { $difference } punti (da { $interval }): { $verdict }.
effect-observed-alone = Osservato in { $wave }: { $difference } punti, senza intervallo: { $verdict }.
seen-counts = { $group }, rilevazione { $wave }: vista { $yes }, non vista { $no }, non so { $dont_know }.
seen-few = { $group }, rilevazione { $wave }: { $reason }.
seen-question = Ha visto questa azione?
seen-yes = Sì
seen-no = No
seen-dont_know = Non so
seen-send = Invia
seen-kept = Grazie: la sua risposta è registrata.
seen-replaced = La sua risposta di prima è stata sostituita da questa.
seen-choose = Scelga una risposta: non è stato registrato nulla.
said-done-title = Avete detto, abbiamo fatto
said-done-lead = Che cosa è emerso le altre volte e che cosa si è fatto da allora. Può dire se lo ha visto: si contano solo le risposte per gruppo, mai chi le dà.
said-done-none = Per ora non c'è nulla da raccontare: nessuna decisione riguarda le rilevazioni precedenti.
said-done-all = Leggi tutte le decisioni
said-done-back = Torna allo spazio di chi partecipa
said-done-task = Avete detto, abbiamo fatto
said-done-task-lead = Che cosa si è fatto dopo la volta scorsa. Lo ha visto?
space-decisions = Che cosa si è deciso
space-decisions-lead = Le decisioni e le azioni che seguono da questi risultati.
field-finding_indicator = Indicatore
hint-finding_indicator = Lo lasci vuoto se ciò che è emerso non riguarda un solo indicatore.
field-finding_words = Che cosa è emerso
hint-finding_words = In una o due frasi. Non scriva nomi di persone.
finding-no-indicator = Nessun indicatore in particolare
field-decision_outcome = Che cosa si è deciso
field-decision_reason = Perché
hint-decision_reason = Chi ha partecipato leggerà questo motivo.
field-correction_reason = Perché corregge
hint-correction_reason = Si legge accanto alla versione di prima.
field-action_title = Che cosa si fa
field-action_owner = Chi ne risponde
hint-action_owner = Un ufficio, un ente o un ruolo. Non il nome di una persona.
field-action_group = Gruppo di attori
action-no-group = Nessuno in particolare
field-action_due = Entro quando
field-action_resources = Con quali risorse
hint-action_resources = Ore, soldi, spazi, persone: quello che serve davvero.
effect-indicator-n = Miglioramento atteso { $n }: quale indicatore dovrebbe migliorare
effect-points-n = Miglioramento atteso { $n }: di quanti punti
effect-wave-n = Miglioramento atteso { $n }: entro quale rilevazione
effect-none = Nessuno
field-action_state = Come sta
field-state_note = A che punto è, o perché si è abbandonata
field-action_evidence = Che cosa lo mostra
hint-action_evidence = Un atto, un verbale, un servizio aperto: che cosa può vedere chi legge.
field-action_link = Indirizzo di un documento
hint-action_link = Comincia con https://
field-problem-finding-empty = Scelga un indicatore o scriva che cosa è emerso.
field-problem-actions-pending = Ci sono azioni da fare o in corso: prima dica come stanno.
field-problem-effect-points = Scriva di quanti punti dovrebbe migliorare: un numero sopra zero, fino a 100.
field-problem-abandoned-why = Un'azione si abbandona con un motivo: lo scriva.
field-problem-done-what-shows = Scriva che cosa mostra che è fatta.
field-problem-https-link = L'indirizzo comincia con https:// e non ha spazi.
audit-decision-taking = Decisione scritta
audit-decision-revision = Decisione corretta
audit-action-planning = Azione aggiunta
audit-action-state = Stato di un'azione
audit-action-revision = Azione corretta
report-decisions = Che cosa si è deciso e fatto
report-decisions-none = Su questa rilevazione non c'è ancora nessuna decisione.
report-decisions-caption = Decisioni e azioni
report-decisions-finding = Che cosa è emerso
report-decisions-decision = Decisione
report-decisions-action = Azione
report-decisions-stands = A che punto è
report-decisions-effect = Atteso e osservato
report-decisions-no-action = nessuna azione
report-decisions-no-effect = nessun miglioramento dichiarato
report-decisions-signed = Scritta il
report-decisions-open = Ancora senza risposta: { $indicator }. { $number }
report-kind-verbale = Verbale delle decisioni
report-kind-verbale-what = Che cosa è emerso, che cosa si è deciso e a che punto sono le azioni: da stampare e firmare.
files-decisions = Che cosa si è deciso e fatto: una riga per ogni azione e miglioramento atteso, con lo stato e ciò che si è osservato. CSV con punto e virgola.
