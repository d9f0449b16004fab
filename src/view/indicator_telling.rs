// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is one indicator of one wave told: first in words, then in numbers with where they come from?

use super::change::verdict;
use super::indicators::{CardLine, GapLine, HistoryLine, ItemLine};
use super::number_cards::{TOGETHER, coefficient, shows_numbers};
use super::numbers::{self, Precision};
use super::questionnaire::Worded;
use super::telling::{ScoreCell, Telling, tone, value};
use crate::chart::{Anchor, BarRow, BarWords, DivergingBars, DotHeadings, DotInterval, DotRow, Figure, Shares, Tone};
use crate::domain::agreement::SharedView;
use crate::domain::comparison::Change;
use crate::domain::framework::{Framework, Item, Level};
use crate::domain::gap::{Gap, GapReading};
use crate::domain::profile::{ScoreView, Voice};
use crate::domain::score::{GroupScore, IndicatorScore, ItemShares, Overall, WaveScores, Withheld};

/// Tells one indicator of one wave.
pub struct IndicatorTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
    /// Who the numbers are for.
    pub view: ScoreView,
    /// How much of the framework the wave asked.
    pub level: Level,
    /// The indicator.
    pub one: &'a IndicatorScore,
}

/// A wave of an indicator's history.
pub struct Moment<'a> {
    /// Its scores.
    pub scores: &'a WaveScores,
    /// Its framework version.
    pub framework: &'a Framework,
    /// Code and name.
    pub name: String,
    /// Where it is; nothing for the wave of the page.
    pub href: Option<String>,
    /// Its change since the wave before it.
    pub change: Option<&'a Change>,
    /// Where that is told; nothing without a change.
    pub change_href: Option<String>,
}

impl IndicatorTelling<'_> {
    /// What the answers say: where the score lies, whether people agree, where groups part, what has changed.
    #[must_use]
    pub fn sentences(&self, changed: Option<&Change>) -> Vec<String> {
        let mut all = vec![self.band()];
        all.extend(self.agreement());
        all.extend(self.widest());
        all.extend(changed.and_then(|change| self.change(change)));
        all
    }

    /// Whether people differ so much that the mean is nobody's answer.
    #[must_use]
    pub fn is_divided(&self) -> bool {
        self.one.agreement.view == Ok(SharedView::Different) || self.one.agreement.polarised == Ok(true)
    }

    fn band(&self) -> String {
        let words = self.telling.words();
        match (self.one.overall.value(), self.one.overall.band) {
            (Ok(_), Ok(band)) => words.say(&format!("band-{}-{}", self.one.pillar, band.code())),
            (Ok(_), Err(reason)) => words.say_with("band-none", [("reason", value(self.telling.reason(reason)))]),
            (Err(reason), _) => words.say_with("score-none", [("reason", value(self.telling.reason(reason)))]),
        }
    }

    fn agreement(&self) -> Option<String> {
        let view = self.one.agreement.view.ok()?;
        let polarised = self.one.agreement.polarised == Ok(true);
        let key = if polarised { "agreement-polarised".to_owned() } else { format!("agreement-{}", view.code()) };
        Some(self.telling.words().say(&key))
    }

    /// The pair of groups that are furthest apart, if it is a gap.
    fn widest(&self) -> Option<String> {
        let (gap, difference) = widest(self.one)?;
        let is_gap = matches!(gap.reading, Ok(GapReading::Confirmed | GapReading::Indicative));
        let (high, low) = if difference >= 0.0 { (&gap.a, &gap.b) } else { (&gap.b, &gap.a) };
        let told = [
            ("high", value(self.telling.group(self.framework, high))),
            ("low", value(self.telling.group(self.framework, low))),
            ("points", value(self.telling.score(difference.abs()))),
        ];
        is_gap.then(|| self.telling.words().say_with("sentence-widest", told))
    }

    fn change(&self, change: &Change) -> Option<String> {
        let estimate = change.estimate.as_ref().ok()?;
        let told = [("from", value(change.from.clone())), ("verdict", value(verdict(self.telling, estimate)))];
        Some(self.telling.words().say_with("sentence-since", told))
    }

    /// Everybody together and each group that takes part, with their intervals.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        let words = self.telling.words();
        let overall = &self.one.overall;
        let together = DotRow {
            label: words.say("column-together"),
            sublabel: Some(self.telling.n_of_n(overall.valid, overall.listed)),
            tone: tone(self.one.pillar),
            reading: self.telling.reading(overall.value(), overall.interval),
        };
        let group = |group: &GroupScore| DotRow {
            label: self.telling.group(self.framework, &group.group),
            sublabel: Some(self.telling.n_of_n(group.valid, group.listed)),
            tone: Tone::Series(crate::chart::Series::at(0)),
            reading: self.telling.reading(group.mean, group.interval),
        };
        let groups: Vec<DotRow> = self.one.groups.iter().filter(|one| takes_part(one)).map(group).collect();
        if groups.is_empty() {
            return None;
        }
        let chart = DotInterval {
            rows: std::iter::once(together).chain(groups).collect(),
            axis: Some(words.say("chart-axis")),
            band: None,
            keys: Vec::new(),
            headings: DotHeadings {
                row: words.say("column-group"),
                sublabel: words.say("column-answers"),
                value: words.say("column-score"),
                interval: words.say("column-interval"),
            },
        };
        let sentence = self.widest().unwrap_or_else(|| words.say("sentence-groups-close"));
        let caption = self.telling.caption(words.say("figure-groups"), sentence);
        Some(chart.figure(&Anchor::new("groups"), &caption))
    }

    /// How the answers to each question lie, or why that is not shown.
    ///
    /// # Errors
    /// The reason, in words, if no question may be shown.
    pub fn answers(&self) -> Result<Figure, String> {
        let words = self.telling.words();
        let asked = |item: &&ItemShares| self.asked().any(|one| one.code == item.item);
        let rows: Vec<BarRow> = self.one.items.iter().filter(asked).map(|item| self.bar(item)).collect();
        if let Some(Err(reason)) = rows.first().map(|row| &row.answers)
            && rows.iter().all(|row| row.answers.is_err())
        {
            return Err(reason.clone());
        }
        let parts = ["answers-low", "answers-middle", "answers-high"].map(|key| words.say(key));
        let heads = BarWords { row: words.say("column-question"), sublabel: words.say("column-answers"), parts };
        let caption = self.telling.caption(words.say("figure-answers"), words.say("sentence-answers"));
        Ok(DivergingBars { rows, words: heads }.figure(&Anchor::new("answers"), &caption))
    }

    fn bar(&self, item: &ItemShares) -> BarRow {
        let text = |code: &str| {
            let found = self.framework.items().find(|(_, one)| one.code == code);
            found.map_or_else(|| code.to_owned(), |(_, one)| one.text.get(self.telling.language).to_owned())
        };
        let counts = item.answers.and_then(|all| {
            let (top, bottom) = (item.top?, item.bottom?);
            Ok([bottom, all.saturating_sub(top).saturating_sub(bottom), top])
        });
        let shares = counts.map_err(|reason| self.telling.reason(reason)).and_then(|counts| {
            Shares::new(counts, self.percents(counts)).ok_or_else(|| self.telling.reason(Withheld::NoValidAnswers))
        });
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let said = item.answers.map_or_else(|_| String::new(), |all| self.telling.n_of_n(count(all), None));
        let unsaid = item.dont_know.ok().filter(|unsure| *unsure > 0 && shares.is_ok());
        let unsaid =
            unsaid.map(|unsure| self.telling.words().say_with("answers-unsure", [("count", count(unsure).into())]));
        BarRow {
            label: text(&item.item),
            sublabel: [Some(said), unsaid].into_iter().flatten().collect::<Vec<_>>().join(", "),
            answers: shares,
        }
    }

    fn percents(&self, counts: [u64; 3]) -> [String; 3] {
        let whole: u64 = counts.iter().sum::<u64>().max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
        let percent = |count: u64| 100.0 * count as f64 / whole as f64;
        counts.map(|count| format!("{}%", numbers::score(percent(count), Precision::Whole, self.telling.language)))
    }

    /// Its questions as they were asked.
    #[must_use]
    pub fn items(&self) -> Vec<ItemLine> {
        let language = self.telling.language;
        let audience = |codes: &[String]| {
            if codes.is_empty() {
                self.telling.words().say("audience-all")
            } else {
                self.telling.groups(self.framework, codes)
            }
        };
        self.asked()
            .map(|item| ItemLine {
                code: item.code.clone(),
                text: Worded::new(item.text.shown(language), language),
                audience: audience(&item.audience),
                reverse: item.reverse,
            })
            .collect()
    }

    /// The items that the wave asked.
    fn asked(&self) -> impl Iterator<Item = &Item> {
        let all = self.framework.indicator(&self.one.indicator).into_iter().flat_map(|one| &one.items);
        all.filter(|item| item.level <= self.level)
    }

    /// Every two groups, the widest difference first; those withheld at the end.
    #[must_use]
    pub fn gaps(&self) -> Vec<GapLine> {
        let mut gaps: Vec<&Gap> = self.one.gaps.iter().filter(|gap| self.take_part(gap)).collect();
        let width = |gap: &Gap| gap.difference.map_or(-1.0, f64::abs);
        gaps.sort_by(|a, b| width(b).total_cmp(&width(a)));
        gaps.into_iter().map(|gap| self.gap(gap)).collect()
    }

    fn take_part(&self, gap: &Gap) -> bool {
        let part = |code: &str| self.one.groups.iter().any(|group| group.group == code && takes_part(group));
        part(&gap.a) && part(&gap.b)
    }

    fn gap(&self, gap: &Gap) -> GapLine {
        let words = self.telling.words();
        let turned = gap.difference.is_ok_and(|difference| difference < 0.0);
        let (first, second) = if turned { (&gap.b, &gap.a) } else { (&gap.a, &gap.b) };
        let groups = [("first", first), ("second", second)];
        GapLine {
            groups: words.say_with(
                "gap-groups",
                groups.map(|(name, code)| (name, value(self.telling.group(self.framework, code)))),
            ),
            reading: match (gap.reading, gap.difference) {
                (Ok(reading), _) => words.say(&format!("gap-{}", reading.code())),
                (Err(reason), _) => self.telling.reason(reason),
            },
            points: gap.difference.ok().map(|difference| self.telling.score(difference.abs())),
            numbers: self.gap_numbers(gap, turned),
        }
    }

    /// Delta with its interval and p, for evaluators; of the group that is named first, whichever it is.
    fn gap_numbers(&self, gap: &Gap, is_turned: bool) -> Option<String> {
        let delta = gap.cliffs_delta.ok().filter(|_| shows_numbers(self.view))?;
        let language = self.telling.language;
        let interval = gap
            .delta_interval
            .ok()
            .map(|found| if is_turned { [-found.high, -found.low] } else { [found.low, found.high] })
            .map(|ends| ends.map(|end| numbers::coefficient(end, language)).join("; "));
        let delta = if is_turned { -delta } else { delta };
        Some(self.telling.words().say_with(
            "gap-numbers",
            [
                ("delta", value(numbers::coefficient(delta, language))),
                ("interval", value(interval.unwrap_or_else(|| "–".to_owned()))),
                ("p", value(gap.p_holm.map_or_else(|_| "–".to_owned(), |p| numbers::coefficient(p, language)))),
            ],
        ))
    }

    /// Where the number comes from.
    #[must_use]
    pub fn card(&self, profile_sha256: &str) -> Vec<CardLine> {
        let (words, overall) = (self.telling.words(), &self.one.overall);
        let groups = |codes: &[String]| {
            if codes.is_empty() { words.say("card-none") } else { self.telling.groups(self.framework, codes) }
        };
        let interval = overall.value().and(overall.interval);
        let interval = interval.map_or_else(
            |reason| self.telling.reason(reason),
            |found| numbers::interval(found, self.telling.precision, self.telling.language),
        );
        let mut lines = vec![
            ("card-answers", self.telling.n_of_n(overall.valid, overall.listed)),
            ("card-used", groups(&overall.groups_used)),
            ("card-missing", groups(&overall.groups_missing)),
            ("card-rule", words.say(&format!("voice-{}", overall.voice.code()))),
            ("card-interval", interval),
        ];
        if shows_numbers(self.view) {
            lines.extend(self.evaluator_lines());
        }
        lines.push(("card-framework", format!("{} {}", self.framework.id, self.framework.version)));
        lines.push(("card-profile", profile_sha256.get(..12).unwrap_or(profile_sha256).to_owned()));
        lines.into_iter().map(|(key, value)| CardLine { name: words.say(key), value }).collect()
    }

    fn evaluator_lines(&self) -> Vec<(&'static str, String)> {
        let voices = Voice::ALL.into_iter().filter(|voice| *voice != self.one.overall.voice).map(|voice| {
            let name = self.telling.words().say(&format!("voice-{}", voice.code()));
            format!("{name}: {}", self.telling.score_or_reason(self.one.overall.voice_value(voice)))
        });
        vec![
            ("card-alpha", coefficient(self.telling, self.one.consistency.alpha)),
            ("card-agreement", coefficient(self.telling, self.one.agreement.a_wg)),
            ("card-voices", voices.collect::<Vec<_>>().join("; ")),
        ]
    }

    /// Every wave in which the indicator was asked, with the change since the wave before or why there is none.
    #[must_use]
    pub fn history(&self, moments: &[Moment<'_>]) -> Vec<HistoryLine> {
        let mut lines: Vec<HistoryLine> = Vec::new();
        for moment in moments {
            let found = moment.scores.indicators.iter().find(|one| one.indicator == self.one.indicator);
            let Some(one) = found.filter(|one| one.overall.value() != Err(Withheld::NotAsked)) else { continue };
            let overall = &one.overall;
            let estimate = moment.change.filter(|_| !lines.is_empty()).map(|change| change.estimate.as_ref());
            lines.push(HistoryLine {
                wave: moment.name.clone(),
                href: moment.href.clone(),
                score: self.moment_cell(overall, moment.href.as_deref()),
                change: estimate.and_then(Result::ok).map(|estimate| self.difference(estimate)),
                change_href: moment.change_href.clone(),
                cut: estimate.and_then(Result::err).map(|reason| self.telling.reason(*reason)),
            });
        }
        lines
    }

    /// The score of a wave, leading to where it comes from.
    fn moment_cell(&self, overall: &Overall, href: Option<&str>) -> ScoreCell {
        let n_of_n = self.telling.n_of_n(overall.valid, overall.listed);
        let cell = self.telling.cell(overall.value(), overall.interval, n_of_n);
        cell.with_card(format!("{}#{TOGETHER}", href.unwrap_or_default()))
    }

    fn difference(&self, estimate: &crate::domain::comparison::ChangeEstimate) -> String {
        let points = numbers::difference(estimate.difference, self.telling.precision, self.telling.language);
        let told = [("points", value(points)), ("verdict", value(verdict(self.telling, estimate)))];
        self.telling.words().say_with("history-change", told)
    }
}

/// The two groups furthest apart on an indicator, with the difference of the first from the second.
#[must_use]
pub fn widest(one: &IndicatorScore) -> Option<(&Gap, f64)> {
    let known = one.gaps.iter().filter_map(|gap| gap.difference.ok().map(|difference| (gap, difference)));
    known.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
}

/// Whether a group was asked, and is listed or answered.
#[must_use]
pub fn takes_part(group: &GroupScore) -> bool {
    !matches!(group.mean, Err(Withheld::NotAddressed | Withheld::NotAsked))
        && (group.listed.is_some() || group.valid > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::Profile;
    use crate::domain::response::Roster;
    use crate::domain::text::{Language, Text};
    use crate::scoring::{samples, score_wave};

    const ITEMS: &[(&str, bool)] = &[("F1a", false), ("F1b", false)];

    /// What is told of one indicator when these rows of group and answers came in.
    fn told<T>(rows: &[(usize, &str)], view: ScoreView, tell: impl FnOnce(&IndicatorTelling<'_>) -> T) -> T {
        let mut framework = samples::framework(&[1, 2, 3, 4, 5], &[("F1", ITEMS)]);
        for (group, name) in framework.groups.iter_mut().zip(["Comune", "Cittadini", "شركات", "X"]) {
            group.name = Text::both(name, name);
        }
        framework.indicators[0].name = Text::both(&"Fiducia ".repeat(40), &"Trust ".repeat(40));
        let profile = Profile { bootstrap_draws: 100, permutations: 100, ..Profile::default() };
        let wave = samples::wave(&framework, "1", rows);
        let scores = score_wave(&framework, &wave, &Roster::unknown(), &profile, view);
        let telling = Telling::new(Language::It, view);
        tell(&IndicatorTelling { telling, framework: &framework, view, level: Level::Core, one: &scores.indicators[0] })
    }

    /// Twelve people a group, the groups far apart.
    fn apart() -> Vec<(usize, &'static str)> {
        let high = ["55", "54", "45", "55"].into_iter().cycle().take(12).map(|answers| (0, answers));
        let low = ["22", "21", "12", "33"].into_iter().cycle().take(12).map(|answers| (1, answers));
        high.chain(low).collect()
    }

    #[test]
    fn nothing_but_dont_know_has_reasons_and_no_number() {
        told(&[(0, "DD"); 12], ScoreView::Evaluator, |told| {
            assert!(told.sentences(None)[0].contains("qui non si può dare"));
            assert!(told.answers().is_err());
            assert!(told.gaps().iter().all(|gap| gap.points.is_none()));
            assert!(told.figure().is_none(), "nobody is listed, and nobody gave a number");
        });
    }

    #[test]
    fn the_group_with_the_higher_score_comes_first() {
        told(&apart(), ScoreView::Public, |told| {
            let gaps = told.gaps();
            assert_eq!((gaps.len(), gaps[0].groups.as_str()), (1, "Comune e Cittadini"));
            assert!(gaps[0].numbers.is_none(), "effect sizes are for evaluators");
            assert!(told.sentences(None).iter().any(|one| one.contains("Comune dà")));
            assert!(told.answers().is_err(), "how answers lie is not for the public");
        });
        let turned: Vec<_> = apart().into_iter().map(|(group, answers)| (1 - group, answers)).collect();
        told(&turned, ScoreView::Evaluator, |told| {
            assert_eq!(told.gaps()[0].groups, "Cittadini e Comune");
            assert!(told.gaps()[0].numbers.as_deref().is_some_and(|numbers| numbers.starts_with("δ 1,00")));
        });
    }

    #[test]
    fn where_people_are_divided_their_answers_come_before_the_mean() {
        let rows: Vec<_> =
            ["11", "55"].into_iter().cycle().take(24).enumerate().map(|(n, all)| (n % 4 / 2, all)).collect();
        told(&rows, ScoreView::Evaluator, |told| {
            assert!(told.is_divided());
            let figure = told.answers().unwrap();
            assert_eq!(figure.table.unwrap().rows.len(), 2);
        });
    }
}
