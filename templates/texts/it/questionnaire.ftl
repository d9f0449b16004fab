# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

reason-DK = Non so
reason-NA = Non mi riguarda
reason-RF = Preferisco non rispondere
landing-kicker = Questionario
landing-who = Chi lo chiede
landing-group = Lei risponde come
landing-when = Momento
landing-long = Quanto dura
landing-minutes = Circa { $minutes } minuti, { $questions } domande
landing-minutes-measured = Di solito { $minutes } minuti, { $questions } domande
landing-languages = In un'altra lingua
landing-not-revised = Questa traduzione è una bozza: non l'ha ancora riletta chi parla questa lingua da sempre.
landing-not-tested = Questa versione facile da leggere non è ancora stata provata con i lettori.
landing-until = Fino a quando
landing-contact = Per informazioni
landing-minimum = I risultati di un gruppo si pubblicano solo se hanno risposto almeno cinque persone.
landing-privacy = Come trattiamo le risposte
landing-start = Inizia
landing-resume = Riprendi
landing-see-receipt = Rivedi la ricevuta
landing-saved = Con questo codice ha già salvato delle risposte: le ritrova tutte.
landing-submitted = Con questo codice ha già inviato il questionario.
landing-cookie = Premendo il pulsante si salvano sul dispositivo solo cookie tecnici, che servono a ritrovare le sue risposte.
landing-title = Questionario – { $project }
landing-description = { $organisation } chiede la sua opinione su “{ $project }”. Circa { $minutes } minuti.
collection-anonymous = Il questionario è anonimo
collection-anonymous-text = Il link è uguale per tutto il gruppo. Con le risposte conserviamo solo il gruppo e il giorno: nessun nome, nessun indirizzo, nessun dispositivo.
collection-confidential = Il questionario è riservato
collection-confidential-text = Il codice è solo suo. L'elenco dei codici e le risposte stanno in archivi separati, e il legame tra i due si cancella alla chiusura.
page-errors = Qualcosa non va in ciò che è stato inviato. Le altre risposte sono rimaste qui sotto.
page-error-item = “{ $value }” non è tra le domande di questa pagina.
page-error-answer = “{ $value }” non è tra le risposte della domanda { $item }.
page-error-twice = La domanda { $item } ha due risposte: ne scelga una.
page-step = Passo { $step } di { $steps }
page-minutes = { $minutes ->
    [one] circa 1 minuto
   *[other] circa { $minutes } minuti
 }
page-title = Passo { $step } di { $steps }: { $family }
page-title-error = Errore: passo { $step } di { $steps }
page-blank = Può lasciare in bianco una domanda e tornarci dopo.
page-next = Salva e continua
page-back = Indietro
page-later = Salva e riprendi più tardi
pause-title = Le sue risposte sono salvate
pause-saved = Può chiudere la pagina. Per riprendere, anche da un altro dispositivo, serve questo codice.
pause-code = Il suo codice
pause-how = Lo annoti o lo fotografi. Per riprendere, scriva il codice nella pagina iniziale oppure apra questo indirizzo:
pause-until = Può riprendere fino al { $until }.
pause-keep = Non possiamo recuperare un codice perduto.
pause-back = Torna al questionario
review-title = Controlli le sue risposte
review-lead = Non sono ancora inviate. Può cambiarle tutte.
review-unanswered = { $count ->
    [one] Una domanda è senza risposta
   *[other] { $count } domande sono senza risposta
 }
review-unanswered-ok = Va bene così: può inviare lo stesso.
review-none = Senza risposta
review-change = Modifica
review-change-which = la risposta { $number }
review-final = Dopo l'invio le risposte non si possono più cambiare.
review-submit = Invia le risposte
receipt-title = Grazie, le sue risposte sono arrivate
receipt-stored = Le sue risposte su “{ $project }” sono salvate.
receipt-code = La sua ricevuta
receipt-keep = La conservi, se vuole.
receipt-anonymous = Prova che un questionario è arrivato. Non dice chi l'ha compilato: per questo, dopo l'invio, non è possibile ritrovarlo né cancellarlo.
receipt-confidential = Prova che il suo questionario è arrivato.
receipt-next-title = E adesso?
receipt-next = La rilevazione si chiude il { $closes_on }. Poi si calcolano i risultati; quando l'ente li pubblica, si trovano qui:
receipt-results = la pagina del progetto
review-code = Codice d'accesso
review-code-why = È quello della lettera o del messaggio. Lo chiediamo qui perché non lo conserviamo con le risposte.
receipt-next-person = Passa alla prossima persona
receipt-next-person-what = Se la ricevuta le serve, la copi adesso: poi questo dispositivo dimentica tutto.
receipt-named = Prova che il questionario della sua organizzazione è arrivato.
collection-named = Il questionario è nominativo
collection-named-text = La sua organizzazione risponde con il proprio nome: chi valuta lo vede accanto alle risposte. Non scriva nomi di persone.
collection-slip-text = Il codice serve a far rispondere ogni persona una volta sola. Non lo conserviamo con le risposte: con quelle restano solo il gruppo e il giorno.
