# What benches/million.rs measures, by R's survey, on rows of the same shape:
#   Rscript crates/survey/benches/million.R [FILE.csv]
# With a file, the rows are written to it, and reading them back is measured too.
suppressMessages(library(survey))
file <- commandArgs(TRUE)
set.seed(1)
n <- 1000000
named <- function(prefix, codes, levels)
  factor(codes, seq_len(levels) - 1, sprintf("%s%05d", prefix, seq_len(levels) - 1))
drawn <- function(sides) sample.int(sides, n, TRUE) - 1
community <- (seq_len(n) - 1) %/% (n %/% 2016 + 1)
rows <- data.frame(
  county = named("county", community %/% 96, 21), community = named("community", community, 2016),
  population = 400 + community %/% 96, w = 5 + drawn(1000) / 100, age = named("age", drawn(3), 3),
  sex = named("sex", drawn(2), 2), hukou = named("hukou", drawn(2), 2),
  satisfied = named("s", drawn(2), 2), kind = named("kind", drawn(8), 8),
  domain = named("domain", community %/% 96 * 8 + community %% 8, 168))
took <- function(what, code) {
  time <- system.time(code)
  cat(sprintf("%s: %.2f s, of a core %.2f s\n", what, time[["elapsed"]], sum(time[1:2])))
}
if (length(file)) {
  write.csv(rows, file[1], row.names = FALSE)
  took("read.csv", rows <- read.csv(file[1], stringsAsFactors = TRUE))
}
known <- function(name, counts)
  setNames(data.frame(levels(rows[[name]]), counts), c(name, "Freq"))
took("svydesign", design <- svydesign(ids = ~community, strata = ~county, weights = ~w,
                                      fpc = ~population, data = rows))
took("rake", raked <- rake(design, list(~age, ~sex, ~hukou), list(
  known("age", c(3.0e6, 3.4e6, 3.6e6)), known("sex", c(5.2e6, 4.8e6)),
  known("hukou", c(4.6e6, 5.4e6)))))
took("shares in 168 domains", svyby(~satisfied, ~domain, design, svymean))
took("shares in 8 domains, raked", svyby(~satisfied, ~kind, raked, svymean))
