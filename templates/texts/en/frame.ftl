# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

tagline = Evaluating together what is done together
skip-to-content = Skip to content
skip-to-footer = Skip to footer
language-label = Language
main-navigation = Main
nav-home = Home
nav-programmes = Programmes
nav-frameworks = Indicators
nav-method = How scores are computed
nav-staff = Workspace
notice-label = Notice
demo-notice-strong = Demonstration.
demo-notice = All answers and all scores you see are invented.
demo-notice-link = What is true and what is not
breadcrumb-label = Breadcrumb
tagline-with = Participatory evaluation, with Insieme
footer-privacy-here = Privacy of this service
footer-what = Insieme evaluates a collaborative practice with the people who take part in it, and gives the result back to those who answered.
footer-version = Version { $version }, free software under AGPL-3.0-or-later.
footer-privacy = Privacy
footer-accessibility = Accessibility
footer-method = How scores are computed
footer-source = Source code
