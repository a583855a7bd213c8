//! A Rust source taken apart: code, comments and string literals, each without the others.
//!
//! Not a parser: it knows where strings, characters and comments begin and end, raw strings and
//! nested comments included, and where a function's braces close. The compiler checks the rest.

/// A source, taken apart.
#[derive(Debug)]
pub struct Source {
    /// The text with comments and the insides of literals blanked; byte for byte as long.
    pub code: String,
    /// Comments with their line, each line of a block comment its own.
    pub comments: Vec<(usize, String)>,
    pub literals: Vec<Literal>,
    pub functions: Vec<Function>,
}

/// A string literal: what it says once escapes are read.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// The byte of its opening quote.
    pub at: usize,
    pub text: String,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    /// Bytes from `fn` to the closing brace.
    pub from: usize,
    pub until: usize,
    pub lines: usize,
}

impl Source {
    pub fn of(text: &str) -> Self {
        let mut reader = Reader { text, at: 0, code: String::new(), ..Reader::default() };
        while reader.at < text.len() {
            reader.step();
        }
        let functions = functions(&reader.code);
        Self { code: reader.code, comments: reader.comments, literals: reader.literals, functions }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        1 + self.code.as_bytes()[..at.min(self.code.len())].iter().filter(|b| **b == b'\n').count()
    }

    /// The innermost function around a byte.
    pub fn function_at(&self, at: usize) -> Option<&Function> {
        let around = self.functions.iter().filter(|one| one.from <= at && at < one.until);
        around.max_by_key(|one| one.from)
    }
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    at: usize,
    code: String,
    comments: Vec<(usize, String)>,
    literals: Vec<Literal>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        let rest = self.rest();
        if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            self.comment(length);
        } else if rest.starts_with("/*") {
            self.comment(block_length(rest));
        } else if let Some((prefix, hashes)) = self.raw_string() {
            let close = format!("\"{}", "#".repeat(hashes));
            let inside = prefix + hashes + 1;
            let length = self.rest()[inside..].find(&close).unwrap_or(self.rest().len() - inside);
            let text = self.rest()[inside..inside + length].to_owned();
            self.literal(inside + length + close.len(), text);
        } else if rest.starts_with('"') {
            let length = string_length(rest);
            let text = unescaped(&rest[1..length.saturating_sub(1).max(1)]);
            self.literal(length, text);
        } else if let Some(length) = character_length(rest) {
            self.blank(length);
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.code.push_str(&self.text[self.at..self.at + length]);
            self.at += length;
        }
    }

    /// `r"`, `r#"`, `br"`, `cr##"`: the length before the hashes, and how many they are.
    fn raw_string(&self) -> Option<(usize, usize)> {
        let within_word = self.code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let prefix = ["r", "br", "cr"].into_iter().find(|word| {
            let after = self.rest().strip_prefix(word);
            after.is_some_and(|after| after.trim_start_matches('#').starts_with('"'))
        })?;
        let after = &self.rest()[prefix.len()..];
        let hashes = after.len() - after.trim_start_matches('#').len();
        (!within_word).then_some((prefix.len(), hashes))
    }

    fn comment(&mut self, length: usize) {
        let first = 1 + self.code.bytes().filter(|byte| *byte == b'\n').count();
        let text = &self.text[self.at..self.at + length];
        self.comments.extend((first..).zip(text.lines().map(str::to_owned)));
        self.blank(length);
    }

    fn literal(&mut self, length: usize, text: String) {
        self.literals.push(Literal { at: self.at, text });
        self.blank(length);
    }

    /// Goes on without keeping what is there, except where lines end.
    fn blank(&mut self, length: usize) {
        let until = (self.at + length).min(self.text.len());
        for character in self.text[self.at..until].chars() {
            let blank = if character == '\n' { "\n" } else { " " };
            self.code.push_str(&blank.repeat(character.len_utf8()));
        }
        self.at = until;
    }
}

fn block_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a string, quotes included.
fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character literal; none for a lifetime.
fn character_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        let escape = 2 + inside[1..].chars().next()?.len_utf8();
        return rest[escape..].find('\'').map(|at| escape + at + 1);
    }
    inside[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

/// Reads the escapes that matter to us: quotes, lines, and a line that goes on in the next.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\n') => while letters.next_if(|next| next.is_whitespace()).is_some() {},
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (from, _) in code.match_indices("fn ") {
        let within_word = code[..from].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let after = code[from + 3..].trim_start();
        let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if within_word || name.is_empty() {
            continue;
        }
        if let Some(until) = body_end(code, from) {
            let lines = 1 + code[from..until].bytes().filter(|byte| *byte == b'\n').count();
            found.push(Function { name, from, until, lines });
        }
    }
    found
}

/// The byte after the brace that closes the function beginning here; none without a body.
fn body_end(code: &str, from: usize) -> Option<usize> {
    let mut within = 0_i32;
    let mut braces = 0_i32;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => within += 1,
            b')' | b']' => within -= 1,
            b';' if braces == 0 && within == 0 => return None,
            b'{' => braces += 1,
            b'}' => {
                braces -= 1;
                if braces == 0 && within == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn literals(text: &str) -> Vec<String> {
        Source::of(text).literals.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn strings_comments_and_characters_do_not_mix() {
        let text =
            "let a = \"// no { comment\"; // a \"comment\" }\nlet b = '\"'; let c = '\\'';\n";
        let source = Source::of(text);
        assert_eq!(source.code.len(), text.len());
        assert!(!source.code.contains(['"', '{', '}']), "{}", source.code);
        assert_eq!(source.literals[0].text, "// no { comment");
        assert_eq!(source.comments, [(1, "// a \"comment\" }".to_owned())]);
    }

    #[test]
    fn raw_strings_end_at_their_own_hashes() {
        assert_eq!(
            literals("r#\"one \"two\" {\"# br\"x\\\" r##\"a\"#b\"##"),
            ["one \"two\" {", "x\\", "a\"#b"]
        );
        assert_eq!(literals("let r#type = hour\"x\";"), ["x"]);
    }

    #[test]
    fn escapes_and_continued_lines_are_read() {
        assert_eq!(literals("\"a \\\n        b \\\"c\\\" \\\\\""), ["a b \"c\" \\"]);
        assert_eq!(literals("\"\""), [""]);
    }

    #[test]
    fn lifetimes_are_not_characters() {
        let source = Source::of("fn f<'a>(x: &'a str) -> char { '}' }\nfn g() {}\n");
        let names: Vec<&str> = source.functions.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["f", "g"]);
        assert_eq!(source.functions[0].lines, 1);
    }

    #[test]
    fn block_comments_nest() {
        let source = Source::of("/* a /* b */ } */ fn f() {\n}\n");
        assert_eq!(source.functions[0].lines, 2);
    }

    #[test]
    fn functions_end_where_their_braces_close() {
        let text = "trait T { fn none(&self, a: [u8; 4]); }\n\
                    fn outer() -> [u8; 2] {\n    let f = |x: fn(u8)| { x };\n\
                    \x20   fn inner() { let s = \"}\"; }\n    [0; 2]\n}\n";
        let source = Source::of(text);
        let spans: Vec<(&str, usize)> =
            source.functions.iter().map(|one| (one.name.as_str(), one.lines)).collect();
        assert_eq!(spans, [("outer", 5), ("inner", 1)]);
        let within = text.find("let s").unwrap();
        assert_eq!(source.function_at(within).unwrap().name, "inner");
    }
}
