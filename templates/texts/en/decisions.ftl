# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

decisions-title = What came of it: { $wave }
decisions-short = Decisions and actions
decisions-what = What was found, what was decided and what was done. The numbers are those published with the results.
decisions-unpublished = The wave is not published yet: outside the body nobody sees this page.
decisions-decided = What was decided
decisions-unanswered = Still without an answer
decisions-unanswered-what = These are among the first three priorities of the results, and nobody has decided yet what to do. A priority is the higher the more the indicator matters and the more there is still to improve.
decisions-no-answer = no answer
decisions-results = The results of the wave
decisions-how = Decisions are not deleted: they are corrected with a reason, and what they said before can still be read. If an indicator changes after an action, the numbers do not say what made it change.
decisions-nothing = Nothing has been decided yet.
decisions-lead = { $findings ->
    [one] One point was found
   *[other] { $findings } points were found
}: { $decided ->
    [one] one has a decision
   *[other] { $decided } have a decision
}, { $unanswered ->
    [0] none is without an answer.
    [one] one is still without an answer.
   *[other] { $unanswered } are still without an answer.
}
decisions-lead-returned = { $count ->
    [one] One action that was done goes back to the committee, because the indicator that should have improved worsened.
   *[other] { $count } actions that were done go back to the committee, because the indicator that should have improved worsened.
}
decisions-new = Write down a decision
decisions-new-lead = Choose the indicator it is about, or write what was found. Deciding not to act is an answer too: it needs a reason. The score is not typed: the program puts it in, as it is published.
decisions-answer = Decide
decisions-minutes = The minutes, to be printed
decisions-minutes-pdf = The minutes as PDF
decision-outcome-taken = We act
decision-outcome-not_taken = We do not act
decision-about = Indicator:
decision-why = Why:
decision-returned = back to the committee
decision-history = What it said before
decision-corrected = Until { $until }. Corrected because: { $reason }
decision-number = Score { $score } of 100 (interval { $interval }), { $answers }.
decision-number-alone = Score { $score } of 100, { $answers }.
decision-number-withheld = The score is not shown: { $reason }.
decision-save = Save the decision
decision-correct-lead = The version before can still be read, with the reason for the correction.
decision-correct-link = Correct the decision on: { $what }
action-new-link = Add an action for: { $what }
action-new-lead = What will be done, who answers for it and by when. If an indicator is expected to improve, say so beforehand: at the wave you name, the program puts what was expected beside what was observed.
action-save = Save the action
action-correct-link = Correct the action: { $what }
action-state-link = Say how it stands: { $what }
action-state-lead = Those who took part read here how it went.
action-state-save = Save
action-state-planned = to do
action-state-under_way = under way
action-state-done = done
action-state-abandoned = abandoned
action-overdue = late
action-returned = Done, but the indicator worsened: back to the committee
action-returned-what = The action is declared done, and the indicator that should have improved worsened. The committee discusses it again. The numbers do not say what made it change.
action-owner = Who answers for it
action-due = By
action-resources = With what
action-note = How far it is
action-abandoned-why = Why it was abandoned
action-evidence = What shows it
action-link = Read the document
action-seen = Did those who answer see it?
action-moved = Until { $until }. Then: { $state }
effect-expected = Expected: { $indicator } { $points } points by { $wave }.
effect-not-yet = That wave has no results yet.
effect-withheld = The observed change is not shown: { $reason }.
effect-observed = Observed in { $wave }: { $difference } points (from { $interval }): { $verdict }.
effect-observed-alone = Observed in { $wave }: { $difference } points, without an interval: { $verdict }.
seen-counts = { $group }, wave { $wave }: seen { $yes }, not seen { $no }, don't know { $dont_know }.
seen-few = { $group }, wave { $wave }: { $reason }.
seen-question = Did you see this action?
seen-yes = Yes
seen-no = No
seen-dont_know = I don't know
seen-send = Send
seen-kept = Thank you: your answer is recorded.
seen-replaced = Your earlier answer was replaced by this one.
seen-choose = Choose an answer: nothing was recorded.
said-done-title = You said, we did
said-done-lead = What was found the other times and what was done since. You can say whether you saw it: only answers by group are counted, never who gave them.
said-done-none = There is nothing to tell yet: no decision is about earlier waves.
said-done-all = Read all decisions
said-done-back = Back to the participants' space
said-done-task = You said, we did
said-done-task-lead = What was done after last time. Did you see it?
space-decisions = What was decided
space-decisions-lead = The decisions and actions that follow from these results.
field-finding_indicator = Indicator
hint-finding_indicator = Leave it empty if what was found is not about one indicator.
field-finding_words = What was found
hint-finding_words = In a sentence or two. Do not write names of people.
finding-no-indicator = No indicator in particular
field-decision_outcome = What was decided
field-decision_reason = Why
hint-decision_reason = Those who took part will read this reason.
field-correction_reason = Why you correct it
hint-correction_reason = It is read beside the version before.
field-action_title = What is done
field-action_owner = Who answers for it
hint-action_owner = An office, a body or a role. Not the name of a person.
field-action_group = Stakeholder group
action-no-group = None in particular
field-action_due = By when
field-action_resources = With which resources
hint-action_resources = Hours, money, rooms, people: what it really takes.
effect-indicator-n = Improvement expected { $n }: which indicator should improve
effect-points-n = Improvement expected { $n }: by how many points
effect-wave-n = Improvement expected { $n }: by which wave
effect-none = None
field-action_state = How it stands
field-state_note = How far it is, or why it was abandoned
field-action_evidence = What shows it
hint-action_evidence = An act, minutes, a service that opened: what a reader can see.
field-action_link = Address of a document
hint-action_link = It begins with https://
field-problem-finding-empty = Choose an indicator or write what was found.
field-problem-actions-pending = There are actions to do or under way: say first how they stand.
field-problem-effect-points = Write by how many points it should improve: a number above zero, up to 100.
field-problem-abandoned-why = An action is abandoned with a reason: write it.
field-problem-done-what-shows = Write what shows that it is done.
field-problem-https-link = The address begins with https:// and has no spaces.
audit-decision-taking = Decision written down
audit-decision-revision = Decision corrected
audit-action-planning = Action added
audit-action-state = State of an action
audit-action-revision = Action corrected
report-decisions = What was decided and done
report-decisions-none = Nothing has been decided about this wave yet.
report-decisions-caption = Decisions and actions
report-decisions-finding = What was found
report-decisions-decision = Decision
report-decisions-action = Action
report-decisions-stands = How far it is
report-decisions-effect = Expected and observed
report-decisions-no-action = no action
report-decisions-no-effect = no improvement declared
report-decisions-signed = Written on
report-decisions-open = Still without an answer: { $indicator }. { $number }
report-kind-verbale = Minutes of the decisions
report-kind-verbale-what = What was found, what was decided and how far the actions are: to be printed and signed.
files-decisions = What was decided and done: a row for each action and improvement expected, with its state and what was observed. CSV with semicolons.
