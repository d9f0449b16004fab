# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

home-title = Valutare insieme
home-lead = Chi lavora a un progetto comune risponde a poche domande. Le risposte diventano punteggi che si possono confrontare onestamente: tra gruppi, nel tempo, tra progetti. Il risultato torna a chi ha risposto.
home-answer-title = Ha ricevuto un invito?
home-answer = Scriva qui il codice. Lo stesso codice serve anche per riprendere un questionario lasciato a metà.
code-label = Codice
code-hint = Dodici caratteri, per esempio ABCD-EFGH-JKMN. Maiuscole, spazi e trattini non contano.
code-send = Continua
home-programmes = Programmi valutati
home-no-programmes = Non ci sono ancora programmi.
home-how-title = Come funziona
home-how-1 = Ogni gruppo (enti pubblici, Terzo settore, imprese, cittadini…) riceve le sue domande.
home-how-2 = Si risponde dal telefono in pochi minuti, senza registrarsi, e si può smettere e riprendere.
home-how-3 = Alla chiusura si calcolano i punteggi: prima dentro ogni gruppo, poi ogni gruppo conta una voce. Nessuno può leggere la risposta di una persona.
home-how-4 = I risultati si discutono insieme, e la rilevazione dopo mostra che cosa è cambiato.
home-frameworks = Guardi che cosa si chiede: il catalogo degli indicatori
editions-count = { $count ->
    [one] 1 edizione
   *[other] { $count } edizioni
 }
projects-count = { $count ->
    [one] 1 progetto
   *[other] { $count } progetti
 }
responses-count = { $count ->
    [one] 1 risposta
   *[other] { $count } risposte
 }
