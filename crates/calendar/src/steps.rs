//! Where a value falls among rising steps: looked up in strips of equal width, then by halving
//! within the strip, which for an even staircase holds a step or two.

/// An index over rising values.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    first: i64,
    width: i64,
    /// How many values lie before each strip, and all of them at the end.
    before: Vec<u32>,
}

impl Steps {
    /// Lays strips over values that never fall.
    pub(crate) fn over(values: &[i64]) -> Self {
        let (Some(first), Some(last)) = (values.first().copied(), values.last().copied()) else {
            return Self { first: 0, width: 1, before: vec![0, 0] };
        };
        let width = last.saturating_sub(first) / (2 * values.len() as i64) + 1;
        let strips = (last.saturating_sub(first) / width) as usize + 1;
        let starts = (0..strips as i64).map(|strip| first + strip * width);
        let mut before: Vec<u32> =
            starts.map(|start| values.partition_point(|value| *value < start) as u32).collect();
        before.push(values.len() as u32);
        Self { first, width, before }
    }

    /// How many of the values, the same as the index was laid over, are less than this one.
    #[inline]
    pub(crate) fn less(&self, values: &[i64], than: i64) -> usize {
        let (from, to) = self.strip(than);
        from + values[from..to].partition_point(|value| *value < than)
    }

    /// How many of the values are no more than this one.
    #[inline]
    pub(crate) fn no_more(&self, values: &[i64], than: i64) -> usize {
        let (from, to) = self.strip(than);
        from + values[from..to].partition_point(|value| *value <= than)
    }

    #[inline]
    fn strip(&self, value: i64) -> (usize, usize) {
        if value < self.first {
            return (0, 0);
        }
        let strip = (value - self.first) / self.width;
        let strip = (strip as usize).min(self.before.len() - 2);
        (self.before[strip] as usize, self.before[strip + 1] as usize)
    }
}

#[cfg(test)]
#[test]
fn the_index_counts_as_counting_does() {
    let even: Vec<i64> = (0..500).map(|step| step * 7 - 100).collect();
    let uneven = vec![-5, -5, -5, 0, 1, 1, 2, 3, 1_000_000, 1_000_001];
    for values in [vec![], vec![4], vec![4, 4, 4], even, uneven] {
        let steps = Steps::over(&values);
        for than in (-200..4000).chain(999_990..1_000_010).chain([i64::MIN / 2, i64::MAX / 2]) {
            let less = values.iter().filter(|value| **value < than).count();
            let no_more = values.iter().filter(|value| **value <= than).count();
            assert_eq!(steps.less(&values, than), less, "{than} in {values:?}");
            assert_eq!(steps.no_more(&values, than), no_more, "{than} in {values:?}");
        }
    }
}
