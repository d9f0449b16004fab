# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

how-numbers = Where the numbers come from
cards-rule = A person's score is the mean of their answers, put on 0 to 100; whoever answered at least { $share }% of the questions put to their group counts, and at least { $least } where there are three or more. A group's score is the mean of its people. Missing answers are not zero: they do not count.
cards-no-interval = no interval: { $reason }
cards-numbers = standard deviation { $sd }; standard error { $se }; agreement (a_wg) { $agreement }
column-behind = Behind the number
column-notes = Worth knowing
card-indicators = Indicators in the score
card-indicators-of = { $used } of { $asked }
card-indicators-missing = Indicators missing
card-pillar-rule = the scores of the indicators are averaged by the weight they have in the scoring profile, equal unless said otherwise; there is a score only if the indicators that have one carry at least half of the weight
card-error = Uncertainty
card-error-of = standard error { $se }, degrees of freedom { $df }
gaps-how = The difference is that of the means of the two groups, those in the table above. Beside the points it counts how far the answers overlap (Cliff's delta): a gap is “confirmed” if, in addition, chance alone would rarely explain it (Brunner-Munzel test, corrected because there is more than one comparison).
change-between-versions = { $from } and { $to } (on the questions they share)
change-open = Every number opens: group by group, who answered twice, how it is computed.
change-why = Why
change-sentence = The score changed by { $points } points: { $verdict }. It is computed on: { $groups }.
change-no-number = A number cannot be given here: { $reason }.
change-interval = Allowing for chance, the true change ranges from { $interval } (95% interval).
change-no-interval = The interval is not shown: { $reason }.
change-groups-what = Each group with itself. A group counts only if it can be shown in both waves.
change-answers = { $from } and { $to }
column-answers-twice = Answers, before and after
panel-title = The same people, twice
panel-what = Whoever answered in both waves is recognised by a mark without a name. What is counted here is how many went each way, never who.
panel-none = Nothing can be said here of those who answered twice: { $reason }.
panel-counts = { $pairs ->
    [one] 1 person
   *[other] { $pairs } people
 } answered twice: for { $improved } it is better, for { $same } as before, for { $worsened } worse.
panel-mean = On average their answer changed by { $points } points.
panel-different-people = Of the whole change, { $points } points come from the people not being the same.
panel-reliable = One person's change can be told from the noise of the questions from { $points } points up: beyond that it is better for { $improved } and worse for { $worsened }; for { $same } it cannot be said.
panel-numbers = p { $p } (sign flips); rank-biserial correlation { $rank }; correlation between the two answers { $correlation }
attrition-title = Who did not answer again
attrition-what = If those who left were less content than those who stayed, the score rises although nothing got better.
attrition-none = Nothing can be said here of those who did not answer again: { $reason }.
attrition-sentence = The first time, those who later answered again ({ $stayed_n }) gave { $stayed }; those who no longer answered ({ $left_n }) gave { $left }.
attrition-delta = Cliff's delta of those who left against those who stayed: { $delta }
card-difference = How the difference is computed
card-difference-rule = group by group, later less earlier; whoever answered twice counts as the same person, so that chance weighs less
card-threshold = Threshold for improved or worsened
card-threshold-points = { $points } points, set before the data
card-test = Statistical test
card-test-of = standard error { $se }, degrees of freedom { $df }, p { $p }, corrected p (Holm, indicators of the pillar) { $holm }
