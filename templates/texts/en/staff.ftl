# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

sign-in-title = Sign in to the workspace
sign-in-what = The link works once. Press the button to enter.
sign-in-button = Enter
sign-out = Sign out
workspace-title = Workspace
workspace-no-projects = There are no projects yet.
workspace-no-waves = No waves.
wave-collection = Collection
wave-coverage-what = Counts only: results exist after closing.
wave-no-roster = No group is listed.
wave-results = See the results
wave-acts = What can be done now
links-title = Links ready
links-once = Copy them now: for safety the service keeps only their fingerprint and cannot show them again.
links-code = Or the code
act-open = Open the wave
act-open-what = From now on answers are taken. The way of collecting and the version of the items no longer change.
act-close = Close the wave
act-close-what = No more answers are taken. Drafts that were not submitted and every tie between codes and answers are deleted.
act-links = Make a link for every group
act-links-what = One link for the whole group, to send as a message or to print. Links handed out before go on working.
