# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

letter-staff-invitation-subject = { $body } invites you to work with Insieme
letter-staff-invitation-text =
    Hello,

    { $body } invites you to work on its participatory evaluation in this role: { $role }.

    To accept, open this address within 14 days. It is for you only: do not pass it on.

    { $link }

    If you did not expect this message, do nothing: the invitation runs out by itself.
message-waiting = the message is about to leave
message-sending = the message is leaving
message-sent = message handed to the mail server
message-failed = message not delivered
message-given_up = message not delivered after many tries
message-withdrawn = not needed any more
letter-invitation-subject = { $project }: we ask for your opinion
letter-invitation-text =
    Hello,

    { $body } asks you to answer the questionnaire on “{ $project }”. { $purpose }

    To answer, open this address by { $until }:

    { $link }

    { $mode }

    Questions: { $contact }
letter-reminder-subject = { $project }: you have until { $until }
letter-reminder-text =
    Hello,

    some days ago { $body } asked you to answer the questionnaire on “{ $project }”. There is still time, until { $until }:

    { $link }

    The address in the first message works as well. If you have answered, nothing more is needed.

    { $mode }

    Questions: { $contact }
letter-receipt-subject = { $project }: your answers have arrived
letter-receipt-text =
    Hello,

    your answers to the questionnaire on “{ $project }” have reached { $body }. Thank you.

    The code of your receipt is { $code }

    Until { $until } you can read, correct or erase them, with this code, here:

    { $address }

    For questions: { $contact }
