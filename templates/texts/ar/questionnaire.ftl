# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

# Draft: no native speaker has revised it yet.

reason-DK = لا أعرف
reason-NA = لا ينطبق عليّ
reason-RF = أفضّل عدم الإجابة
landing-kicker = استبيان
landing-who = الجهة التي تسأل
landing-group = تجيب بصفتك
landing-when = المرحلة
landing-long = المدة
landing-minutes = نحو { $minutes } دقائق، { $questions } سؤالًا
landing-minutes-measured = عادةً { $minutes } دقائق، { $questions } سؤالًا
landing-languages = بلغة أخرى
landing-not-revised = هذه الترجمة مسودّة: لم يراجعها بعدُ شخص لغته الأم هي العربية.
landing-not-tested = هذه النسخة السهلة القراءة لم تُجرَّب بعد مع القرّاء.
landing-until = آخر موعد
landing-contact = للاستفسار
landing-minimum = لا تُنشر نتائج أي مجموعة إلا إذا أجاب { $least } أشخاص منها على الأقل.
landing-privacy = كيف نتعامل مع الإجابات
landing-start = ابدأ
landing-resume = تابع
landing-see-receipt = عرض الإيصال
landing-saved = سبق أن حفظتَ إجابات بهذا الرمز: ستجدها كلها.
landing-submitted = سبق أن أرسلتَ الاستبيان بهذا الرمز.
landing-cookie = عند الضغط على الزر تُحفظ على جهازك ملفات تعريف تقنية فقط، لكي نجد إجاباتك مرة أخرى.
landing-title = استبيان – { $project }
landing-description = تطلب { $organisation } رأيك في «{ $project }». نحو { $minutes } دقائق.
collection-anonymous = الاستبيان مجهول الهوية
collection-anonymous-text = الرابط واحد للمجموعة كلها. لا نحفظ مع الإجابات إلا المجموعة واليوم: لا اسم ولا عنوان ولا جهاز.
collection-confidential = الاستبيان سرّي
collection-confidential-text = الرمز لك وحدك. تُحفظ قائمة الرموز والإجابات في سجلّين منفصلين، ويُمحى الرابط بينهما عند الإغلاق.
page-errors = يوجد خطأ في ما أُرسل. بقيت الإجابات الأخرى أدناه.
page-error-item = «{ $value }» ليس من أسئلة هذه الصفحة.
page-error-answer = «{ $value }» ليس من إجابات السؤال { $item }.
page-error-twice = للسؤال { $item } إجابتان: اختر واحدة.
page-step = الخطوة { $step } من { $steps }
page-minutes = { $minutes ->
    [one] نحو دقيقة واحدة
    [two] نحو دقيقتين
    [few] نحو { $minutes } دقائق
   *[other] نحو { $minutes } دقيقة
 }
page-title = الخطوة { $step } من { $steps }: { $family }
page-title-error = خطأ: الخطوة { $step } من { $steps }
page-blank = يمكنك ترك سؤال بلا إجابة والعودة إليه لاحقًا.
page-next = احفظ وتابع
page-back = رجوع
page-later = احفظ وتابع لاحقًا
pause-title = إجاباتك محفوظة
pause-saved = يمكنك إغلاق الصفحة. لمتابعة الإجابة، حتى من جهاز آخر، تحتاج إلى هذا الرمز.
pause-code = رمزك
pause-how = اكتبه أو صوّره. للمتابعة أدخل الرمز في الصفحة الأولى أو افتح هذا العنوان:
pause-until = يمكنك المتابعة حتى { $until }.
pause-keep = لا يمكننا استعادة رمز مفقود.
pause-back = العودة إلى الاستبيان
review-title = راجع إجاباتك
review-lead = لم تُرسَل بعد. يمكنك تغييرها كلها.
review-unanswered = { $count ->
    [one] سؤال واحد بلا إجابة
    [two] سؤالان بلا إجابة
    [few] { $count } أسئلة بلا إجابة
   *[other] { $count } سؤالًا بلا إجابة
 }
review-unanswered-ok = لا بأس: يمكنك الإرسال كما هي.
review-none = بلا إجابة
review-change = تعديل
review-change-which = الإجابة { $number }
review-final = بعد الإرسال لا يمكن تغيير الإجابات.
review-submit = أرسل الإجابات
receipt-title = شكرًا، وصلت إجاباتك
receipt-stored = إجاباتك عن «{ $project }» محفوظة.
receipt-code = إيصالك
receipt-keep = احتفظ به إن شئت.
receipt-anonymous = يثبت أن استبيانًا قد وصل. لا يذكر من ملأه: لذلك لا يمكن بعد الإرسال العثور عليه ولا حذفه.
receipt-confidential = يثبت أن استبيانك قد وصل.
receipt-next-title = ماذا بعد؟
receipt-next = ينتهي جمع الإجابات في { $closes_on }. ثم تُحسب النتائج؛ وعندما تنشرها الجهة تجدها هنا:
receipt-results = صفحة المشروع
review-code = رمز الدخول
review-code-why = هو الرمز الموجود في الرسالة. نطلبه هنا لأننا لا نحفظه مع الإجابات.
receipt-next-person = إلى الشخص التالي
receipt-next-person-what = إن كنت تحتاج إلى الإيصال فانسخه الآن: بعد ذلك ينسى هذا الجهاز كل شيء.
receipt-named = يثبت أن استبيان منظمتك قد وصل.
collection-named = الاستبيان بالاسم
collection-named-text = تجيب منظمتك باسمها: يراه من يقيّم بجانب الإجابات. لا تكتب أسماء أشخاص.
collection-slip-text = الرمز يضمن أن يجيب كل شخص مرة واحدة فقط. لا نحفظه مع الإجابات: لا يبقى معها إلا المجموعة واليوم.
