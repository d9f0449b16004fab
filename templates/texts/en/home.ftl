# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

home-title = Evaluating together
home-lead = The people who work on a common project answer a few questions. Their answers become scores that can honestly be compared: between groups, over time, between projects. The result goes back to those who answered.
home-answer-title = Have you received an invitation?
home-answer = Type the code here. The same code also resumes a questionnaire you left half way.
code-label = Code
code-hint = Twelve characters, for example ABCD-EFGH-JKMN. Capitals, spaces and hyphens do not matter.
code-send = Continue
home-programmes = Programmes evaluated
home-no-programmes = There are no programmes yet.
home-how-title = How it works
home-how-1 = Each group (public bodies, Third Sector, firms, citizens…) gets its own questions.
home-how-2 = You answer on your phone in a few minutes, without registering, and can stop and resume.
home-how-3 = When it closes, scores are computed: first inside each group, then each group counts as one voice. Nobody can read one person's answer.
home-how-4 = The results are discussed together, and the next wave shows what has changed.
home-frameworks = See what is asked: the catalogue of indicators
editions-count = { $count ->
    [one] 1 edition
   *[other] { $count } editions
 }
projects-count = { $count ->
    [one] 1 project
   *[other] { $count } projects
 }
responses-count = { $count ->
    [one] 1 response
   *[other] { $count } responses
 }
