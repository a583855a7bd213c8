//! Words: every text of every page, in three languages, from the files in `locales/`.

mod bulk;

use std::{collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use mechanisms::{
    Day,
    light::{Key, Light},
};

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
        let wanted = |part: &str| Self::named(part.split(';').next().unwrap_or_default());
        header.split(',').find_map(wanted).unwrap_or(Self::Hans)
    }

    /// The language of a browser's tag or a shell's locale: `zh-TW`, `zh_CN.UTF-8`, `en-US`; the
    /// locales `C` and `POSIX` mean English.
    pub fn named(tag: &str) -> Option<Self> {
        let plain = tag.split(['.', '@']).next().unwrap_or_default().trim();
        let plain = plain.to_ascii_lowercase().replace('_', "-");
        let mut parts = plain.split('-');
        let language = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let is_one_of = |known: &[&str]| rest.iter().any(|part| known.contains(part));
        match language {
            "zh" if is_one_of(&["hans"]) => Some(Self::Hans),
            "zh" if is_one_of(&["hant", "tw", "hk", "mo"]) => Some(Self::Hant),
            "zh" => Some(Self::Hans),
            "en" | "c" | "posix" => Some(Self::En),
            _ => None,
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Hans => include_str!("../../../../locales/zh-Hans.ftl"),
            Self::Hant => include_str!("../../../../locales/zh-Hant.ftl"),
            Self::En => include_str!("../../../../locales/en.ftl"),
        }
    }
}

struct Book {
    bundle: FluentBundle<FluentResource>,
    /// Messages that take no arguments, ready.
    plain: HashMap<String, String>,
}

static BOOKS: LazyLock<HashMap<Lang, Book>> =
    LazyLock::new(|| Lang::ALL.into_iter().map(|lang| (lang, Book::open(lang))).collect());

impl Book {
    fn open(lang: Lang) -> Self {
        let resource = match FluentResource::try_new(lang.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let keys: Vec<String> = resource
            .entries()
            .filter_map(|entry| match entry {
                fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            })
            .collect();
        let tag = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let mut book = Self { bundle, plain: HashMap::new() };
        for key in keys {
            let mut errors = Vec::new();
            let text = book.format(&key, None, &mut errors);
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
        errors: &mut Vec<fluent_bundle::FluentError>,
    ) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        Some(self.bundle.format_pattern(pattern, args, errors).into_owned())
    }
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

    /// A text without arguments. A missing one shows its key, and a test fails.
    pub fn t(&self, key: &str) -> String {
        let plain = BOOKS.get(&self.lang).and_then(|book| book.plain.get(key));
        plain.cloned().unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// Is there a text without arguments under this key?
    pub fn has(&self, key: &str) -> bool {
        BOOKS.get(&self.lang).is_some_and(|book| book.plain.contains_key(key))
    }

    /// A text with arguments; whole numbers take part in plural forms.
    pub fn a(&self, key: &str, args: &[(&str, &str)]) -> String {
        let mut given = FluentArgs::new();
        for (name, value) in args {
            match value.parse::<i64>() {
                Ok(number) if number.to_string() == **value => {
                    given.set(*name, FluentValue::from(number));
                }
                _ => given.set(*name, FluentValue::from(*value)),
            }
        }
        let text =
            BOOKS.get(&self.lang).and_then(|book| book.format(key, Some(&given), &mut Vec::new()));
        text.unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// A text whose marks become links, ready for a page: `<late>8 项红灯</late>` with the address
    /// of `late`. What is put in is escaped, the words of the locales are taken as they are.
    pub fn linked(&self, key: &str, args: &[(&str, &str)], links: &[(&str, &str)]) -> String {
        let given: Vec<(&str, String)> =
            args.iter().map(|(name, value)| (*name, escape(value))).collect();
        let given: Vec<(&str, &str)> =
            given.iter().map(|(name, value)| (*name, &**value)).collect();
        links.iter().fold(self.a(key, &given), |text, (mark, href)| {
            text.replace(&format!("<{mark}>"), &format!("<a href=\"{}\">", escape(href)))
                .replace(&format!("</{mark}>"), "</a>")
        })
    }

    /// One whole number, under the name `n`.
    pub fn n(&self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        self.a(key, &[("n", &n.borrow().to_string())])
    }

    pub fn light(&self, light: &Light) -> String {
        self.t(&format!("light-{}", light.word()))
    }

    /// A threshold of a rule, in the rule's own unit.
    pub fn threshold(&self, key: Key, value: Option<i64>) -> String {
        let Some(value) = value else { return self.t("rule-never") };
        let side = if value > 0 { "past" } else { "ahead" };
        let word = match key {
            Key::Deadline | Key::LatestStart => format!("threshold-{}-{side}", key.word()),
            _ => format!("threshold-{}", key.word()),
        };
        self.n(&word, value.abs())
    }

    /// 为什么是红灯.
    pub fn why(&self, light: &Light) -> String {
        self.a("why-title", &[("light", &self.light(light))])
    }

    /// The name of a step.
    pub fn act(&self, noun: &str) -> String {
        self.t(&format!("act-name-{noun}"))
    }

    pub fn field(&self, name: &str) -> String {
        self.t(&format!("field-{name}"))
    }

    /// A field of an item's form, as the form itself calls it.
    pub fn edited(&self, field: &str) -> String {
        let key = match field {
            "due_on" => "col-due",
            "lead" => "lead-unit",
            "co_units" => "co-units",
            "owner" | "sponsor" | "watcher" | "milestones" => field,
            field => return self.field(field),
        };
        self.t(key)
    }

    pub fn hint(&self, name: &str) -> String {
        self.t(&format!("hint-{name}"))
    }

    pub fn level(&self, level: &str) -> String {
        self.t(&format!("level-{level}"))
    }

    pub fn unit_kind(&self, kind: &str) -> String {
        self.t(&format!("unit-kind-{kind}"))
    }

    /// What an import's column is taken for.
    pub fn column(&self, field: &str) -> String {
        self.t(&format!("column-{field}"))
    }

    pub fn role(&self, role: &str) -> String {
        self.t(&format!("role-{role}"))
    }

    pub fn timeliness(&self, group: &str) -> String {
        self.t(&format!("timeliness-{group}"))
    }

    /// The same, short enough for the head of a narrow column.
    pub fn timely_head(&self, group: &str) -> String {
        self.t(&format!("timely-{group}"))
    }

    /// The name of a light by its word.
    pub fn lit(&self, word: &str) -> String {
        self.t(&format!("light-{word}"))
    }

    /// The button that leads to a move: 审定 for a decision, 去办 for the rest.
    pub fn go(&self, what: &str) -> String {
        let decides = what.starts_with("decide") || what.starts_with("approve");
        self.t(if decides { "decide-go" } else { "go-do" })
    }

    /// A step of the set-up: its name, its heading, its sentence.
    pub fn setup(&self, step: &str) -> String {
        self.t(&format!("setup-step-{step}"))
    }

    pub fn setup_title(&self, step: &str) -> String {
        self.t(&format!("setup-title-{step}"))
    }

    pub fn setup_lede(&self, step: &str) -> String {
        self.t(&format!("setup-lede-{step}"))
    }

    /// What is true of a week.
    pub fn week(&self, held: &str) -> String {
        self.t(&format!("week-{held}"))
    }

    /// Words of a closure audit: its stages, its steps, its verdicts, its results.
    pub fn audit_stage(&self, stage: &str) -> String {
        self.t(&format!("audit-stage-{stage}"))
    }

    pub fn audit_act(&self, noun: &str) -> String {
        self.t(&format!("audit-act-{noun}"))
    }

    pub fn audit_verdict(&self, verdict: &str) -> String {
        self.t(&format!("audit-verdict-{verdict}"))
    }

    pub fn audit_result(&self, result: &str) -> String {
        self.t(if result == "held" { "audit-held" } else { "audit-false-one" })
    }

    pub fn zoom(&self, zoom: &str) -> String {
        self.t(&format!("zoom-{zoom}"))
    }

    /// 11月20日, with the year where it is not this one.
    pub fn day(&self, day: &Day, today: &Day) -> String {
        let (month, date) = (day.month().to_string(), day.day().to_string());
        let month = match self.lang {
            Lang::En => MONTHS[usize::try_from(day.month() - 1).unwrap_or(0)].to_owned(),
            _ => month,
        };
        let year = day.year().to_string();
        let key = if day.year() == today.year() { "day-month-day" } else { "day-full" };
        let args = [("year", &*year), ("month", &*month), ("day", &*date)];
        // Numbers go in as text: a year takes no thousands separator.
        let mut given = FluentArgs::new();
        for (name, value) in args {
            given.set(name, FluentValue::String(value.into()));
        }
        let book = BOOKS.get(&self.lang);
        let text = book.and_then(|book| book.format(key, Some(&given), &mut Vec::new()));
        text.unwrap_or_default()
    }

    /// 11-20, the way tables write it; with the year where it is not this one.
    pub fn short(&self, day: &Day, today: &Day) -> String {
        if day.year() == today.year() { day.strftime("%m-%d").to_string() } else { day.to_string() }
    }

    /// 星期五.
    pub fn weekday(&self, day: &Day) -> String {
        self.t(&format!("weekday-{}", day.weekday().to_monday_one_offset()))
    }

    /// 星期一 for 1, and its one letter.
    pub fn weekday_name(&self, number: &i32) -> String {
        self.t(&format!("weekday-{number}"))
    }

    pub fn weekday_letter(&self, number: &i32) -> String {
        self.t(&format!("workdays-w{number}"))
    }

    /// 今天, 还有 2 天, 晚 19 天.
    pub fn left(&self, due: &Day, today: &Day) -> String {
        let days = today.until(*due).map_or(0, |span| i64::from(span.get_days()));
        match days {
            0 => self.t("left-today"),
            days if days > 0 => self.n("left-days", days),
            days => self.n("late-days", -days),
        }
    }
}

/// Text for an attribute or element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A refusal's or trouble's sentence. A fact that begins with `@` is itself a word, or several
/// joined by commas.
pub fn sentence<N: AsRef<str>>(words: &Words, key: &str, facts: &[(N, String)]) -> String {
    let told: Vec<(&str, String)> = facts
        .iter()
        .map(|(name, value)| {
            let told = if value.starts_with('@') {
                let parts: Vec<String> =
                    value.split(',').map(|part| words.t(part.trim_start_matches('@'))).collect();
                parts.join(&words.t("list-comma"))
            } else {
                // A day is written as one, with its year.
                let day = value.parse::<Day>();
                day.map_or_else(|_| value.clone(), |day| words.day(&day, &Day::MIN))
            };
            (name.as_ref(), told)
        })
        .collect();
    if told.is_empty() {
        return words.t(key);
    }
    let args: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, &**value)).collect();
    words.a(key, &args)
}
