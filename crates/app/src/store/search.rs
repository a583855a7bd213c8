//! Search (搜索): which matters hold some characters, one after the other, in their title or
//! number.
//!
//! ```text
//! title, number ─▶ pairs of characters, a word each ─▶ table `words` ─▶ the engine's text index
//! 燃煤锅炉       ─▶ 燃煤 煤锅 锅炉 炉
//! what is asked ─▶ its pairs, all of them (index) and in this order (`like` on what was found)
//! ```
//!
//! Chinese has no blanks between words and most words have two characters, so pairs are what an
//! index can find; three would find no word of two. A pair is written as eight letters, which
//! both engines take for a word, whatever they think of a character. The table is cast like every
//! row; only its index and the question to it differ: FTS5 here, `tsvector` there.

use sqlx::{Executor, Row};

use super::{
    Store,
    engine::{Dialect, Writing},
    rebuild::{Difference, Report},
    rows::{Cell, Table, bind, insert_text, portions},
};
use crate::{
    cells,
    failure::{Failure, Meaning},
};

/// The pairs of one matter.
pub static WORDS: Table = Table { name: "words", keys: &["matter"], columns: &["pairs"] };

/// More matters than a body will ever have: its place in the numbers of the text index.
const BODY: i64 = 1 << 40;

/// What `words` keeps of a matter.
pub fn pairs(title: &str, number: &str) -> String {
    format!("{} . {}", words(title, true), words(number, true))
}

/// A text as pairs; with its last character alone where that must be found too.
fn words(text: &str, last: bool) -> String {
    let characters = plain(text);
    let mut words: Vec<String> =
        characters.windows(2).map(|pair| [word(pair[0]), word(pair[1])].concat()).collect();
    if last {
        words.extend(characters.last().map(|one| word(*one)));
    }
    words.join(" ")
}

/// Small letters, and one blank where there are several.
fn plain(text: &str) -> Vec<char> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    parts.join(" ").chars().flat_map(char::to_lowercase).collect()
}

/// Four letters for any character: 26 to the fourth is more than there are in use.
fn word(character: char) -> String {
    let mut rest = u32::from(character);
    let mut letters = [b'a'; 4];
    for letter in letters.iter_mut().rev() {
        *letter = b'a' + u8::try_from(rest % 26).unwrap_or(0);
        rest /= 26;
    }
    letters.iter().map(|letter| char::from(*letter)).collect()
}

/// What is asked of the index for some characters, to be bound to `$4`; empty for none.
pub fn asked(dialect: Dialect, text: &str) -> String {
    let characters = plain(text);
    let (all, begins) = match dialect {
        Dialect::Sqlite => (" ", "*"),
        Dialect::Postgres => (" & ", ":*"),
    };
    match characters.as_slice() {
        [] => String::new(),
        [one] => format!("{}{begins}", word(*one)),
        _ => words(text, false).replace(' ', all),
    }
}

/// The matters that hold the characters, as `matter`, `$1` being the body and `$4` what [`asked`]
/// says of them. The pairs are letters: nothing that was typed is in this text.
pub fn matters(dialect: Dialect, text: &str) -> String {
    let found = match dialect {
        Dialect::Sqlite => format!(
            "select rowid - $1 * {BODY} as matter from words_index where words_index match $4 \
             and rowid between $1 * {BODY} and ($1 + 1) * {BODY} - 1"
        ),
        Dialect::Postgres => "select w.matter from words w where w.jurisdiction = $1 \
             and to_tsvector('simple', w.pairs) @@ to_tsquery('simple', $4)"
            .to_owned(),
    };
    let pairs = words(text, false);
    if !pairs.contains(' ') {
        return found;
    }
    format!(
        "select o.matter from words o where o.jurisdiction = $1 and o.matter in ({found}) \
         and o.pairs like '%{pairs}%'"
    )
}

/// Makes the index, which differs by engine, and fills the table from the matters there are.
pub(super) async fn prepare(writing: &mut Writing) -> Result<(), Failure> {
    let at = |row: &str| format!("{row}.jurisdiction * {BODY} + {row}.matter");
    let (new, old) = (at("new"), at("old"));
    let add = format!("insert into words_index (rowid, pairs) values ({new}, new.pairs)");
    let drop = format!("delete from words_index where rowid = {old}");
    let texts = match writing.dialect {
        Dialect::Sqlite => vec![
            "create virtual table words_index using fts5 (pairs, content = '', \
             contentless_delete = 1, detail = none, tokenize = ascii)"
                .to_owned(),
            format!("create trigger words_added after insert on words begin {add}; end"),
            format!("create trigger words_gone after delete on words begin {drop}; end"),
            format!(
                "create trigger words_changed after update of pairs on words begin \
                 {drop}; {add}; end"
            ),
        ],
        Dialect::Postgres => vec![
            "create index words_index on words using gin (to_tsvector('simple', pairs))".to_owned(),
        ],
    };
    for text in texts {
        writing.on().execute(sqlx::AssertSqlSafe(text)).await.meaning("making the text index")?;
    }
    let rows = sqlx::query("select jurisdiction, id, title, number from matter order by 1, 2")
        .fetch_all(writing.on())
        .await?;
    let mut all: Vec<(i64, Vec<Cell>)> = Vec::with_capacity(rows.len());
    for row in &rows {
        let (title, number): (String, String) = (row.try_get(2)?, row.try_get(3)?);
        let cells = cells![row.try_get::<i64, _>(1)?, pairs(&title, &number)];
        all.push((row.try_get(0)?, cells));
    }
    for portion in portions(&all) {
        let text = insert_text(&WORDS, portion.len(), writing.dialect);
        let mut query = sqlx::query(sqlx::AssertSqlSafe(text));
        for (jurisdiction, cells) in portion {
            query = query.bind(*jurisdiction);
            for cell in cells {
                query = bind(query, cell);
            }
        }
        query.execute(writing.on()).await.meaning("filling the words")?;
    }
    Ok(())
}

impl Store {
    /// Matters whose words are not in the text index, or are there without being words any more.
    /// PostgreSQL keeps its index itself; here triggers do.
    pub(super) async fn compare_index(
        &self,
        jurisdiction: i64,
        report: &mut Report,
    ) -> Result<(), Failure> {
        if self.dialect() == Dialect::Postgres {
            return Ok(());
        }
        let rows = sqlx::query(
            "select w.matter, 1 from words w where w.jurisdiction = $1 and not exists \
             (select 1 from words_index_docsize d where d.id = w.jurisdiction * $2 + w.matter) \
             union all select d.id - $1 * $2, 0 from words_index_docsize d \
             where d.id between $1 * $2 and ($1 + 1) * $2 - 1 and not exists \
             (select 1 from words w where w.jurisdiction = $1 and w.matter = d.id - $1 * $2) \
             order by 1",
        )
        .bind(jurisdiction)
        .bind(BODY)
        .fetch_all(self.reader())
        .await?;
        for row in &rows {
            let (matter, words): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let told = |is: bool| is.then(|| "indexed".to_owned());
            report.add(Difference {
                table: "words_index",
                key: matter.to_string(),
                in_rows: told(words == 0),
                from_journal: told(words == 1),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{asked, matters, pairs, word};
    use crate::store::engine::Dialect;

    #[test]
    fn a_text_is_its_pairs_and_its_last_character() {
        let (r, m, g) = (word('燃'), word('煤'), word('锅'));
        let (two, seven) = (word('2'), word('7'));
        assert_eq!(pairs("燃煤锅", "27"), format!("{r}{m} {m}{g} {g} . {two}{seven} {seven}"));
        assert_eq!(pairs(" A  b", ""), pairs("a b", ""));
    }

    #[test]
    fn every_character_has_a_word_of_its_own() {
        let all: Vec<String> = ('\u{0}'..='\u{323AF}').map(word).collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(all.iter().all(|word| word.len() == 4));
    }

    #[test]
    fn what_is_asked_holds_letters_only() {
        let (r, m, g) = (word('燃'), word('煤'), word('锅'));
        assert_eq!(asked(Dialect::Sqlite, " 燃煤锅 "), format!("{r}{m} {m}{g}"));
        assert_eq!(asked(Dialect::Postgres, "燃煤锅"), format!("{r}{m} & {m}{g}"));
        assert_eq!(asked(Dialect::Sqlite, "燃"), format!("{r}*"));
        assert_eq!(asked(Dialect::Postgres, "燃"), format!("{r}:*"));
        assert_eq!(asked(Dialect::Sqlite, "  "), "");
        let text = matters(Dialect::Sqlite, "'; drop table matter; --");
        assert!(!text.contains("drop") && !text.contains(';'), "{text}");
    }
}
