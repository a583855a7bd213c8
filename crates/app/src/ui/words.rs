//! Words: every text of every page, in three languages, from the files in `locales/`.
//!
//! A page says `w.t(key)`, or `w.a(key, &[("n", "5")])` where the text has gaps. A key that is
//! missing shows as ⟦key⟧, and a test finds it.

use std::{collections::HashMap, sync::LazyLock};

use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue,
    concurrent::FluentBundle,
    types::{FluentNumber, FluentNumberOptions},
};
use mechanisms::Day;

#[cfg(test)]
mod tests;

/// The languages there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    Hans,
    Hant,
    En,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Hans, Self::Hant, Self::En];

    /// The tag pages carry.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Hans => "zh-Hans",
            Self::Hant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hans => "简体中文",
            Self::Hant => "繁體中文",
            Self::En => "English",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// What a browser's `Accept-Language` asks for first; 简体 where it asks for none of ours.
    pub fn accepted(header: &str) -> Self {
        let wanted = |part: &str| {
            let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            match tag.as_str() {
                "zh-tw" | "zh-hk" | "zh-mo" => Some(Self::Hant),
                tag if tag.starts_with("zh-hant") => Some(Self::Hant),
                tag if tag.starts_with("zh") => Some(Self::Hans),
                tag if tag.starts_with("en") => Some(Self::En),
                _ => None,
            }
        };
        header.split(',').find_map(wanted).unwrap_or(Self::Hans)
    }

    fn source(self) -> &'static str {
        match self {
            Self::Hans => include_str!("../../../../locales/zh-Hans.ftl"),
            Self::Hant => include_str!("../../../../locales/zh-Hant.ftl"),
            Self::En => include_str!("../../../../locales/en.ftl"),
        }
    }

    fn book(self) -> &'static Book {
        static BOOKS: LazyLock<[Book; 3]> = LazyLock::new(|| Lang::ALL.map(Book::open));
        &BOOKS[self as usize]
    }
}

/// The texts of one language, read once.
struct Book {
    bundle: FluentBundle<FluentResource>,
    /// Messages that take no arguments, ready.
    plain: HashMap<&'static str, String>,
}

impl Book {
    fn open(lang: Lang) -> Self {
        let resource = match FluentResource::try_new(lang.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let tag = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(written(number)),
            _ => None,
        }));
        bundle.add_resource_overriding(resource);
        let mut book = Self { bundle, plain: HashMap::new() };
        for key in keys(lang.source()) {
            let mut errors = Vec::new();
            let text = book.format(key, None, &mut errors);
            if let Some(text) = text.filter(|_| errors.is_empty()) {
                book.plain.insert(key, text);
            }
        }
        book
    }

    fn format(
        &self,
        key: &str,
        args: Option<&FluentArgs<'_>>,
        errors: &mut Vec<FluentError>,
    ) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        Some(self.bundle.format_pattern(pattern, args, errors).into_owned())
    }
}

/// The keys of a file, in its order.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let (key, _) = line.split_once(" =")?;
        line.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(key)
    })
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub lang: Lang,
}

impl Words {
    pub fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// A text without arguments.
    pub fn t(&self, key: &str) -> String {
        self.lang.book().plain.get(key).cloned().unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// A word of a family: `w.word("light", "late")` is the text `light-late`.
    pub fn word(&self, family: &str, word: &str) -> String {
        self.t(&format!("{family}-{word}"))
    }

    /// A text with arguments. Whole numbers take part in plural forms; `1,026` keeps its comma.
    pub fn a(&self, key: &str, args: &[(&str, &str)]) -> String {
        let mut given = FluentArgs::new();
        for (name, value) in args {
            given.set(*name, argument(value));
        }
        self.given(key, &given)
    }

    /// One whole number, under the name `n`, with a comma every three digits.
    pub fn n(&self, key: &str, n: &i64) -> String {
        self.a(key, &[("n", &count(*n))])
    }

    /// A text in which `<late>…</late>` becomes a link to the address given for `late`. Safe to
    /// put into a page: everything else is escaped.
    pub fn rich(&self, key: &str, args: &[(&str, &str)], links: &[(&str, &str)]) -> String {
        let mut text = super::escape(&self.a(key, args));
        for (name, address) in links {
            let open = format!("<a class=\"figlink\" href=\"{}\">", super::escape(address));
            text = text.replace(&format!("&lt;{name}&gt;"), &open);
            text = text.replace(&format!("&lt;/{name}&gt;"), "</a>");
        }
        text
    }

    fn given(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let text = self.lang.book().format(key, Some(args), &mut Vec::new());
        text.unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// 11月20日, 20 Nov; with the year where it is not this one.
    pub fn day(&self, day: &Day, today: &Day) -> String {
        let key = if day.year() == today.year() { "day-month-day" } else { "day-full" };
        let (year, month, date) = (day.year().to_string(), self.month(day), day.day().to_string());
        self.a(key, &[("year", &year), ("month", &month), ("day", &date)])
    }

    /// 11-20, the way tables write it; with the year where it is not this one.
    pub fn short(&self, day: &Day, today: &Day) -> String {
        if day.year() == today.year() { day.strftime("%m-%d").to_string() } else { day.to_string() }
    }

    /// 11月, Nov: the head of a column of days; with the year where that is asked.
    pub fn month_head(&self, day: &Day, with_year: bool) -> String {
        let key = if with_year { "month-year" } else { "month-name" };
        self.a(key, &[("year", &day.year().to_string()), ("month", &self.month(day))])
    }

    fn month(&self, day: &Day) -> String {
        match self.lang {
            Lang::En => day.strftime("%b").to_string(),
            _ => day.month().to_string(),
        }
    }

    /// 星期五.
    pub fn weekday(&self, day: &Day) -> String {
        self.t(&format!("weekday-{}", day.weekday().to_monday_one_offset()))
    }

    /// 11月20日 星期五, Fri 20 Nov.
    pub fn today(&self, today: &Day) -> String {
        self.a("today-line", &[("day", &self.day(today, today)), ("weekday", &self.weekday(today))])
    }

    /// 今天, 还有 2 天, 晚 19 天.
    pub fn left(&self, due: &Day, today: &Day) -> String {
        match days(today, due) {
            0 => self.t("left-today"),
            days if days > 0 => self.n("left-days", &days),
            days => self.n("late-days", &-days),
        }
    }

    /// Near days in words, others as a day: 今天, 还有 2 天, 晚 19 天, 11月24日.
    pub fn when(&self, due: &Day, today: &Day) -> String {
        if days(today, due) > 2 { self.day(due, today) } else { self.left(due, today) }
    }
}

fn days(from: &Day, to: &Day) -> i64 {
    from.until(*to).map_or(0, |span| i64::from(span.get_days()))
}

/// An argument as plural forms see it: a whole number, or text. `07` and `27-1` are text.
fn argument(value: &str) -> FluentValue<'_> {
    let plain = value.replace(',', "");
    match plain.parse::<i32>() {
        Ok(number) if number.to_string() == plain => {
            let options =
                FluentNumberOptions { use_grouping: plain != value, ..Default::default() };
            FluentValue::Number(FluentNumber::new(f64::from(number), options))
        }
        _ => FluentValue::from(value),
    }
}

fn written(number: &FluentNumber) -> String {
    let digits = format!("{:.0}", number.value);
    match digits.parse() {
        Ok(whole) if number.options.use_grouping => count(whole),
        _ => digits,
    }
}

/// 1,026.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "−" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A refusal's or trouble's sentence. A fact that begins with `@` is itself a word, or several
/// joined by commas; a day is written as one, with its year.
pub fn sentence(words: &Words, key: &str, facts: &[(&'static str, String)]) -> String {
    if facts.is_empty() {
        return words.t(key);
    }
    let told = |value: &str| {
        if let Ok(day) = value.parse::<Day>() {
            return words.day(&day, &Day::ZERO);
        }
        if !value.starts_with('@') {
            return value.to_owned();
        }
        let parts = value.split(',').map(|part| words.t(part.trim_start_matches('@')));
        parts.collect::<Vec<_>>().join(&words.t("list-comma"))
    };
    let told: Vec<(&str, String)> =
        facts.iter().map(|(name, value)| (*name, told(value))).collect();
    let args: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, &**value)).collect();
    words.a(key, &args)
}
