# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

letter-staff-invitation-subject = { $body } la invita a lavorare con Insieme
letter-staff-invitation-text =
    Buongiorno,

    { $body } la invita a lavorare alla valutazione partecipata con questo ruolo: { $role }.

    Per accettare apra questo indirizzo entro 14 giorni. Vale per lei sola o solo: non lo inoltri.

    { $link }

    Se non si aspettava questo messaggio, non faccia nulla: l'invito scade da solo.
message-waiting = il messaggio è in partenza
message-sending = il messaggio sta partendo
message-sent = messaggio consegnato al server di posta
message-failed = messaggio non consegnato
message-given_up = messaggio non consegnato dopo molti tentativi
message-withdrawn = non più necessario
letter-invitation-subject = { $project }: le chiediamo la sua opinione
letter-invitation-text =
    Buongiorno,

    { $body } le chiede di rispondere al questionario su “{ $project }”. { $purpose }

    Per rispondere apra questo indirizzo, entro il { $until }:

    { $link }

    { $mode }

    Per domande: { $contact }
letter-reminder-subject = { $project }: c'è tempo fino al { $until }
letter-reminder-text =
    Buongiorno,

    qualche giorno fa { $body } le ha chiesto di rispondere al questionario su “{ $project }”. C'è ancora tempo, fino al { $until }:

    { $link }

    Può usare anche l'indirizzo del primo messaggio. Se ha già risposto, non serve altro.

    { $mode }

    Per domande: { $contact }
letter-receipt-subject = { $project }: le sue risposte sono arrivate
letter-receipt-text =
    Buongiorno,

    le sue risposte al questionario su “{ $project }” sono arrivate a { $body }. Grazie.

    Il codice della ricevuta è { $code }

    Fino al { $until } può rileggerle, correggerle o farle cancellare, con questo codice, qui:

    { $address }

    Per domande: { $contact }
