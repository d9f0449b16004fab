# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

# Draft: no native speaker has revised it yet.

tagline = نقيّم معًا ما نصنعه معًا
tagline-with = تقييم تشاركي مع Insieme
skip-to-content = انتقل إلى المحتوى
skip-to-footer = انتقل إلى أسفل الصفحة
language-label = اللغة
notice-label = تنبيه
demo-notice-strong = عرض تجريبي.
demo-notice = كل الإجابات والنقاط التي تراها مُختلَقة.
demo-notice-link = ما هو حقيقي وما ليس كذلك
footer-what = يساعد Insieme على تقييم عمل مشترك مع من يشاركون فيه، وعلى إعادة النتيجة إلى من أجابوا.
footer-version = الإصدار { $version }، برنامج حرّ برخصة ⁨AGPL-3.0-or-later⁩.
footer-privacy = الخصوصية
footer-privacy-here = خصوصية هذه الخدمة
footer-accessibility = إمكانية الوصول
footer-method = كيف تُحسب النقاط
footer-source = الشيفرة المصدرية
