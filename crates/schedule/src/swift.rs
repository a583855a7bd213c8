//! The passes where time is plain addition: one calendar that never rests, and nothing but
//! durations and links. The answers are those of the general passes; a test compares them.

use calendar::Moment;

use crate::{Kind, Network, Passes};

/// Does a network have nothing but durations and links on a calendar that never rests?
pub(crate) fn fits(network: &Network) -> bool {
    network.calendars.len() == 1
        && network.calendars[0].is_continuous()
        && network.specials.is_empty()
        && network.data_date.is_none()
        && !network.is_backward
}

pub(crate) fn run(network: &Network, passes: &mut Passes) {
    let only_finish_start =
        network.edges.iter().all(|edge| edge.kind == Kind::FinishStart && edge.lag == 0);
    if only_finish_start { plain(network, passes) } else { linked(network, passes) }
}

/// Finish-to-start links without lag.
fn plain(network: &Network, passes: &mut Passes) {
    let start = passes.start;
    for (node, at) in network.nodes.iter().enumerate() {
        let preds = network.links(node).iter();
        let begins = preds.map(|edge| passes.ef[edge.from as usize]).max().unwrap_or(start);
        passes.es[node] = begins;
        passes.ef[node] = Moment(begins.0.saturating_add(at.duration));
    }
    passes.finish = network.finish.unwrap_or_else(|| passes.last(network));
    passes.lf.fill(passes.finish);
    for (node, at) in network.nodes.iter().enumerate().rev() {
        let begins = Moment(passes.lf[node].0.saturating_sub(at.duration));
        passes.ls[node] = begins;
        for edge in network.links(node) {
            let finish = &mut passes.lf[edge.from as usize];
            *finish = (*finish).min(begins);
        }
    }
}

/// All four kinds of links, with lag.
fn linked(network: &Network, passes: &mut Passes) {
    let start = passes.start;
    for (node, at) in network.nodes.iter().enumerate() {
        let bound = |edge: &crate::network::Edge| {
            let pred = edge.from as usize;
            match edge.kind {
                Kind::FinishStart => passes.ef[pred] + edge.lag,
                Kind::StartStart => passes.es[pred] + edge.lag,
                Kind::FinishFinish => (passes.ef[pred] + (edge.lag - at.duration)).max(start),
                Kind::StartFinish => passes.es[pred] + (edge.lag - at.duration),
            }
        };
        let begins = network.links(node).iter().map(bound).max().unwrap_or(start);
        passes.es[node] = begins;
        passes.ef[node] = begins + at.duration;
    }
    passes.finish = network.finish.unwrap_or_else(|| passes.last(network));
    passes.lf.fill(passes.finish);
    for (node, at) in network.nodes.iter().enumerate().rev() {
        let finish = passes.lf[node];
        let begins = finish + -at.duration;
        passes.ls[node] = begins;
        for edge in network.links(node) {
            let pred = edge.from as usize;
            let length = network.nodes[pred].duration;
            let bound = match edge.kind {
                Kind::FinishStart => begins + -edge.lag,
                Kind::StartStart => begins + (length - edge.lag),
                Kind::FinishFinish => finish + -edge.lag,
                Kind::StartFinish => finish + (length - edge.lag),
            };
            passes.lf[pred] = passes.lf[pred].min(bound);
        }
    }
}
