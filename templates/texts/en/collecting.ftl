# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

entry-title = Questionnaires on paper
entry-lead = Every form is keyed in twice, better by two people: if both entries are the same, the answers are kept; if not, whoever holds the sheet decides.
entry-new = Key in a form
entry-new-lead = Choose the group and write the number at the top of the sheet. If the sheet has no number, give it one now, on the sheet and here.
entry-begin = Begin
entry-none = No form was keyed in.
entry-none-waiting = No form is waiting.
entry-stored = { $count ->
    [0] No form kept.
    [one] 1 form kept.
   *[other] { $count } forms kept.
  }
entry-form = Form { $number }
entry-by = First keyed in by { $name }
entry-stage-once = The second entry is missing
entry-stage-differing = The two entries differ
entry-stage-stored = The written answers are missing
entry-first = { $group }, form { $number }: first entry
entry-first-lead = One box for each question, in the order of the sheet. Empty boxes count as left blank.
entry-second = { $group }, form { $number }: second entry
entry-second-lead = Key in the form as if for the first time: the first entry is not shown, so that every mistake comes out.
entry-differing = { $group }, form { $number }: where the entries differ
entry-differing-lead = Look at the sheet and write what is really there. A hyphen means that the question was left blank.
entry-said = First entry: { $first }. Second: { $second }.
entry-blank = empty = left blank
entry-save = Save
entry-discard = Throw away what was keyed in
entry-discard-what = If the number is wrong or the sheet does not count: the form will be as if never keyed in.
entry-done-once = First entry saved. The answers count after the second.
entry-done-stored = The form is complete and the answers are kept.
field-entry_number = Number of the form
field-paper_code = Code written on the sheet
hint-paper_code = Only if the sheet has an access code: so that nobody is counted twice.
field-answering_body = Organisation that answers
field-problem-form-number = The number of a form has only letters, digits and hyphens.
field-problem-no-answer = Write a number from { $least } to { $most }, or D, N or R; empty if blank.
field-problem-undecided = Write what is on the sheet; a hyphen if it is blank.
field-problem-code-unknown = This code is not of this wave and group: compare it with the sheet.
field-problem-code-used = This code was used to answer: the sheet would be counted twice.
field-problem-code-of-group = This is the code of the whole group: leave it empty.

batch-title = Load a file of answers
batch-lead = For answers collected elsewhere: one row for each person, one column for each question. First it is tried: nothing is kept until you confirm.
batch-model = Download the empty file with the right columns
batch-try = Try the file
batch-back = Choose another file
batch-trial-title = What the file contains
batch-trial-lead = { $count ->
    [one] 1 response, ready to be kept.
   *[other] { $count } responses, ready to be kept.
  }
batch-confirm = { $count ->
    [one] Keep 1 response
   *[other] Keep { $count } responses
  }
batch-groups = By group
batch-modes = How they were given
batch-left-out = What is left out
batch-nothing-left-out = Nothing.
batch-other-wave = The file has rows of wave “{ $what }”: only those of { $wave } are loaded here.
batch-several-projects = The file has rows of several projects: load one at a time.
batch-not-asked = This wave asks the group “{ $what }” nothing: take its rows out.
batch-respondents = The wave is anonymous: the column “respondent” must stay empty.
batch-organisations = Organisations do not answer under their name here: the column “organisation” must stay empty.
batch-answered = “{ $what }” has answered already: the row would be counted twice.
batch-long-names = A name in the columns “respondent” or “organisation” is longer than 200 characters.
batch-too-few = The wave is closed: so that nobody who answers late is recognised, the group “{ $what }” can only get { $least } responses or more at once, and the file has { $count }.
mode-online = On a screen
mode-paper = On paper
mode-assisted = With somebody's help
field-answers = File of answers
hint-answers = CSV in UTF-8, at most 2 MB. Answers are written with the number of the scale, or DK (don't know), NA (does not apply), RF (prefers not to answer); empty if blank.
field-given = How they were given
hint-given = For the rows of a file without the column “mode”.
field-problem-batch-text = It cannot be read as text: choose a CSV file saved in UTF-8.
field-problem-batch-problems = The file was not taken: things to correct { $count }. No response was kept.
file-line = Row { $line }
file-column = column “{ $column }”
file-problem-A003 = the row does not have as many cells as the header, or quotes are not closed.
file-problem-A004 = there is no header, or no row.
file-problem-A101 = a column that is needed is missing.
file-problem-A102 = this column is there twice.
file-problem-A103 = this column is no question of this framework: take it out or correct its name.
file-problem-A104 = columns of questions are missing: they count as left blank.
file-problem-A201 = the cell is empty and needs a name.
file-problem-A202 = there is no such group: use the code of the group.
file-problem-A203 = the cell is neither a number of the scale nor DK, NA, RF.
file-problem-A204 = the scale of this question does not have this number.
file-problem-A205 = the mode is online, paper or assisted.
file-problem-A206 = this is not a number that makes sense here.
file-problem-A207 = the same person is there twice.
file-problem-A208 = the group does not get this question: these answers do not count.
file-problem-A209 = weights are not used: every response counts once.

coverage-title = How the collection goes
coverage-lead = Counts only: who answers what is not seen, and results exist after closing.
coverage-groups = By group
coverage-begun = { $count ->
    [0] No questionnaire is begun and not yet submitted.
    [one] 1 questionnaire is begun and not yet submitted.
   *[other] { $count } questionnaires are begun and not yet submitted.
  }
coverage-left-out = The tables below leave out groups of fewer than { $least } people, so that nobody can be recognised: { $groups }.
coverage-modes = How people answer
coverage-mode = Way
coverage-days = On which days
coverage-day = Day
coverage-stops = Where people stop
coverage-stops-what = Questionnaires that were begun and not submitted, by the last page saved.
coverage-stop = Last page saved
coverage-before-first = None: stopped before the end of the first page
coverage-none = Nothing to count yet.
coverage-no-stops = No questionnaire was left half way.
column-count = How many
column-bar = Comparison

moderation-title = Written answers
moderation-lead = What people wrote in their own words. Nobody else sees it until you decide. Hide what says who somebody is or what hurts, not what is unwelcome.
moderation-none = Nobody wrote anything.
moderation-waiting = Put back to wait
moderation-kept = May be shown
moderation-hidden = Hide
moderated-waiting = Waiting
moderated-kept = May be shown
moderated-hidden = Hidden
entry-words = { $group }, form { $number }: written answers
entry-words-lead = The answers to the questions are kept. If something is written on the sheet, copy it here as it is; if not, just save. Do not copy names.
entry-stage-complete = Complete
