# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

entry-title = Questionari su carta
entry-lead = Ogni modulo si batte due volte, meglio da due persone: se le due battiture sono uguali, le risposte sono conservate; se no, decide chi ha il foglio in mano.
entry-new = Batti un modulo
entry-new-lead = Scelga il gruppo e scriva il numero che sta in alto sul foglio. Se il foglio non ha numero, ne scriva uno ora, sul foglio e qui.
entry-begin = Comincia
entry-none = Nessun modulo è stato battuto.
entry-none-waiting = Nessun modulo aspetta.
entry-stored = { $count ->
    [0] Nessun modulo conservato.
    [one] 1 modulo conservato.
   *[other] { $count } moduli conservati.
  }
entry-form = Modulo { $number }
entry-by = Battuto la prima volta da { $name }
entry-stage-once = Manca la seconda battitura
entry-stage-differing = Le due battiture sono diverse
entry-stage-stored = Mancano le risposte scritte
entry-first = { $group }, modulo { $number }: prima battitura
entry-first-lead = Una casella per ogni domanda, nell'ordine del foglio. Le caselle vuote valgono come lasciate in bianco.
entry-second = { $group }, modulo { $number }: seconda battitura
entry-second-lead = Batta il modulo come se fosse la prima volta: la prima battitura non si vede, così ogni errore viene fuori.
entry-differing = { $group }, modulo { $number }: dove le battiture sono diverse
entry-differing-lead = Guardi il foglio e scriva che cosa c'è davvero. Un trattino vuol dire che la domanda è stata lasciata in bianco.
entry-said = Prima battitura: { $first }. Seconda: { $second }.
entry-blank = vuota = lasciata in bianco
entry-save = Salva
entry-discard = Butta via ciò che è stato battuto
entry-discard-what = Se il numero è sbagliato o il foglio non vale: il modulo torna come mai battuto.
entry-done-once = Prima battitura salvata. Le risposte contano dopo la seconda.
entry-done-stored = Il modulo è completo e le risposte sono conservate.
field-entry_number = Numero del modulo
field-paper_code = Codice scritto sul foglio
hint-paper_code = Solo se il foglio porta un codice di accesso: così la stessa persona non è contata due volte.
field-answering_body = Organizzazione che risponde
field-problem-form-number = Il numero di un modulo ha solo lettere, cifre e trattini.
field-problem-no-answer = Scriva un numero da { $least } a { $most }, oppure D, N o R; vuota se in bianco.
field-problem-undecided = Scriva che cosa c'è sul foglio; un trattino se è in bianco.
field-problem-code-unknown = Questo codice non è di questa rilevazione e di questo gruppo: lo confronti con il foglio.
field-problem-code-used = Con questo codice si è già risposto: il foglio sarebbe contato due volte.
field-problem-code-of-group = Questo è il codice di tutto il gruppo: lasci vuoto.

batch-title = Carica un file di risposte
batch-lead = Per risposte raccolte altrove: una riga per ogni persona, una colonna per ogni domanda. Prima si prova: non si conserva niente finché non conferma.
batch-model = Scarica il file vuoto con le colonne giuste
batch-try = Prova il file
batch-back = Scegli un altro file
batch-trial-title = Ecco che cosa contiene il file
batch-trial-lead = { $count ->
    [one] 1 risposta compilata, pronta da conservare.
   *[other] { $count } risposte compilate, pronte da conservare.
  }
batch-confirm = { $count ->
    [one] Conserva 1 risposta
   *[other] Conserva { $count } risposte
  }
batch-groups = Per gruppo
batch-modes = Come sono state date
batch-left-out = Che cosa resta fuori
batch-nothing-left-out = Niente.
batch-other-wave = Il file ha righe della rilevazione “{ $what }”: qui si caricano solo quelle della { $wave }.
batch-several-projects = Il file ha righe di più progetti: ne carichi uno per volta.
batch-not-asked = Al gruppo “{ $what }” questa rilevazione non chiede niente: tolga le sue righe.
batch-respondents = La rilevazione è anonima: la colonna “respondent” deve restare vuota.
batch-organisations = Qui le organizzazioni non rispondono con il loro nome: la colonna “organisation” deve restare vuota.
batch-answered = “{ $what }” ha già risposto: la sua riga sarebbe contata due volte.
batch-long-names = Un nome nelle colonne “respondent” o “organisation” supera 200 caratteri.
batch-too-few = La rilevazione è chiusa: per non far riconoscere chi risponde tardi, il gruppo “{ $what }” può ricevere solo { $least } risposte o più insieme, e il file ne ha { $count }.
mode-online = Su uno schermo
mode-paper = Su carta
mode-assisted = Con l'aiuto di qualcuno
field-answers = File delle risposte
hint-answers = CSV in UTF-8, al massimo 2 MB. Le risposte si scrivono con il numero della scala, oppure DK (non so), NA (non mi riguarda), RF (preferisco non rispondere); vuoto se in bianco.
field-given = Come sono state date
hint-given = Vale per le righe di un file senza la colonna “mode”.
field-problem-batch-text = Non si legge come testo: scelga un file CSV salvato in UTF-8.
field-problem-batch-problems = Il file non è stato preso: cose da correggere { $count }. Nessuna risposta è stata conservata.
file-line = Riga { $line }
file-column = colonna “{ $column }”
file-problem-A003 = la riga non ha tante celle quante l'intestazione, o ha virgolette non chiuse.
file-problem-A004 = manca l'intestazione, o non c'è nessuna riga.
file-problem-A101 = manca una colonna che serve.
file-problem-A102 = questa colonna c'è due volte.
file-problem-A103 = questa colonna non è una domanda di questo quadro: la tolga o ne corregga il nome.
file-problem-A104 = mancano colonne di domande: valgono come lasciate in bianco.
file-problem-A201 = la cella è vuota e serve un nome.
file-problem-A202 = questo gruppo non esiste: usi il codice del gruppo.
file-problem-A203 = la cella non è né un numero della scala né DK, NA, RF.
file-problem-A204 = la scala di questa domanda non ha questo numero.
file-problem-A205 = il modo è online, paper o assisted.
file-problem-A206 = non è un numero che qui ha senso.
file-problem-A207 = la stessa persona c'è due volte.
file-problem-A208 = il gruppo non riceve questa domanda: queste risposte non contano.
file-problem-A209 = i pesi non si usano: ogni risposta conta una volta.

coverage-title = Andamento della raccolta
coverage-lead = Solo conteggi: chi risponde che cosa non si vede, e i risultati esistono dopo la chiusura.
coverage-groups = Per gruppo
coverage-begun = { $count ->
    [0] Nessun questionario è cominciato e non ancora inviato.
    [one] 1 questionario è cominciato e non ancora inviato.
   *[other] { $count } questionari sono cominciati e non ancora inviati.
  }
coverage-left-out = Nelle tabelle che seguono non entrano i gruppi sotto { $least } persone, perché nessuno sia riconoscibile: { $groups }.
coverage-modes = Come si risponde
coverage-mode = Modo
coverage-days = In quali giorni
coverage-day = Giorno
coverage-stops = Dove ci si ferma
coverage-stops-what = I questionari cominciati e non inviati, secondo l'ultima pagina salvata.
coverage-stop = Ultima pagina salvata
coverage-before-first = Nessuna: fermi prima della fine della prima pagina
coverage-none = Ancora niente da contare.
coverage-no-stops = Nessun questionario è rimasto a metà.
column-count = Quanti
column-bar = Confronto

moderation-title = Risposte scritte
moderation-lead = Ciò che le persone hanno scritto con parole loro. Nessun altro lo vede finché lei non decide. Nasconda ciò che dice chi è qualcuno o che offende, non ciò che è scomodo.
moderation-none = Nessuno ha scritto niente.
moderation-waiting = Rimetti in attesa
moderation-kept = Si può mostrare
moderation-hidden = Nascondi
moderated-waiting = In attesa
moderated-kept = Si può mostrare
moderated-hidden = Nascosta
entry-words = { $group }, modulo { $number }: risposte scritte
entry-words-lead = Le risposte alle domande sono conservate. Se sul foglio c'è scritto qualcosa con parole sue, lo copi qui com'è; se no, salvi e basta. Non copi nomi.
entry-stage-complete = Completo
