# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

print-minutes = { $minutes ->
    [one] about 1 minute
   *[other] about { $minutes } minutes
 }
print-qr = QR code: opens { $address }
print-address = Address
print-code = Your code
print-mode-anonymous = The questionnaire is anonymous: only the group and the day are kept with the answers.
print-mode-confidential = The questionnaire is confidential: at the end, the link between code and answers is deleted.
print-cards-title = Access cards – { $project } – { $wave }
print-card-sentence = { $organisation } asks for your opinion. Point your phone at the QR code, or type address and code.
print-card-sentence-link = { $organisation } asks for your opinion. Point your phone at the QR code, or type the address.
print-card-group = For: { $group }
print-poster-title = Poster – { $project } – { $wave }
print-poster-sentence = Point your phone at the QR code and answer
print-poster-address = Or type this address:
print-paper-title = Questionnaire on paper – { $project } – { $group }
print-paper-form = Form no.
print-paper-wave = Wave
print-paper-group = Group
print-paper-page = Page { $page } of { $pages }
print-paper-how = How to fill it in
print-paper-how-1 = For each statement mark one box only with a cross, with a black or blue pen.
print-paper-how-2 = There are no right or wrong answers: what counts is your experience.
print-paper-how-3 = If you do not know, if the statement does not concern you or if you prefer not to answer, mark one of the three boxes below it. You may also leave it blank.
print-paper-how-4 = If you change your mind, blacken the whole wrong box and mark the right one.
print-paper-written = In your own words
print-paper-written-note = Answer only if you wish. Do not write names, or anything else by which you or others could be recognised.
print-paper-thanks = Thank you
print-paper-return = Please hand back all sheets, by { $day }, to whoever gave them to you.
print-paper-return-to = Please hand back all sheets, by { $day }, here: { $place }.
print-paper-envelope = Do not write your name on the sheets. If you were given an envelope, put them in it and close it.
print-paper-results = Whoever collects the sheets copies the answers as they are. The results of a group are published only if at least five people answered.
print-mode-named = Your organisation answers under its own name.
