# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

participation-title = Quanto è stata partecipata?
participation-lead = Una valutazione è partecipata se chi è toccato da un progetto decide che cosa si chiede, quanto conta e che cosa se ne fa. Qui si dice quanti l'hanno fatto, e che cosa ne pensano.
participation-rates = Chi ha partecipato, fase per fase
participation-rates-what = Quante persone di quelle in elenco. Per i gruppi con meno di dieci persone si danno solo i numeri, senza percentuale.
participation-caption = Quanti hanno partecipato, gruppo per gruppo
parity-title = Parità tra i gruppi
parity-what = È la quota del gruppo che ha partecipato di meno divisa per quella del gruppo che ha partecipato di più: 1 se tutti partecipano allo stesso modo, 0 se un gruppo manca del tutto.
parity-is = { $parity }
parity-nobody = nessuno ha partecipato
parity-too-few = non si calcola con meno di due gruppi contati
parity-not-counted = { $groups ->
    [one] non si calcola: di un gruppo non si sa quante persone sono
   *[other] non si calcola: di { $groups } gruppi non si sa quante persone sono
}
sheets-title = Che cosa ne dicono i gruppi
sheets-none = Nessuno ha compilato la scheda sulla partecipazione.
sheets-filled = { $count ->
    [one] Una persona ha compilato la scheda. Le medie si danno da { $least } risposte in su.
   *[other] { $count } persone hanno compilato la scheda. Le medie si danno da { $least } risposte in su.
}
sheets-not-over = { $count ->
    [one] Finora una persona ha compilato la scheda. Le medie si vedranno quando la rilevazione sarà conclusa.
   *[other] Finora { $count } persone hanno compilato la scheda. Le medie si vedranno quando la rilevazione sarà conclusa.
}
sheets-caption = Media dei voti da 1 a 5, gruppo per gruppo
sheets-column-people = Schede
sheet-task = Dire quanto è stata partecipata
sheet-task-lead = Tre domande su come è andata la valutazione, un minuto.
sheet-title = Quanto è stata partecipata questa valutazione?
participation-sheet-lead = Tre domande su come si è lavorato, non sul progetto. Si vedranno solo le medie dei gruppi, e solo dove rispondono abbastanza persone.
sheet-send = Salva la scheda
sheet-done-kept = Scheda salvata, grazie. Può cambiarla finché la rilevazione non è conclusa.
sheet-done-again = Salvata al posto di quella di prima: ogni persona conta una volta.
sheet-done-late = La rilevazione è conclusa: quello che ha scritto non conta, ma è conservato per chi coordina.
sheet-dont-know = Non so
sheet-mark-2 = 2
sheet-mark-3 = 3
sheet-mark-4 = 4
sheet-control = Chi ha deciso come fare la valutazione?
sheet-control-1 = 1 – solo chi valuta o l'ente
sheet-control-5 = 5 – chi partecipa, insieme a chi valuta
sheet-control-short = Chi ha deciso
sheet-control-ends = Chi ha deciso: 1 solo chi valuta o l'ente, 5 chi partecipa, insieme a chi valuta.
sheet-range = Chi ha potuto partecipare?
sheet-range-1 = 1 – pochi, scelti dall'alto
sheet-range-5 = 5 – tutti quelli che il progetto tocca
sheet-range-short = Chi ha potuto partecipare
sheet-range-ends = Chi ha potuto partecipare: 1 pochi, scelti dall'alto, 5 tutti quelli che il progetto tocca.
sheet-depth = Quanto a fondo si è partecipato?
sheet-depth-1 = 1 – solo rispondendo a domande
sheet-depth-5 = 5 – dall'inizio alla fine, fino alle decisioni
sheet-depth-short = Quanto a fondo
sheet-depth-ends = Quanto a fondo: 1 solo rispondendo a domande, 5 dall'inizio alla fine, fino alle decisioni.
report-participation = Quanto è stata partecipata
