# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

participation-title = How participatory was it?
participation-lead = An evaluation is participatory if those whom a project touches decide what is asked, how much it counts and what is done with it. Here is how many did, and what they think of it.
participation-rates = Who took part, phase by phase
participation-rates-what = How many people of those listed. Of groups of fewer than ten people only the numbers are given, without a percentage.
participation-caption = How many took part, group by group
parity-title = Parity between groups
parity-what = The share of the group that took part least, divided by that of the group that took part most: 1 if all take part alike, 0 if one group is missing altogether.
parity-is = { $parity }
parity-nobody = nobody took part
parity-too-few = not computed with fewer than two groups that were counted
parity-not-counted = { $groups ->
    [one] not computed: it is not known how many people one group has
   *[other] not computed: it is not known how many people { $groups } groups have
}
sheets-title = What the groups say
sheets-none = Nobody filled the sheet on participation.
sheets-filled = { $count ->
    [one] One person filled the sheet. Means are given from { $least } answers on.
   *[other] { $count } people filled the sheet. Means are given from { $least } answers on.
}
sheets-not-over = { $count ->
    [one] So far one person filled the sheet. Means will be shown once the wave is concluded.
   *[other] So far { $count } people filled the sheet. Means will be shown once the wave is concluded.
}
sheets-caption = Mean marks from 1 to 5, group by group
sheets-column-people = Sheets
sheet-task = Say how participatory it was
sheet-task-lead = Three questions on how the evaluation went, one minute.
sheet-title = How participatory was this evaluation?
participation-sheet-lead = Three questions on how we worked, not on the project. Only means of groups will be shown, and only where enough people answer.
sheet-send = Save the sheet
sheet-done-kept = Sheet saved, thank you. You can change it until the wave is concluded.
sheet-done-again = Saved in the place of the earlier one: every person counts once.
sheet-done-late = The wave is concluded: what you wrote does not count, but it is kept for the coordinator.
sheet-dont-know = I do not know
sheet-mark-2 = 2
sheet-mark-3 = 3
sheet-mark-4 = 4
sheet-control = Who decided how the evaluation was done?
sheet-control-1 = 1 – only the evaluator or the body
sheet-control-5 = 5 – those who take part, together with the evaluator
sheet-control-short = Who decided
sheet-control-ends = Who decided: 1 only the evaluator or the body, 5 those who take part, together with the evaluator.
sheet-range = Who could take part?
sheet-range-1 = 1 – a few, chosen from above
sheet-range-5 = 5 – everybody whom the project touches
sheet-range-short = Who could take part
sheet-range-ends = Who could take part: 1 a few, chosen from above, 5 everybody whom the project touches.
sheet-depth = How deeply did people take part?
sheet-depth-1 = 1 – only by answering questions
sheet-depth-5 = 5 – from beginning to end, up to the decisions
sheet-depth-short = How deeply
sheet-depth-ends = How deeply: 1 only by answering questions, 5 from beginning to end, up to the decisions.
report-participation = How participatory it was
