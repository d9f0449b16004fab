# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

how-numbers = Da dove vengono i numeri
cards-rule = Il punteggio di una persona è la media delle sue risposte, portate da 0 a 100; conta chi ha risposto ad almeno il { $share }% delle domande poste al suo gruppo, e ad almeno { $least } dove sono tre o più. Il punteggio di un gruppo è la media delle sue persone. Le risposte mancanti non valgono zero: non contano.
cards-no-interval = senza intervallo: { $reason }
cards-numbers = deviazione standard { $sd }; errore standard { $se }; accordo (a_wg) { $agreement }
column-behind = Dietro il numero
column-notes = Da sapere
card-indicators = Indicatori nel punteggio
card-indicators-of = { $used } di { $asked }
card-indicators-missing = Indicatori che mancano
card-pillar-rule = i punteggi degli indicatori si sommano secondo il peso che hanno nel profilo di calcolo, uguale se non è detto altro; il punteggio c'è solo se gli indicatori che lo hanno portano almeno metà del peso
card-error = Incertezza
card-error-of = errore standard { $se }, gradi di libertà { $df }
gaps-how = La differenza è tra le medie dei due gruppi, quelle della tabella qui sopra. Accanto ai punti conta quanto le risposte si sovrappongono (delta di Cliff): uno scarto è “confermato” se, in più, il caso da solo lo spiegherebbe di rado (test di Brunner-Munzel, corretto perché i confronti sono più d'uno).
change-between-versions = { $from } e { $to } (sulle domande in comune)
change-open = Ogni numero si apre: gruppo per gruppo, chi ha risposto due volte, come si calcola.
change-why = Perché
change-sentence = Il punteggio è cambiato di { $points } punti: { $verdict }. È calcolato su: { $groups }.
change-no-number = Un numero qui non si può dare: { $reason }.
change-interval = Considerando il caso, il cambiamento vero va da { $interval } (intervallo al 95 %).
change-no-interval = L'intervallo non si mostra: { $reason }.
change-groups-what = Ogni gruppo con sé stesso. Un gruppo conta solo se si può mostrare in tutte e due le rilevazioni.
change-answers = { $from } e { $to }
column-answers-twice = Risposte, prima e dopo
panel-title = Le stesse persone, due volte
panel-what = Chi ha risposto in tutte e due le rilevazioni si riconosce da un segno senza nome. Qui si conta quante persone vanno in ogni direzione, mai quali.
panel-none = Qui non si può dire nulla di chi ha risposto due volte: { $reason }.
panel-counts = Hanno risposto due volte { $pairs ->
    [one] 1 persona
   *[other] { $pairs } persone
 }: per { $improved } va meglio, per { $same } come prima, per { $worsened } peggio.
panel-mean = In media la loro risposta è cambiata di { $points } punti.
panel-different-people = Di tutto il cambiamento, { $points } punti vengono dal fatto che le persone non sono le stesse.
panel-reliable = Un cambiamento di una persona si distingue dal rumore delle domande da { $points } punti in su: oltre quella misura per { $improved } va meglio, per { $worsened } peggio; per { $same } non si può dire.
panel-numbers = p { $p } (scambio dei segni); correlazione di rango { $rank }; correlazione tra le due risposte { $correlation }
attrition-title = Chi non ha risposto di nuovo
attrition-what = Se chi è andato via era più scontento di chi è rimasto, il punteggio sale anche se nulla è migliorato.
attrition-none = Qui non si può dire nulla di chi non ha risposto di nuovo: { $reason }.
attrition-sentence = La prima volta, chi poi ha risposto di nuovo ({ $stayed_n }) dava { $stayed }; chi non ha più risposto ({ $left_n }) dava { $left }.
attrition-delta = Delta di Cliff di chi è andato via rispetto a chi è rimasto: { $delta }
card-difference = Come si calcola la differenza
card-difference-rule = gruppo per gruppo, dopo meno prima; chi ha risposto due volte conta come la stessa persona, così il caso pesa meno
card-threshold = Soglia per dire migliorato o peggiorato
card-threshold-points = { $points } punti, fissata prima dei dati
card-test = Prova statistica
card-test-of = errore standard { $se }, gradi di libertà { $df }, p { $p }, p corretto (Holm, indicatori del pilastro) { $holm }
