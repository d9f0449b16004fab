# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

reason-DK = I don't know
reason-NA = Does not apply to me
reason-RF = I prefer not to answer
landing-kicker = Questionnaire
landing-who = Who asks
landing-group = You answer as
landing-when = Moment
landing-long = How long it takes
landing-minutes = About { $minutes } minutes, { $questions } questions
landing-minutes-measured = Usually { $minutes } minutes, { $questions } questions
landing-languages = In another language
landing-not-revised = This translation is a draft: no native speaker has revised it yet.
landing-not-tested = This easy-to-read version has not been tested with readers yet.
landing-until = Until when
landing-contact = For information
landing-minimum = A group's results are published only if at least five people answered.
landing-privacy = How we treat the answers
landing-start = Start
landing-resume = Resume
landing-see-receipt = See the receipt
landing-saved = You have already saved answers with this code: you will find them all.
landing-submitted = The questionnaire has already been submitted with this code.
landing-cookie = Pressing the button stores technical cookies only on this device, which find your answers again.
landing-title = Questionnaire – { $project }
landing-description = { $organisation } asks for your opinion on “{ $project }”. About { $minutes } minutes.
collection-anonymous = The questionnaire is anonymous
collection-anonymous-text = The link is the same for the whole group. With the answers we keep only the group and the day: no name, no address, no device.
collection-confidential = The questionnaire is confidential
collection-confidential-text = The code is yours alone. The list of codes and the answers are kept apart, and the tie between the two is deleted at closing.
page-errors = Something is wrong with what was sent. Your other answers are still below.
page-error-item = “{ $value }” is not one of the questions of this page.
page-error-answer = “{ $value }” is not one of the answers to question { $item }.
page-error-twice = Question { $item } has two answers: choose one.
page-step = Step { $step } of { $steps }
page-minutes = { $minutes ->
    [one] about 1 minute
   *[other] about { $minutes } minutes
 }
page-title = Step { $step } of { $steps }: { $family }
page-title-error = Error: step { $step } of { $steps }
page-blank = You may leave a question blank and come back to it.
page-next = Save and continue
page-back = Back
page-later = Save and resume later
pause-title = Your answers are saved
pause-saved = You may close the page. To resume, on another device too, you need this code.
pause-code = Your code
pause-how = Write it down or take a picture. To resume, type the code on the first page or open this address:
pause-until = You can resume until { $until }.
pause-keep = We cannot recover a lost code.
pause-back = Back to the questionnaire
review-title = Check your answers
review-lead = They have not been sent yet. You can change all of them.
review-unanswered = { $count ->
    [one] One question has no answer
   *[other] { $count } questions have no answer
 }
review-unanswered-ok = That is fine: you can submit all the same.
review-none = No answer
review-change = Change
review-change-which = answer { $number }
review-final = After submitting, the answers cannot be changed any more.
review-submit = Submit the answers
receipt-title = Thank you, your answers have arrived
receipt-stored = Your answers on “{ $project }” are stored.
receipt-code = Your receipt
receipt-keep = Keep it if you like.
receipt-anonymous = It proves that a questionnaire has arrived. It does not say who filled it in: that is why it can be neither found nor deleted after submitting.
receipt-confidential = It proves that your questionnaire has arrived.
receipt-next-title = And now?
receipt-next = The wave closes on { $closes_on }. Then the results are computed; once the body publishes them, they are here:
receipt-results = the project's page
review-code = Access code
review-code-why = The one in the letter or message. We ask for it here because we do not keep it with the answers.
receipt-next-person = Hand over to the next person
receipt-next-person-what = If you need the receipt, copy it now: this device then forgets everything.
receipt-named = It proves that your organisation's questionnaire has arrived.
collection-named = The questionnaire is named
collection-named-text = Your organisation answers under its own name: evaluators see it beside the answers. Do not write names of people.
collection-slip-text = The code lets every person answer once. We do not keep it with the answers: only the group and the day stay with those.
