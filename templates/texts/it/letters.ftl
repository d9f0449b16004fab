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
