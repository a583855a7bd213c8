//! Conditions on rows, written as R writes them: `stype == 'E' & (api00 > 600 | !awards == 'No')`.
//!
//! A comparison with a missing value is missing; `&` and `|` follow Kleene.

use crate::table::{Column, MISSING, Table};
use crate::trouble::Trouble;

/// What a condition says of each row; nothing where a missing value leaves it open.
///
/// Comparisons `== != < <= > >= %in%` of a column with a number or a word in quotes, and
/// `is.na(column)`, joined by `!`, `&`, `|` and parentheses.
///
/// # Errors
/// [`Trouble::UnknownColumn`], and [`Trouble::Request`] with the place that cannot be read.
///
/// ```
/// let table = survey::Table::read(&b"race\n\"1\"\n\"3\"\n"[..], |_| true)?;
/// assert_eq!(survey::judge("race == '3'", &table)?, [Some(false), Some(true)]);
/// # Ok::<(), survey::Trouble>(())
/// ```
pub fn judge(text: &str, table: &Table) -> Result<Vec<Option<bool>>, Trouble> {
    let mut parser = Parser { rest: text, text, table };
    let judged = parser.either()?;
    match parser.rest.trim_start().is_empty() {
        true => Ok(judged),
        false => Err(parser.unexpected("&, | or the end")),
    }
}

type Judged = Result<Vec<Option<bool>>, Trouble>;

struct Parser<'a> {
    rest: &'a str,
    text: &'a str,
    table: &'a Table,
}

enum Literal {
    Number(f64),
    Word(String),
}

impl<'a> Parser<'a> {
    fn either(&mut self) -> Judged {
        let mut judged = self.both()?;
        while self.take("||") || self.take("|") {
            for (left, right) in judged.iter_mut().zip(self.both()?) {
                *left = match (*left, right) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
            }
        }
        Ok(judged)
    }

    fn both(&mut self) -> Judged {
        let mut judged = self.one()?;
        while self.take("&&") || self.take("&") {
            for (left, right) in judged.iter_mut().zip(self.one()?) {
                *left = match (*left, right) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
            }
        }
        Ok(judged)
    }

    fn one(&mut self) -> Judged {
        if self.take("(") {
            let judged = self.either()?;
            return if self.take(")") { Ok(judged) } else { Err(self.unexpected(")")) };
        }
        if self.take("!") {
            let judged = self.one()?;
            return Ok(judged.into_iter().map(|row| row.map(|row| !row)).collect());
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Judged {
        let name = self.name()?;
        if name == "is.na" && self.take("(") {
            return self.missing();
        }
        let column = self.table.column(name)?;
        const SIGNS: [&str; 7] = ["==", "!=", "<=", ">=", "<", ">", "%in%"];
        let Some(sign) = SIGNS.into_iter().find(|sign| self.take(sign)) else {
            return Err(self.unexpected("==, !=, <, <=, >, >= or %in%"));
        };
        if sign == "%in%" {
            let literals = self.list()?;
            let mut judged = vec![Some(false); self.table.rows()];
            for literal in literals {
                for (left, right) in judged.iter_mut().zip(compare(column, "==", &literal)) {
                    *left = Some(*left == Some(true) || right == Some(true));
                }
            }
            return Ok(judged);
        }
        let literal = self.literal()?;
        Ok(compare(column, sign, &literal))
    }

    fn missing(&mut self) -> Judged {
        let name = self.name()?;
        let judged = match self.table.column(name)? {
            Column::Numbers(values) => values.iter().map(|value| Some(value.is_nan())).collect(),
            Column::Words(factor) => {
                factor.codes.iter().map(|code| Some(*code == MISSING)).collect()
            }
        };
        if self.take(")") { Ok(judged) } else { Err(self.unexpected(")")) }
    }

    fn list(&mut self) -> Result<Vec<Literal>, Trouble> {
        if !self.take("c") {
            return Ok(vec![self.literal()?]);
        }
        if !self.take("(") {
            return Err(self.unexpected("("));
        }
        let mut literals = vec![self.literal()?];
        while self.take(",") {
            literals.push(self.literal()?);
        }
        if self.take(")") { Ok(literals) } else { Err(self.unexpected(")")) }
    }

    fn name(&mut self) -> Result<&'a str, Trouble> {
        let rest = self.rest.trim_start();
        if let Some(quoted) = rest.strip_prefix('`')
            && let Some(end) = quoted.find('`')
        {
            self.rest = &quoted[end + 1..];
            return Ok(&quoted[..end]);
        }
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
            .unwrap_or(rest.len());
        if end == 0 {
            return Err(self.unexpected("the name of a column"));
        }
        self.rest = &rest[end..];
        Ok(&rest[..end])
    }

    fn literal(&mut self) -> Result<Literal, Trouble> {
        let rest = self.rest.trim_start();
        for quote in ['\'', '"'] {
            if let Some(quoted) = rest.strip_prefix(quote)
                && let Some(end) = quoted.find(quote)
            {
                self.rest = &quoted[end + 1..];
                return Ok(Literal::Word(quoted[..end].to_owned()));
            }
        }
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let literal = match word {
            "TRUE" | "FALSE" => Literal::Word(word.to_owned()),
            _ => match word.parse() {
                Ok(value) => Literal::Number(value),
                Err(_) => return Err(self.unexpected("a number or a word in quotes")),
            },
        };
        self.rest = after;
        Ok(literal)
    }

    fn take(&mut self, sign: &str) -> bool {
        let taken = self.rest.trim_start().strip_prefix(sign);
        if let Some(rest) = taken {
            self.rest = rest;
        }
        taken.is_some()
    }

    fn unexpected(&self, expected: &str) -> Trouble {
        let found = format!("{:?} in {:?}", self.rest.trim_start(), self.text);
        Trouble::request("condition", found, expected)
    }
}

fn compare(column: &Column, sign: &str, literal: &Literal) -> Vec<Option<bool>> {
    let holds = |order: Option<std::cmp::Ordering>| {
        order.map(|order| match sign {
            "==" => order.is_eq(),
            "!=" => order.is_ne(),
            "<=" => order.is_le(),
            ">=" => order.is_ge(),
            "<" => order.is_lt(),
            _ => order.is_gt(),
        })
    };
    match (column, literal) {
        (Column::Numbers(values), Literal::Number(other)) => {
            values.iter().map(|value| holds(value.partial_cmp(other))).collect()
        }
        (Column::Numbers(values), Literal::Word(word)) => match word.parse::<f64>() {
            Ok(other) => values.iter().map(|value| holds(value.partial_cmp(&other))).collect(),
            Err(_) => values.iter().map(|value| words(value, word, &holds)).collect(),
        },
        (Column::Words(factor), literal) => {
            let word = match literal {
                Literal::Word(word) => word.clone(),
                Literal::Number(value) => value.to_string(),
            };
            let levels: Vec<_> =
                factor.levels.iter().map(|level| holds(Some(level.as_str().cmp(&word)))).collect();
            let judged = |code: &u32| if *code == MISSING { None } else { levels[*code as usize] };
            factor.codes.iter().map(judged).collect()
        }
    }
}

fn words(
    value: &f64,
    word: &str,
    holds: &impl Fn(Option<std::cmp::Ordering>) -> Option<bool>,
) -> Option<bool> {
    if value.is_nan() { None } else { holds(Some(value.to_string().as_str().cmp(word))) }
}

#[cfg(test)]
mod tests;
